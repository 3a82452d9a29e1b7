// Thresholds: which of several keys reach a common threshold, where it is known how many do. For each bit b_i an equation
//
//   t + β_i b_i + ρ_i = κ_i       with κ_i known, one unknown t for all, and integers ρ_i in an interval of s_i + 1 integers
//
// where all β_i have the same sign, s_i < |β_i| and |β_i| + s_i < p / 2; and Σ b_i is known. Then all b_i are known. t and the ρ_i
// are not: a threshold may be anywhere between two keys.
//
//   Let two witnesses differ in the bits. Both have the same number of ones, for their sums are the same and there are fewer
//   than p bits. So some b_i is 1 in the first alone, and some b_j in the second alone. The equation of i less that of j has no
//   t. Taken for the second witness from that for the first, it is
//
//     β_i + β_j + (ρ_i − ρ_i') − (ρ_j − ρ_j') ≡ 0
//
//   The left side is an integer of size |β_i| + |β_j| ± (s_i + s_j): more than 0 and less than p. It is not 0 modulo p.
//
// A comparison K − t + 2^w = 2^w b + r with 0 ≤ r < 2^w is such an equation for 2^(w+2) ≤ p.
import type { Term, Variable } from '../../constraints/expression.ts';
import { negatedInverse } from './affine.ts';
import { multiple, spanOf, type Bounded } from './bounded.ts';

/** The bits of which a known sum says how many are 1; undefined where it is no such sum. */
export function countedBits(
  sum: readonly Term[],
  { field, boundsOf }: Bounded,
): readonly Variable[] | undefined {
  const [first] = sum;
  if (sum.length < 2 || BigInt(sum.length) >= field.modulus) return undefined;
  for (const { coefficient, variable } of sum) {
    const { low, high } = boundsOf(variable);
    if (low !== 0n || high !== 1n || coefficient !== first!.coefficient) return undefined;
  }
  return sum.map(({ variable }) => variable);
}

/** Whether a threshold decides the bits, of which a known number is 1. `sumsOf` gives known sums that hold a variable. */
export function decides(
  bits: readonly Variable[],
  sumsOf: (variable: Variable) => readonly (readonly Term[])[],
  bounded: Bounded,
): boolean {
  let thresholds: ReadonlySet<Variable> | undefined;
  for (const bit of bits) {
    const beside = sumsOf(bit).flatMap((sum) => sum.map(({ variable }) => variable));
    thresholds = new Set(
      beside.filter((variable) => variable !== bit && thresholds?.has(variable) !== false),
    );
    if (thresholds.size === 0) return false;
  }
  return [...thresholds!].some((threshold) =>
    [1n, -1n].some((sign) =>
      bits.every((bit) => sumsOf(bit).some((sum) => compares(sum, threshold, bit, sign, bounded))),
    ),
  );
}

/** Whether t + β b + ρ is known by the sum, with β of that sign, s < |β| and |β| + s < p / 2. */
function compares(
  sum: readonly Term[],
  threshold: Variable,
  bit: Variable,
  sign: bigint,
  bounded: Bounded,
): boolean {
  const { field } = bounded;
  const own = sum.find(({ variable }) => variable === threshold);
  if (!own) return false;
  const factor = -negatedInverse(own.coefficient, field);
  const { terms } = multiple({ terms: sum, constant: 0n }, factor, field);
  const size = sign * (terms.find(({ variable }) => variable === bit)?.coefficient ?? 0n);
  const rest = terms.filter(({ variable }) => variable !== threshold && variable !== bit);
  const span = spanOf(rest, bounded);
  return span < size && 2n * (size + span) < field.modulus;
}
