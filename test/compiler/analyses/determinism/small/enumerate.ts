// All witnesses of a system over a small prime, by trying all values: nothing here knows how the analysis concludes.
import type { Arithmetic } from '../../../../../compiler/analyses/determinism/arithmetic.ts';
import type { Variable } from '../../../../../compiler/constraints/expression.ts';
import { variablesOf, visit, type Gates } from '../../../../../compiler/constraints/gates.ts';
import type { ConstraintSystem } from '../../../../../compiler/constraints/system.ts';

export type Permutation = (state: readonly number[]) => readonly number[];

export interface Truth {
  /** Variables with two values in witnesses that agree on the start. */
  readonly free: ReadonlySet<Variable>;
  readonly satisfiable: boolean;
  /** False when the search gave up: then `free` holds some of them. */
  readonly complete: boolean;
}

interface Check {
  readonly variables: readonly Variable[];
  holds(values: readonly number[]): boolean;
  /** The one value of a variable that may hold, given the others: a shortcut, `holds` decides. */
  readonly only?: (variable: Variable, values: readonly number[]) => number;
}

/** Searches depth first, the start first; a gate is checked as soon as it has all values. */
export function enumerate(
  system: ConstraintSystem,
  arithmetic: Arithmetic,
  {
    start = system.ports.flatMap((p) => (p.direction === 'input' ? p.variables : [])),
    permutation = (state: readonly number[]) => state,
    mostSteps = Infinity,
    trustShortcuts = true,
  }: {
    readonly start?: readonly Variable[];
    readonly permutation?: Permutation;
    readonly mostSteps?: number;
    readonly trustShortcuts?: boolean;
  } = {},
): Truth {
  const p = Number(arithmetic.field.modulus);
  const order = orderOf(system, [...new Set(start)]);
  const place = new Map(order.map((variable, depth) => [variable, depth]));
  const given = new Set(start).size;
  const checks = checksIn(arithmetic, permutation);
  const checksAt = order.map((): Check[] => []);
  for (const { gate } of system.gates)
    for (const check of visit(checks, gate))
      checksAt[Math.max(...check.variables.map((variable) => place.get(variable)!))]!.push(check);
  const shortcuts = checksAt.map((own) => own.find(({ only }) => trustShortcuts && only)?.only);
  const values = new Array<number>(system.variables).fill(0);
  const first = new Array<number>(system.variables);
  const free = new Set<Variable>();
  let [witnesses, alike, steps] = [0, 0, 0];
  let complete = true;

  /** From the last variable that is not found free: deeper down, one witness shows as much as all of them. */
  let open = order.length - 1;

  /** Whether there is a witness with these values. */
  function search(depth: number): boolean {
    if (depth === given) alike = 0;
    if (depth === order.length) {
      witnesses++;
      if (alike++ === 0) values.forEach((value, variable) => (first[variable] = value));
      else
        values.forEach((value, variable) => {
          if (first[variable] !== value) free.add(variable);
        });
      while (open >= given && free.has(order[open]!)) open--;
      return true;
    }
    let found = false;
    const variable = order[depth]!;
    const only = shortcuts[depth]?.(variable, values);
    for (let value = only ?? 0; value <= (only ?? p - 1) && complete; value++) {
      if (++steps > mostSteps) complete = false;
      values[variable] = value;
      if (!checksAt[depth]!.every((check) => check.holds(values))) continue;
      found = search(depth + 1) || found;
      if (found && depth > open) return true;
    }
    return found;
  }
  search(0);
  return { free, satisfiable: witnesses > 0, complete };
}

/** Next comes a variable that completes the most gates, or else touches the most that have begun: it changes the time alone. */
function orderOf({ gates, variables }: ConstraintSystem, start: readonly Variable[]): Variable[] {
  const order = [...start];
  const placed = new Set(order);
  const sets = gates.map(({ gate }) => new Set(variablesOf(gate)));
  while (order.length < variables) {
    let [best, most] = [-1, -1];
    for (let variable = 0; variable < variables; variable++) {
      if (placed.has(variable)) continue;
      let score = 0;
      for (const set of sets) {
        if (!set.has(variable)) continue;
        let open = 0;
        for (const each of set) if (!placed.has(each)) open++;
        score += open === 1 ? 100 : open < set.size ? 10 : 1;
      }
      if (score > most) [best, most] = [variable, score];
    }
    order.push(best);
    placed.add(best);
  }
  return order;
}

function checksIn(arithmetic: Arithmetic, permutation: Permutation): Gates<readonly Check[]> {
  const p = Number(arithmetic.field.modulus);
  const limb = Number(arithmetic.limb.high) + 1;
  const offsets = arithmetic.limbOffsets;
  const mod = (x: number): number => ((x % p) + p) % p;
  const inverse = (x: number): number =>
    Array.from({ length: p }, (_, y) => y).find((y) => mod(x * y) === 1) ?? 0;
  const isLimb = (variable: Variable): Check => ({
    variables: [variable],
    holds: (v) => v[variable]! < limb,
  });
  return {
    product: (gate) => {
      const { left, right, out } = gate;
      const scale = Number(gate.scale);
      return [
        {
          variables: variablesOf(gate),
          holds: (v) => mod(scale * v[left]! * v[right]!) === v[out],
        },
      ];
    },
    linear: (gate) => {
      const terms = gate.terms.map((t) => [Number(t.coefficient), t.variable] as const);
      const constant = Number(gate.constant);
      const sum = (v: readonly number[]): number =>
        terms.reduce((total, [c, variable]) => total + c * v[variable]!, constant);
      const own = new Set(terms.map(([, variable]) => variable));
      const solvable =
        !own.has(gate.out) && own.size === terms.length && terms.every(([c]) => c % p);
      const inverses = new Map(terms.map(([c, variable]) => [variable, inverse(c)]));
      const only = (variable: Variable, v: readonly number[]): number => {
        if (variable === gate.out) return mod(sum(v));
        const rest = terms.reduce(
          (total, [c, u]) => (u === variable ? total : total - c * v[u]!),
          0,
        );
        return mod((v[gate.out]! - constant + rest) * inverses.get(variable)!);
      };
      return [
        {
          variables: variablesOf(gate),
          holds: (v) => mod(sum(v)) === v[gate.out],
          ...(solvable ? { only } : {}),
        },
      ];
    },
    boolean: ({ variable }) => [{ variables: [variable], holds: (v) => v[variable]! <= 1 }],
    equal: ({ left, right }) => [{ variables: [left, right], holds: (v) => v[left] === v[right] }],
    constant: ({ variable, value }) => [
      {
        variables: [variable],
        holds: (v) => v[variable] === Number(value),
        only: () => Number(value),
      },
    ],
    range12: ({ limbs }) => limbs.map(isLimb),
    // The row says that value − Σ 2^(o_i) limb_i lies in [0, 2^(o_0)), in the field.
    range64: ({ value, limbs }) => [
      ...limbs.map(isLimb),
      {
        variables: [value, ...limbs],
        holds: (v) =>
          mod(limbs.reduce((rest, each, i) => rest - v[each]! * 2 ** offsets[i]!, v[value]!)) <
          2 ** offsets[0]!,
      },
    ],
    poseidon: (gate) => [
      {
        variables: variablesOf(gate),
        holds: (v) =>
          permutation(gate.input.map((variable) => v[variable]!)).every(
            (value, i) => value === v[gate.output[i]!],
          ),
      },
    ],
  };
}
