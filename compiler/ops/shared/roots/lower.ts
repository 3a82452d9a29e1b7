// The root X of H in constraints: s H(X) ≤ 0 < s H⁺(X), s the direction. One product for each power of X that a coefficient needs.
//
// Soundness: X is unique. H is monotone on all integers that X is checked to be among, so X < X' would give
// s H(X') ≥ s H(X + 1) = s H⁺(X) > 0. Every side is far below p in size, so that it is not negative as an integer.
import { constant, linear, offset, scale, subtract } from '../../../constraints/expression.ts';
import type { Constraints } from '../../../constraints/constraints.ts';
import type { Expression } from '../../../constraints/expression.ts';
import { modulus } from '../../../numbers/field.ts';
import { bitLength, hull, interval, magnitude, type Interval } from '../../../numbers/interval.ts';
import { assertInterval, spanBits } from '../within.ts';
import { requireReach } from './equation.ts';
import { monomials, sealedCoefficients } from './monomials.ts';
import { findRoot, stepOver, weightsAt } from './bracket.ts';
import { directionOver, type Direction } from './monotone.ts';
import { combination } from './polynomial.ts';
import { stepsOf, type Sides } from './rounding.ts';

/** A check of so many bits is a row; wider ones are only as wide as they have to be. */
const rowBits = 64;

export interface RootToLower {
  readonly sides: Sides;
  readonly coefficients: readonly Expression[];
  /** By which the coefficients are multiplied. */
  readonly factors: readonly bigint[];
  readonly plan: Plan;
}

/** The widths of the checks, by the intervals of the coefficients. */
export interface Plan extends Checked {
  /** The integers that stand for roots. */
  readonly roots: Interval;
  /** Bits that −s H(X) and s H⁺(X) − 1 need, and bits of the widest check of them. */
  readonly bits: number;
  readonly wide: number;
}

/** Throws `too-wide`. `known`: intervals of the multiplied coefficients. */
export function planRoot(sides: Sides, known: readonly Interval[], roots: Interval): Plan {
  const checks = checkedRange(sides, known, roots);
  const bits = Math.max(1, bitLength(magnitude(stepOver(sides, known, roots)) - 1n));
  const wide = Math.max(bits, rowBits);
  requireReach('root', reachOver(sides, known, checks.checked.within) + (1n << BigInt(wide)));
  return { ...checks, roots, bits, wide };
}

export function lowerRoot(constraints: Constraints, root: RootToLower): Expression {
  const { sides, coefficients, factors, plan } = root;
  const { roots, checked, direction, most, bits, wide } = plan;
  if (roots.low === roots.high) return constant(roots.low);
  const sealed = sealedCoefficients(constraints, coefficients);
  const [above] = constraints.ranged(
    1,
    spanBits(roots),
    (read) => {
      const integers = sealed.map((each, k) => read(each) * factors[k]!);
      return [(findRoot(sides, integers, roots) ?? roots.low) - roots.low];
    },
    most,
  );
  const x = constraints.seal(offset(above!, roots.low));
  assertInterval(constraints, x, checked.within, checked.of);
  const terms = monomials(constraints, sealed, x).map((powers, k) =>
    powers.map((each) => scale(each, factors[k]!)),
  );
  const combined = (weights: readonly (readonly bigint[])[], sign: bigint): Expression =>
    linear(
      terms.flat(),
      weights.flatMap((own) => own.map((weight) => sign * weight)),
    );
  // −s H(X) as one variable: s H⁺(X) is the step less it.
  const past = constraints.seal(combined(sides.at, -direction));
  constraints.range(past, bits, wide);
  const step = combined(stepsOf(sides), direction);
  constraints.range(offset(subtract(step, past), -1n), bits, wide);
  return x;
}

/** How far H and H⁺ can reach on an interval where H is monotone. */
export const reachOver = (
  { at, next }: Sides,
  known: readonly Interval[],
  { low, high }: Interval,
): bigint =>
  magnitude(
    hull(combination(known, weightsAt(at, low)), combination(known, weightsAt(next, high))),
  );

interface Checked {
  /** The integers that pass the check of X, which asserts `within` of what lies in `of`. */
  readonly checked: { readonly within: Interval; readonly of: Interval };
  readonly direction: Direction;
  /** Bits of the widest check of X. */
  readonly most: number;
}

/** The widest check of X within which H is monotone; the interval of the roots itself where no check is. */
function checkedRange(sides: Sides, known: readonly Interval[], roots: Interval): Checked {
  const least = spanBits(roots);
  for (let most = least + 11; most >= least; most--) {
    const range = interval(roots.low, roots.low + (1n << BigInt(most)) - 1n);
    const direction = directionOver(range, (part) => stepOver(sides, known, part));
    const fits = 4n * reachOver(sides, known, range) < modulus;
    if (typeof direction === 'bigint' && fits)
      return { checked: { within: range, of: range }, direction, most };
  }
  // H is monotone on all of the box.
  const [at, next] = [sides.at, sides.next].map((side) => weightsAt(side, roots.low));
  const direction =
    combination(
      known,
      next!.map((weight, k) => weight - at![k]!),
    ).low > 0n
      ? 1n
      : -1n;
  const of = interval(roots.low, roots.low + (1n << BigInt(least)) - 1n);
  return { checked: { within: roots, of }, direction, most: least };
}
