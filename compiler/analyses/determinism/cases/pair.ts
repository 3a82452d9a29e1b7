// Two witnesses at once. A known variable has one node, since both agree on it; an unknown variable has two. The gates hold in both
// witnesses:
//
//   rows       Σ c n + k ≡ 0, for linear gates and equalities
//   products   s · l · r ≡ o
//   bounds     an interval of integers for each node, as in all witnesses
//
// Only gates near one variable are taken. To leave gates out is sound: a contradiction of some gates is a contradiction of all.
import { variablesOf, type ProductGate } from '../../../constraints/gates.ts';
import type { Expression, Variable } from '../../../constraints/expression.ts';
import { gatesByVariable, type ConstraintSystem } from '../../../constraints/system.ts';
import { contains, interval, scaled, type Interval } from '../../../numbers/interval.ts';
import type { Budget } from '../elimination.ts';
import type { Equations } from '../equations.ts';

export type Node = number;

export interface PairProduct {
  readonly scale: bigint;
  readonly left: Node;
  readonly right: Node;
  readonly out: Node;
}

export interface Pair {
  readonly bounds: readonly Interval[];
  /** Terms over nodes. */
  readonly rows: readonly Expression[];
  readonly products: readonly PairProduct[];
  /** Numbers of the products of one gate in the two witnesses. */
  readonly twins: readonly (readonly [number, number])[];
}

/** Unknown variables of a neighbourhood, and gates on known ones that it takes besides. */
const mostUnknown = 40;
const mostKnownGates = 60;
const mostGatesOfKnown = 16;
/** The cost of looking at a gate, in terms. */
const gateCost = 8;

export interface PairContext {
  readonly system: ConstraintSystem;
  readonly equations: Equations;
  readonly budget: Budget;
  isKnown(variable: Variable): boolean;
  boundsOf(variable: Variable): Interval;
}

/**
 * Two witnesses that differ in the variable: the first has the smaller integer, without loss of generality, because all that is said of
 * one is said of the other. Undefined where the difference could wrap around.
 */
export function pairDifferingIn(target: Variable, context: PairContext): Pair | undefined {
  const { low, high } = context.boundsOf(target);
  if (2n * (high - low) >= context.equations.field.modulus) return undefined;
  const builder = new PairBuilder(context);
  for (const gate of neighbourhood(target, context)) builder.add(gate);
  const [first, second] = builder.nodesOf(target);
  const apart = builder.node(interval(1n, high - low));
  builder.rows.push({
    terms: [
      { coefficient: 1n, variable: second },
      { coefficient: -1n, variable: first },
      { coefficient: -1n, variable: apart },
    ],
    constant: 0n,
  });
  builder.dropImplied();
  return builder;
}

/** Numbers of gates: on unknown variables around the target, then those that define the known ones among them, and others on these. */
function neighbourhood(
  target: Variable,
  { system, equations, budget, isKnown }: PairContext,
): readonly number[] {
  const gatesOf = gatesByVariable(system);
  const unknown = new Set([target]);
  const candidates = new Set<number>();
  for (const variable of unknown)
    for (const gate of gatesOf[variable]!) {
      budget.left -= gateCost;
      if (!isTaken(gate)) continue;
      candidates.add(gate);
      for (const each of variablesOf(system.gates[gate]!.gate))
        if (!isKnown(each) && unknown.size < mostUnknown) unknown.add(each);
    }
  // A check says nothing but bounds: values that share a row of checks have nothing else in common.
  function isTaken(gate: number): boolean {
    return equations.ofGate[gate] !== undefined || system.gates[gate]!.gate.kind === 'product';
  }
  const isInside = (variable: Variable): boolean => isKnown(variable) || unknown.has(variable);
  const found = [...candidates].filter((gate) =>
    variablesOf(system.gates[gate]!.gate).every(isInside),
  );
  const known = new Set(
    found.flatMap((gate) => variablesOf(system.gates[gate]!.gate).filter(isKnown)),
  );
  const besides = new Set<number>();
  const others = new Set<number>();
  for (const variable of known) {
    if (besides.size >= mostKnownGates) break;
    for (const gate of gatesOf[variable]!.slice(0, mostGatesOfKnown)) {
      budget.left -= gateCost;
      const own = variablesOf(system.gates[gate]!.gate);
      if (!own.every(isKnown)) continue;
      if (!defines(gate, variable)) others.add(gate);
      else {
        besides.add(gate);
        own.forEach((each) => known.add(each));
      }
    }
  }
  // Other gates on known variables say how large these are, such as an assertion that a difference is positive.
  const more = [...others].slice(0, mostKnownGates - besides.size);
  return [...new Set([...found, ...besides, ...more])];

  function defines(gate: number, variable: Variable): boolean {
    const own = system.gates[gate]!.gate;
    return (
      gate === equations.definitions[variable] || (own.kind === 'product' && own.out === variable)
    );
  }
}

