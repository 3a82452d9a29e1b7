// Mixed radix: quotient and remainder, limbs, bits. Where Σ c_i u_i is known as a field element, and each u_i lies in
// an interval of m_i + 1 integers:
//
//   Let u and u' both fit, d = u − u', so that Σ c_i d_i ≡ 0 and |d_i| ≤ m_i. If Σ |c_i| m_i < p, the sum is 0 over the
//   integers. If the largest coefficient c_k has |c_k| > Σ_(i≠k) |c_i| m_i, the others cannot make up for d_k ≠ 0: u_k
//   is forced; then the next, without it.
//
// What is known times anything but 0 is known as well, and the condition may hold for a multiple alone: 3 u_1 / 7 +
// 3 · 2^12 u_2 / 7 is u_1 + 2^12 u_2 in disguise. So it is tried with the coefficient of each unknown made 1, too.
import type { Variable } from '../../constraints/expression.ts';
import type { PrimeField } from '../../numbers/field.ts';
import { kimchi } from './arithmetic.ts';

export interface Unknown {
  readonly variable: Variable;
  /** Signed, not 0. */
  readonly coefficient: bigint;
  /** m: one less than how many integers it may be. */
  readonly span: bigint;
}

/** The unknowns of a known sum that are forced. */
export function forcedUnknowns(
  unknowns: readonly Unknown[],
  field: PrimeField = kimchi.field,
): Variable[] {
  const forced = new Set(separated(unknowns, field));
  if (forced.size === unknowns.length || unknowns.length > mostDigits) return [...forced];
  for (const coefficient of new Set(unknowns.map((unknown) => unknown.coefficient))) {
    if (coefficient === 1n || coefficient === -1n) continue;
    const factor = field.inverse(coefficient);
    const scaled = unknowns.map((u) => ({
      ...u,
      coefficient: field.centered(u.coefficient * factor),
    }));
    separated(scaled, field).forEach((variable) => forced.add(variable));
    if (forced.size === unknowns.length) break;
  }
  return [...forced];
}

/** Each digit has at least two values: no more than 254 of them fit the field. */
const mostDigits = 254;

function separated(unknowns: readonly Unknown[], { modulus }: PrimeField): Variable[] {
  const weights = unknowns
    .map(({ variable, coefficient, span }) => {
      const size = coefficient < 0n ? -coefficient : coefficient;
      return { variable, size, reach: size * span };
    })
    .sort((a, b) => (a.size > b.size ? -1 : a.size < b.size ? 1 : 0));
  let below = weights.reduce((sum, { reach }) => sum + reach, 0n);
  const forced: Variable[] = [];
  if (below >= modulus) return forced;
  for (const { variable, size, reach } of weights) {
    below -= reach;
    if (size <= below) break;
    forced.push(variable);
  }
  return forced;
}
