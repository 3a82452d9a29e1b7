// Integer coefficients of a polynomial near a series: the series cut off, and then rounded from the highest power down. What rounding
// takes from one power, the lower ones make up for as far as they can. Nothing rests on how near it is: distance.ts proves that.
import { fromPolynomial, type Ends } from './chebyshev.ts';

/** t^j for j ≤ d in Chebyshev's basis, each times 4^j. */
export const powersOn = (ends: Ends, degree: number): (readonly bigint[])[] =>
  Array.from({ length: degree + 1 }, (_, j) =>
    fromPolynomial([...new Array<bigint>(j).fill(0n), 1n], ends),
  );

export interface Fit {
  /** c_0 … c_d for the values p · 2^scale. */
  readonly coefficients: readonly bigint[];
  /** Σ |p_j − f_j|, in units of 2^−bits, nearly. */
  readonly distance: bigint;
}

/** `series` is in units of 2^−bits. */
export function roundedFit(
  series: readonly bigint[],
  powers: readonly (readonly bigint[])[],
  { difference }: Ends,
  { scale, bits }: { readonly scale: number; readonly bits: number },
): Fit {
  const degree = powers.length - 1;
  const left = series.slice();
  while (left.length <= degree) left.push(0n);
  const coefficients = new Array<bigint>(degree + 1).fill(0n);
  for (let j = difference === 0n ? 0 : degree; j >= 0; j--) {
    // T_j(s) = 2^(j−1) s^j + …, and s = (2 t − A) / H.
    const twice = 2n ** BigInt(Math.max(0, 2 * j - 1));
    const denominator = (difference ** BigInt(j)) << BigInt(bits);
    const c = nearest((left[j]! * twice) << BigInt(scale), denominator);
    if (c === 0n) continue;
    coefficients[j] = c;
    const by = BigInt(scale + 2 * j);
    powers[j]!.forEach((value, k) => {
      left[k]! -= (c * value * (1n << BigInt(bits))) >> by;
    });
  }
  const distance = left.reduce((sum, value) => sum + (value < 0n ? -value : value), 0n);
  return { coefficients, distance };
}

/** a / b for b > 0, to the nearest integer. */
function nearest(a: bigint, b: bigint): bigint {
  const twice = 2n * a + b;
  const quotient = twice / (2n * b);
  return twice < 0n && twice % (2n * b) !== 0n ? quotient - 1n : quotient;
}