class PairBuilder implements Pair {
  readonly bounds: Interval[] = [];
  readonly rows: Expression[] = [];
  readonly products: PairProduct[] = [];
  readonly twins: [number, number][] = [];
  readonly #nodes = new Map<Variable, readonly [Node, Node]>();

  constructor(private readonly context: PairContext) {}

  node(bounds: Interval): Node {
    return this.bounds.push(bounds) - 1;
  }

  nodesOf(variable: Variable): readonly [Node, Node] {
    const before = this.#nodes.get(variable);
    if (before) return before;
    const bounds = this.context.boundsOf(variable);
    const first = this.node(bounds);
    const nodes = [first, this.context.isKnown(variable) ? first : this.node(bounds)] as const;
    this.#nodes.set(variable, nodes);
    return nodes;
  }

  add(number: number): void {
    const { system, equations, isKnown } = this.context;
    const { gate } = system.gates[number]!;
    const isShared = variablesOf(gate).every(isKnown);
    const copies = isShared ? ([0] as const) : ([0, 1] as const);
    const equation = equations.ofGate[number];
    if (equation) for (const copy of copies) this.rows.push(this.#renamed(equation, copy));
    if (gate.kind !== 'product') return;
    const added = copies.map((copy) => this.#product(gate, copy));
    if (added.length === 2) this.twins.push([added[0]!, added[1]!]);
  }

  /** Drops rows l = c n + k with a node l of no other use, where the bounds of n say all that those of l do: of checks of a multiple. */
  dropImplied(): void {
    const uses = new Map<Node, number>();
    const use = (node: Node): void => void uses.set(node, (uses.get(node) ?? 0) + 1);
    for (const { terms } of this.rows) for (const { variable } of terms) use(variable);
    for (const { left, right, out } of this.products) [left, right, out].forEach(use);
    const isImplied = ({ terms, constant }: Expression): boolean =>
      terms.length === 2 &&
      terms.some(({ coefficient, variable: leaf }, i) => {
        const other = terms[1 - i]!;
        if (uses.get(leaf) !== 1 || (coefficient !== 1n && coefficient !== -1n)) return false;
        const rest = scaled(this.bounds[other.variable]!, -coefficient * other.coefficient);
        const shift = -coefficient * constant;
        return contains(this.bounds[leaf]!, interval(rest.low + shift, rest.high + shift));
      });
    const kept = this.rows.filter((row) => !isImplied(row));
    this.rows.splice(0, this.rows.length, ...kept);
  }

  #renamed({ terms, constant }: Expression, copy: 0 | 1): Expression {
    return {
      terms: terms.map(({ coefficient, variable }) => ({
        coefficient,
        variable: this.nodesOf(variable)[copy],
      })),
      constant,
    };
  }

  #product({ scale, left, right, out }: ProductGate, copy: 0 | 1): number {
    const at = (variable: Variable): Node => this.nodesOf(variable)[copy];
    return this.products.push({ scale, left: at(left), right: at(right), out: at(out) }) - 1;
  }
}
