// x = q · y + r with 0 ≤ r < y in constraints, for integers x and y. So y is at least 1, or there is no remainder.
//
// Soundness: q and r are unique. r and y − 1 − r are not negative, and q is so narrow that both sides of the equation differ by
// less than p, so it holds over the integers; there |q − q'| y = |r − r'| < y leaves one solution.
import { fail } from '../../diagnostics/diagnostic.ts';
import { constant, isConstant, linear, offset, subtract } from '../../constraints/expression.ts';
import type { Constraints } from '../../constraints/constraints.ts';
import type { Expression } from '../../constraints/expression.ts';
import { modulus } from '../../numbers/field.ts';
import {
  bitLength,
  floorDivide,
  hull,
  intersect,
  interval,
  magnitude,
  renderInterval,
  type Interval,
} from '../../numbers/interval.ts';
import { assertInterval, spanBits } from './within.ts';

type Pair<T> = readonly [x: T, y: T];

/** The divisors that are at least 1; undefined where there are none. */
export const atLeastOne = ({ low, high }: Interval): Interval | undefined =>
  high < 1n ? undefined : intersect(interval(low, high), interval(1n, high));

/** Intervals of the quotient and of the remainder. Throws `never-holds` where no divisor is at least 1. */
export function rangesOfDivision([x, y]: Pair<Interval>): Pair<Interval> {
  const divisors =
    atLeastOne(y) ?? fail('never-holds', `no divisor in ${renderInterval(y)} is at least 1`);
  const corners = [x.low, x.high].flatMap((a) =>
    [divisors.low, divisors.high].map((b) => floorDivide(a, b)),
  );
  const quotient = hull(...corners.map((corner) => interval(corner, corner)));
  const most = divisors.high - 1n;
  // A number below every divisor is its own remainder.
  return [quotient, interval(0n, x.low >= 0n && x.high < most ? x.high : most)];
}

/** The quotient and the remainder. Throws `too-wide`. */
export function divide(
  constraints: Constraints,
  [x, y]: Pair<Expression>,
  known: Pair<Interval>,
): Pair<Expression> {
  const divisors = atLeastOne(known[1])!;
  const [quotients, remainders] = rangesOfDivision(known);
  const divisor = isConstant(y) ? y : constraints.seal(y);
  const times = (q: Expression): Expression => constraints.product(q, divisor);
  if (quotients.low === quotients.high) {
    const quotient = constant(quotients.low);
    // Every x and every y of their intervals have this quotient, and there is no remainder to compare y with.
    assertInterval(constraints, divisor, divisors, known[1]);
    return [quotient, subtract(x, times(quotient))];
  }
  const value = constraints.seal(x);
  const divided = (read: (e: Expression) => bigint): bigint =>
    floorDivide(read(value), read(divisor) < 1n ? 1n : read(divisor));
  const [above] = constraints.ranged(
    1,
    spanBits(quotients),
    (read) => [divided(read) - quotients.low],
    widestQuotient(known, quotients),
  );
  const q = offset(above!, quotients.low);
  const product = times(q);
  const r = remainder();
  constraints.assertZero(linear([value, product, r], [1n, -1n, -1n]));
  return [q, r];

  /** 0 ≤ r ≤ y − 1. */
  function remainder(): Expression {
    const bits = bitLength(remainders.high);
    const [rest] = constraints.ranged(1, bits, (read) => [
      read(value) - divided(read) * read(divisor),
    ]);
    if (isConstant(divisor) && remainders.high === divisor.constant - 1n) {
      const checked = interval(0n, (1n << BigInt(bits)) - 1n);
      assertInterval(constraints, rest!, remainders, checked);
      return rest!;
    }
    // Where the divisor is secret, or x is too small for the largest remainder.
    const sealed = constraints.seal(rest!);
    const gap = offset(subtract(divisor, sealed), -1n);
    constraints.range(gap, bitLength(divisors.high - 1n), anyWidth);
    return sealed;
  }
}

/** A check that y − 1 − r is not negative may be a row of 64 bits: r and y are far below p. */
const anyWidth = 64;

/** The widest check of q for which q · y + r cannot differ from x by p. Throws `too-wide`. */
function widestQuotient([x, y]: Pair<Interval>, quotients: Interval): number {
  const reach = (width: number): bigint =>
    (magnitude(quotients) + (1n << BigInt(width)) + 1n) * y.high + magnitude(x);
  const least = spanBits(quotients);
  if (reach(least) >= modulus)
    fail(
      'too-wide',
      `div-mod: quotient and divisor reach ${bitLength(reach(least))} bits, past the field`,
      'narrow the operands',
    );
  let width = least + 11;
  while (width > least && reach(width) >= modulus) width--;
  return width;
}
