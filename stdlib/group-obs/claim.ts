// Group OBS as a claim: unlearned weights that a prover brings along are checked, none are solved for. Zeros on the mask are
// exact; what is left is a residual, and its entries lie in [−τ, τ). A mask that is known when the circuit is built selects
// nothing: its entries are left out.
import { concat, type Tensor } from '../../dsl/index.ts';

export interface Claim {
  /** θ, [blocks, size]. */
  readonly weights: Tensor;
  /** θ_u, [blocks, size], in the format of θ. */
  readonly unlearned: Tensor;
  /** Bits, [blocks, size]. */
  readonly mask: Tensor;
  /** The masked entries, ascending, where the mask is the same for all blocks and known. */
  readonly masked?: readonly number[];
  /** τ, real. */
  readonly tolerance: number;
}

/** Asserts that θ_u is 0 on the mask. Returns it, with constants there where the mask is known: residuals then lack their limbs. */
export function assertCleared({ unlearned, mask, masked }: Claim): Tensor {
  if (!masked) {
    mask.select(unlearned, 0).assertZero();
    return unlearned;
  }
  unlearned.gather({ axis: 1, indices: masked }).assertZero();
  const size = unlearned.shape[1]!;
  const all = Array.from({ length: size }, (_, i) => (masked.includes(i) ? size : i));
  return withZero(unlearned).gather({ axis: 1, indices: all });
}

/** With the constant 0 after the last entry of each block. */
export function withZero(entries: Tensor): Tensor {
  const shape = [entries.shape[0]!, 1];
  return concat([entries, entries.constantLike(0, { shape, format: entries.format })], { axis: 1 });
}

/** −τ ≤ r < τ off the mask, for the residuals of some entries of each block. */
export function assertResiduals(
  { weights, mask, masked, tolerance }: Claim,
  residualsOf: (entries: readonly number[]) => Tensor,
): void {
  const all = Array.from({ length: weights.shape[1]! }, (_, i) => i);
  if (!masked) return assertSmall(mask.select(0, residualsOf(all)), tolerance);
  const free = all.filter((i) => !masked.includes(i));
  if (free.length > 0) assertSmall(residualsOf(free), tolerance);
}

/** −τ ≤ r < τ: a range check of as many bits as 2 τ has. */
export function assertSmall(residuals: Tensor, tolerance: number): void {
  // In integers: a double does not hold both a large τ and the unit below it.
  const { format } = residuals;
  const fraction = format.kind === 'fixed' ? format.fraction : 0;
  const units = BigInt(Math.floor(tolerance * 2 ** fraction));
  residuals.assertIntegersWithin({ low: -units, high: units - 1n });
}
