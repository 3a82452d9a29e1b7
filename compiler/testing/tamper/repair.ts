// How a gate that fails could be made to hold: by what amount it is off, and which free variables could take that up,
// one alone or several digits with a carry (quotient + 1 goes with remainder − 2^s).
import type { Variable } from '../../constraints/expression.ts';
import { limbOffsets, type Gate, type LinearGate } from '../../constraints/gates.ts';
import { canonical, centered, inverse, modulus } from '../../numbers/field.ts';
import { domainOf, holds, stepsOf, type Domain } from './domain.ts';
import { gradient, type Form } from './gradient.ts';
import type { Graph } from './graph.ts';
import { rootsOf, type Allowance } from './polynomials.ts';
import type { Overrides } from './resolver.ts';

/** An expression, by its derivative, and how much it exceeds what the gate wants. */
interface Excess {
  readonly form: Form;
  readonly by: bigint;
  /** How much of it may stay: a range check wants no exact value. */
  readonly slack: bigint;
}

/** Attempts, most promising first; each a few values to write besides those that are held. */
export function* repairs(
  graph: Graph,
  values: readonly bigint[],
  base: readonly bigint[],
  gate: Gate,
  held: (variable: Variable) => boolean,
  allowance: Allowance,
): Generator<Overrides> {
  for (const each of follow(graph, values, gate)) if (![...each.keys()].some(held)) yield each;
  const byInputs: (readonly [Form, Excess])[] = [];
  for (const excess of excesses(gate, values, base)) {
    const { free, inputs } = gradient(graph, values, excess.form, held);
    yield* alone(graph, values, free, excess);
    for (const digits of [...groupsOf(graph, free), free])
      for (const division of [truncated, floored, ceiled]) {
        const carried = carry(graph, values, digits, excess, division);
        if (carried) yield carried;
      }
    byInputs.push([inputs, excess]);
    // The form of a product is its derivative alone.
    if (gate.kind !== 'product') yield* byRoots(graph, values, excess, held, allowance);
  }
  // With other inputs it is another statement, which may be as false.
  for (const [inputs, excess] of byInputs) yield* alone(graph, values, inputs, excess);
}

/** What a gate defines is what it says, whatever a step would fill in. */
function follow({ definitions }: Graph, values: readonly bigint[], gate: Gate): Overrides[] {
  const at = (variable: Variable): bigint => values[variable]!;
  const define = (out: Variable, value: () => bigint): Overrides[] =>
    definitions[out] === gate ? [new Map([[out, canonical(value())]])] : [];
  switch (gate.kind) {
    case 'product':
      return define(gate.out, () => gate.scale * at(gate.left) * at(gate.right));
    case 'linear':
      return define(gate.out, () => sumAt(gate, at));
    case 'equal':
      return define(gate.right, () => at(gate.left));
    default:
      return [];
  }
}

const sumAt = ({ terms, constant }: LinearGate, at: (variable: Variable) => bigint): bigint =>
  terms.reduce((sum, { coefficient, variable }) => sum + coefficient * at(variable), constant);

/** One variable takes up everything, where its own checks allow that; those without any come first. */
function alone(
  graph: Graph,
  values: readonly bigint[],
  weights: Form,
  { by }: Excess,
): Overrides[] {
  const [unchecked, checked]: [Overrides[], Overrides[]] = [[], []];
  weights.forEach((weight, variable) => {
    const value = canonical(values[variable]! - by * inverse(weight));
    const domain = domainOf(graph, variable);
    if (!domain) unchecked.push(new Map([[variable, value]]));
    else if (holds(domain, value)) checked.push(new Map([[variable, value]]));
  });
  return [...unchecked, ...checked].slice(0, 6);
}

/** One variable that the excess is a polynomial of, at its roots, where its own checks allow that. */
function* byRoots(
  graph: Graph,
  values: readonly bigint[],
  { form, by }: Excess,
  held: (variable: Variable) => boolean,
  allowance: Allowance,
): Generator<Overrides> {
  for (const [variable, root] of rootsOf(graph, values, form, by, held, allowance)) {
    const domain = domainOf(graph, variable);
    if (root !== values[variable] && (!domain || holds(domain, root)))
      yield new Map([[variable, root]]);
  }
}

/** The variables that one step fills in, together: the digits of one value, or of several. */
function groupsOf({ stepOf }: Graph, weights: Form): Form[] {
  const groups = new Map<number, Map<Variable, bigint>>();
  weights.forEach((weight, variable) => {
    const step = stepOf[variable]!;
    groups.set(step, (groups.get(step) ?? new Map<Variable, bigint>()).set(variable, weight));
  });
  return [...groups.values()];
}

