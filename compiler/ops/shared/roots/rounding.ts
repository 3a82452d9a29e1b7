// Which integer stands for a root, as polynomials H and H⁺ in X: X does where H(X) ≤ 0 < H⁺(X) and the equation increases, or
// H(X) ≥ 0 > H⁺(X) and it decreases. H⁺(X) = H(X + 1), so there is one X where H is monotone.
//
//   nearest, halves up:   H(X) = 2^d G(X − 1/2) = Σ_k c_k 2^(d−k) (2X − 1)^k
//   down:                 H(X) = G(X)
import { fail } from '../../../diagnostics/diagnostic.ts';
import { binomial } from '../../../functions/binomial.ts';

export type Rounding = 'nearest' | 'down';

/** Throws `bad-value`. */
export function checkRounding(op: string, rounding: string): asserts rounding is Rounding {
  if (rounding !== 'nearest' && rounding !== 'down')
    fail('bad-value', `${op} rounds "${rounding}"`, 'nearest (halves up) or down');
}

/** By coefficient c_k, the weights of c_k X^0, c_k X^1 … in H and in H⁺. */
export interface Sides {
  readonly at: readonly (readonly bigint[])[];
  readonly next: readonly (readonly bigint[])[];
}

export function sidesOf(degree: number, rounding: Rounding): Sides {
  const weights = (of: (k: number, j: number) => bigint): bigint[][] =>
    Array.from({ length: degree + 1 }, (_, k) => Array.from({ length: k + 1 }, (_, j) => of(k, j)));
  if (rounding === 'down')
    return {
      at: weights((k, j) => (j === k ? 1n : 0n)),
      next: weights((k, j) => binomial(k, j)),
    };
  const half = (k: number, j: number): bigint => binomial(k, j) << BigInt(degree - k + j);
  return {
    at: weights((k, j) => ((k - j) % 2 === 0 ? half(k, j) : -half(k, j))),
    next: weights(half),
  };
}

/** H⁺ less H, by coefficient and power. */
export const stepsOf = ({ at, next }: Sides): bigint[][] =>
  next.map((own, k) => own.map((weight, j) => weight - at[k]![j]!));
