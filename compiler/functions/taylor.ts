// Taylor's series of elementary functions at the middle m of a piece, in s with x = m + ρ s and −1 ≤ s ≤ 1: enclosures of the
// coefficients a_n ρ^n, and a bound of what is left out. Everything is in units of 2^−bits.
import { interval, type Interval } from '../numbers/interval.ts';
import { ceilDivide, over, point, times } from './enclosure.ts';
import { exp, log, sigmoid, tanh } from './values.ts';

export interface Series {
  readonly terms: readonly Interval[];
  /** At least |f − Σ terms · s^n| on the piece. */
  readonly remainder: bigint;
}

export interface Precision {
  readonly bits: number;
  /** A remainder that is small enough. */
  readonly target: bigint;
}

/** m and ρ. Undefined where the series does not converge, or says nothing. */
export type Taylor = (center: bigint, radius: bigint, precision: Precision) => Series | undefined;

/** Pieces that need more are split. */
const mostTerms = 96;

/** a_n = e^m / n!. Lagrange: the remainder after n is at most e^(m + ρ) ρ^(n+1) / (n+1)!. */
export const taylorOfExp: Taylor = (center, radius, { bits, target }) => {
  const [value, most] = [exp(center, bits), exp(center + radius, bits)];
  if (!value || !most) return undefined;
  const terms = [value];
  const by = point(radius);
  const next = (term: Interval, n: number): Interval => over(times(term, by, bits), BigInt(n));
  let bound = next(most, 1);
  for (let n = 1; bound.high > target; n++) {
    if (n > mostTerms) return undefined;
    terms.push(next(terms.at(-1)!, n));
    bound = next(bound, n + 1);
  }
  return { terms, remainder: bound.high };
};

/** a_n = −(−1/m)^n / n for n ≥ 1. With r = ρ / m < 1 the remainder after n is at most r^(n+1) / ((n+1) (1 − r)). */
export const taylorOfLog: Taylor = (center, radius, { bits, target }) => {
  const value = log(center, bits);
  if (!value || radius >= center) return undefined;
  const one = 1n << BigInt(bits);
  const ratio = over(point(radius << BigInt(bits)), center);
  const gap = one - ratio.high;
  if (gap <= 0n) return undefined;
  const terms = [value];
  let power = ratio;
  const remainder = (): bigint =>
    ceilDivide(power.high << BigInt(bits), gap * BigInt(terms.length));
  for (let n = 1; remainder() > target; n++) {
    if (n > mostTerms) return undefined;
    const { low, high } = over(power, BigInt(n));
    terms.push(n % 2 === 1 ? interval(low, high) : interval(-high, -low));
    power = times(power, ratio, bits);
  }
  return { terms, remainder: remainder() };
};

/**
 * σ' = σ − σ² gives (n+1) a_(n+1) = a_n − Σ_k a_k a_(n−k). Cauchy: |a_n| ≤ M R^−n where |σ| ≤ M on the disc of radius R around m. That is
 * so for R = 3 and M = 8. With c = cos y, |1 + e^(−x−iy)|² = 1 + 2 c e^−x + e^(−2x) is at least 1 where c ≥ 0, and at least 1 − c² = sin² y
 * elsewhere; for |y| ≤ 3 < π that is at least sin² 3 > 1/64. With r = ρ / R < 1 the remainder after n is at most M r^(n+1) / (1 − r).
 */
export const taylorOfSigmoid: Taylor = (center, radius, { bits, target }) => {
  const one = 1n << BigInt(bits);
  const ratio = ceilDivide(radius, 3n);
  if (ratio >= one) return undefined;
  const terms = [sigmoid(center, bits)];
  let power = 8n * ratio;
  const remainder = (): bigint => ceilDivide(power << BigInt(bits), one - ratio);
  while (remainder() > target) {
    const n = terms.length;
    if (n > mostTerms) return undefined;
    let [low, high] = [0n, 0n];
    // Pairs (k, n−1−k) twice, and a square in the middle.
    for (let k = 0; 2 * k < n; k++) {
      const both = times(terms[k]!, terms[n - 1 - k]!, bits);
      const weight = 2 * k === n - 1 ? 1n : 2n;
      low += weight * both.low;
      high += weight * both.high;
    }
    const last = terms[n - 1]!;
    const difference = interval(last.low - high, last.high - low);
    terms.push(over(times(difference, point(radius), bits), BigInt(n)));
    power = ceilDivide(power * ratio, one);
  }
  return { terms, remainder: remainder() };
};

/** tanh x = 2 σ(2x) − 1. */
export const taylorOfTanh: Taylor = (center, radius, precision) => {
  const series = taylorOfSigmoid(2n * center, 2n * radius, precision);
  if (!series) return undefined;
  const twice = series.terms.map(({ low, high }) => interval(2n * low, 2n * high));
  const terms = [tanh(center, precision.bits), ...twice.slice(1)];
  return { terms, remainder: 2n * series.remainder };
};