type Division = (a: bigint, b: bigint) => bigint;
const truncated: Division = (a, b) => a / b;
const floored: Division = (a, b) => (a - (((a % b) + b) % b)) / b;

const ceiled: Division = (a, b) => -floored(-a, b);

/** Digits of falling weight take up what they can, each within its own checks. */
function carry(
  graph: Graph,
  values: readonly bigint[],
  weights: Form,
  { by, slack }: Excess,
  divide: Division,
): Overrides | undefined {
  const digits = [...weights].flatMap(([variable, weight]) => {
    const domain = domainOf(graph, variable);
    return domain ? [{ variable, weight, domain }] : [];
  });
  if (digits.length < 2) return undefined;
  // In units of the finest fraction all weights are integers.
  const finest = Math.max(...digits.map(({ domain }) => domain.fraction));
  const scaled = digits
    .map(({ variable, weight, domain }) => ({
      variable,
      domain,
      weight: centered(weight) << BigInt(finest - domain.fraction),
    }))
    .filter(({ weight }) => size(weight) < modulus >> 2n)
    .sort(
      (a, b) => Number(size(b.weight) > size(a.weight)) - Number(size(b.weight) < size(a.weight)),
    );
  let rest = -(centered(by) << BigInt(finest));
  const carried = new Map<Variable, bigint>();
  for (const { variable, weight, domain } of scaled) {
    const now = stepsOf(domain, values[variable]!);
    const divisor = size(weight);
    const wanted = divide(weight < 0n ? -rest : rest, divisor);
    const next = clamp(now + wanted, domain);
    if (next === now) continue;
    rest -= weight * (next - now);
    carried.set(variable, canonical(next * inverse(1n << BigInt(domain.fraction))));
  }
  return size(rest) <= slack << BigInt(finest) && carried.size > 0 ? carried : undefined;
}

const size = (x: bigint): bigint => (x < 0n ? -x : x);
const clamp = (k: bigint, { most }: Domain): bigint => (k < 0n ? 0n : k > most ? most : k);

/** What could be moved, and by how much, for the gate to hold. */
function excesses(gate: Gate, values: readonly bigint[], base: readonly bigint[]): Excess[] {
  const at = (variable: Variable): bigint => values[variable]!;
  const towards = (variable: Variable, ...targets: readonly bigint[]): Excess[] =>
    [...new Set(targets)].map((target) => ({
      form: new Map([[variable, 1n]]),
      by: at(variable) - target,
      slack: 0n,
    }));
  switch (gate.kind) {
    case 'product': {
      const { scale, left, right, out } = gate;
      const form = sumOf([
        [out, 1n],
        [left, -scale * at(right)],
        [right, -scale * at(left)],
      ]);
      return [{ form, by: at(out) - scale * at(left) * at(right), slack: 0n }];
    }
    case 'linear': {
      const { terms, out } = gate;
      const by = sumAt(gate, at) - at(out);
      const parts = terms.map(({ coefficient, variable }) => [variable, coefficient] as const);
      return [{ form: sumOf([...parts, [out, -1n]]), by, slack: 0n }];
    }
    case 'boolean':
      return towards(gate.variable, base[gate.variable]!, 0n, 1n);
    case 'equal':
      return [
        {
          form: sumOf([
            [gate.left, 1n],
            [gate.right, -1n],
          ]),
          by: at(gate.left) - at(gate.right),
          slack: 0n,
        },
      ];
    case 'constant':
      return towards(gate.variable, gate.value);
    case 'range12':
      return gate.limbs
        .filter((limb) => at(limb) > 4095n)
        .slice(0, 1)
        .flatMap((limb) => [
          ...towards(limb, base[limb]!, 0n, 4095n),
          ...towards(limb, 2048n).map((excess) => ({ ...excess, slack: 2047n })),
        ]);
    case 'range64': {
      const row = gate.limbs.reduce((sum, l, i) => sum + (at(l) << BigInt(limbOffsets[i]!)), 0n);
      const low = at(gate.value) & 65535n;
      return towards(gate.value, row + low, row, base[gate.value]!);
    }
    case 'poseidon':
      return [];
  }
}

function sumOf(parts: readonly (readonly [Variable, bigint])[]): Form {
  const form = new Map<Variable, bigint>();
  for (const [variable, weight] of parts) form.set(variable, (form.get(variable) ?? 0n) + weight);
  return form;
}
