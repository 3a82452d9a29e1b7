// Integer polynomials whose coefficients are known exactly or by an interval, at integers and over intervals of them.
import {
  interval,
  product,
  scaled,
  square,
  sum,
  type Interval,
} from '../../../numbers/interval.ts';

/** Σ_k coefficients[k] · weights[k]: the exact hull, since the coefficients are independent. */
export const combination = (
  coefficients: readonly Interval[],
  weights: readonly bigint[],
): Interval =>
  coefficients.reduce(
    (total, coefficient, k) => sum(total, scaled(coefficient, weights[k]!)),
    interval(0n, 0n),
  );

/** Σ_k c_k X^k. */
export const valueAt = (coefficients: readonly bigint[], x: bigint): bigint =>
  coefficients.reduceRight((value, c) => value * x + c, 0n);

/** X^0, …, X^degree. */
export const powersAt = (x: bigint, degree: number): bigint[] =>
  Array.from({ length: degree + 1 }, (_, k) => x ** BigInt(k));

/** An interval that holds Σ_k c_k X^k for every X of an interval, power by power. */
export const valueOver = (coefficients: readonly Interval[], x: Interval): Interval =>
  coefficients.reduce(
    (total, coefficient, k) => sum(total, product(coefficient, powerOver(x, k))),
    interval(0n, 0n),
  );

/** The hull of X^k for X in an interval. */
function powerOver(x: Interval, k: number): Interval {
  if (k === 0) return interval(1n, 1n);
  if (k % 2 === 1) return interval(x.low ** BigInt(k), x.high ** BigInt(k));
  const half = BigInt(k / 2);
  const signed = (end: bigint): bigint => (end < 0n ? -((-end) ** half) : end ** half);
  return square(interval(signed(x.low), signed(x.high)));
}

/** The coefficients of the derivative. */
export const derivative = (coefficients: readonly Interval[]): Interval[] =>
  coefficients.slice(1).map((c, i) => scaled(c, BigInt(i + 1)));
