// Polynomials on a piece in Chebyshev's basis: |T_j(s)| ≤ 1 for −1 ≤ s ≤ 1, so |Σ c_j T_j| ≤ Σ |c_j|.
import { binomial } from './binomial.ts';
import type { Series } from './taylor.ts';

/** Σ c_j T_j(s) with c_j in units of 2^−bits, and a bound of the distance to the function. */
export interface ChebyshevSeries {
  readonly coefficients: readonly bigint[];
  readonly remainder: bigint;
}

/**
 * The coefficients of Σ a_n s^n, n ≤ N, times 2^N: exact, by
 *
 *   s^n = 2^(1−n) Σ_(k < n/2) C(n, k) T_(n−2k)   and, for even n, 2^−n C(n, n/2) T_0 besides.
 */
export function fromMonomials(monomials: readonly bigint[]): bigint[] {
  const most = monomials.length - 1;
  const coefficients = monomials.map(() => 0n);
  monomials.forEach((value, n) => {
    if (value === 0n) return;
    for (let k = 0; 2 * k <= n; k++) {
      const twice = 2 * k === n ? 0 : 1;
      coefficients[n - 2 * k]! += (value * binomial(n, k)) << BigInt(most - n + twice);
    }
  });
  return coefficients;
}

/** The middles of the terms, with their radii and the rounding as part of the remainder. */
export function fromTaylor({ terms, remainder }: Series): ChebyshevSeries {
  const centers = terms.map(({ low, high }) => (low + high) >> 1n);
  const radii = terms.reduce((sum, { low, high }) => sum + ((high - low + 1n) >> 1n), 0n);
  const by = BigInt(terms.length - 1);
  return {
    coefficients: fromMonomials(centers).map((value) => value >> by),
    remainder: remainder + radii + BigInt(terms.length),
  };
}

/** t = (A + H s) / 2 goes from one end of a piece to the other: A is the sum of both, H their difference. */
export interface Ends {
  readonly sum: bigint;
  readonly difference: bigint;
}

/** The coefficients of Σ c_k t^k, k ≤ d, times 2^(2d): exact. */
export function fromPolynomial(polynomial: readonly bigint[], { sum, difference }: Ends): bigint[] {
  const degree = polynomial.length - 1;
  // Horner in s: times (A + H s), and the next coefficient times the power of 2 that is missing.
  let monomials: bigint[] = [];
  for (let k = degree; k >= 0; k--) {
    const next = new Array<bigint>(monomials.length + 1).fill(0n);
    monomials.forEach((value, n) => {
      next[n]! += value * sum;
      next[n + 1]! += value * difference;
    });
    next[0]! += polynomial[k]! << BigInt(degree - k);
    monomials = next;
  }
  return fromMonomials(monomials);
}
