// For every variable an interval of integers that holds its value, read as a signed integer, in every witness that
// the gates accept. Four kinds of gate bound a value, linear gates carry bounds on:
//
//   boolean    v ∈ {0, 1}                    v² = v has no other roots in a field
//   constant   v ∈ {c}                       it is wired
//   range12    v ∈ [0, 2^12)                 what the row proves
//   range64    v = low + Σ 2^(o_i) limb_i    with low ∈ [0, 2^16) and limbs ∈ [0, 2^12): limbs that are less leave less
//   linear     c v = −(k + Σ c_i v_i)        over the integers, where the two sides differ by less than p: then c v lies
//                                            in the interval of the other side. v and 2^(12−r) v both in [0, 2^12)
//                                            make v < 2^r by this, and either alone does not.
import { visit, type Gates } from '../../constraints/gates.ts';
import type { Expression, Variable } from '../../constraints/expression.ts';
import { gatesByVariable, type ConstraintSystem } from '../../constraints/system.ts';
import {
  contains,
  intersect,
  interval,
  magnitude,
  product,
  scaled,
  square,
  sum,
  type Interval,
} from '../../numbers/interval.ts';
import { kimchi, type Arithmetic } from './arithmetic.ts';
import type { Equations } from './equations.ts';
import { matchedValues, rootsOf } from './few-values.ts';
import type { Resolved } from './monomials.ts';
import { Worklist } from './worklist.ts';

/** Bounds can go on shrinking by one for long; a bound that is left as it was is still true. */
const mostUpdates = 16;

/** What a second look, at a circuit of which some values are not known, starts from. */
export interface Refined {
  /** True ones. */
  readonly bounds: readonly Interval[];
  readonly resolve: (variable: Variable, bounds: readonly Interval[]) => Resolved;
}

/**
 * A second look costs more, and adds rules that circuits seldom need:
 *
 *   product    out within the product of the factors' intervals, where that does not wrap around; a product whose
 *              factors and result are images of one variable x is a quadratic equation, and bounds x by its roots
 *   linear     of two variables, one of them with few values: the values that fit each other (few-values.ts)
 */
export function boundVariables(
  system: ConstraintSystem,
  { ofGate }: Equations,
  arithmetic: Arithmetic = kimchi,
  refined?: Refined,
): Interval[] {
  const { anything, limb, limbOffsets } = arithmetic;
  const { centered } = arithmetic.field;
  const lowest = interval(0n, (1n << BigInt(limbOffsets[0]!)) - 1n);
  const bounds = refined
    ? [...refined.bounds]
    : new Array<Interval>(system.variables).fill(anything);
  const updates = new Uint8Array(system.variables);
  const gatesOf = gatesByVariable(system);
  const worklist = new Worklist();

  const narrow = (variable: Variable, to: Interval): void => {
    const old = bounds[variable]!;
    // Nothing in common: no witness exists, and whatever is said of all of them is true.
    const common = intersect(old, to) ?? old;
    if (common.low === old.low && common.high === old.high) return;
    if (updates[variable]! >= mostUpdates) return;
    updates[variable]!++;
    bounds[variable] = common;
    gatesOf[variable]!.forEach((gate) => worklist.push(gate));
  };

  const rules: Gates<void> = {
    boolean: ({ variable }) => narrow(variable, interval(0n, 1n)),
    constant: ({ variable, value }) => narrow(variable, interval(centered(value), centered(value))),
    range12: ({ limbs }) => limbs.forEach((variable) => narrow(variable, limb)),
    range64({ value, limbs }) {
      limbs.forEach((variable) => narrow(variable, limb));
      const parts = limbs.map((variable, i) =>
        scaled(bounds[variable]!, 1n << BigInt(limbOffsets[i]!)),
      );
      // Past half of the field, the sum is no longer the value read as a signed integer.
      const whole = parts.reduce(sum, lowest);
      if (whole.high <= anything.high) narrow(value, whole);
    },
    linear: () => undefined,
    equal: () => undefined,
    product(gate) {
      if (!refined) return;
      const { scale, left, right, out } = gate;
      const factors = [bounds[left]!, bounds[right]!] as const;
      if (!factors.includes(anything)) {
        const whole = left === right ? square(factors[0]) : product(...factors);
        const to = scaled(whole, centered(scale));
        if (contains(anything, to)) narrow(out, to);
      }
      const [l, r, o] = [left, right, out].map((variable) => refined.resolve(variable, bounds));
      const root = rootsOf(scale, l!, r!, o!, (variable) => bounds[variable]!, arithmetic.field);
      if (root) narrow(...root);
    },
    poseidon: () => undefined,
  };

  system.gates.forEach((_, gate) => worklist.push(gate));
  for (let gate = worklist.take(); gate !== undefined; gate = worklist.take()) {
    const equation = ofGate[gate];
    if (!equation) visit(rules, system.gates[gate]!.gate);
    else {
      for (const [variable, to] of boundsOfTerms(equation, bounds, arithmetic))
        narrow(variable, to);
      if (refined && equation.terms.length === 2)
        for (const [variable, to] of matchedValues(equation, bounds, arithmetic.field))
          narrow(variable, to);
    }
  }
  return bounds;
}

/** What Σ c v + k = 0 says of each v, given the others. */
export function boundsOfTerms(
  { terms, constant }: Expression,
  bounds: readonly Interval[],
  { anything, field: { modulus } }: Arithmetic,
): [Variable, Interval][] {
  const found: [Variable, Interval][] = [];
  const open = terms.filter(({ variable }) => bounds[variable] === anything);
  if (open.length > 1) return found;
  for (const { coefficient, variable } of open.length > 0 ? open : terms) {
    const rest = terms.reduce(
      (total, other) =>
        other.variable === variable
          ? total
          : sum(total, scaled(bounds[other.variable]!, -other.coefficient)),
      interval(-constant, -constant),
    );
    const own = scaled(bounds[variable]!, coefficient);
    if (magnitude(own) + magnitude(rest) >= modulus) continue;
    found.push([variable, quotients(rest, coefficient)]);
  }
  return found;
}

/** The integers v with c v in the interval. */
function quotients({ low, high }: Interval, c: bigint): Interval {
  const [from, to, by] = c > 0n ? [low, high, c] : [-high, -low, -c];
  return interval(-floor(-from, by), floor(to, by));
}

/** ⌊a / b⌋ for b > 0. */
const floor = (a: bigint, b: bigint): bigint => (a >= 0n ? a / b : -((b - 1n - a) / b));
