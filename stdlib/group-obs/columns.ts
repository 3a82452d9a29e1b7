// Group OBS by columns: for K = φ I + RᵀR and the masked entries S of a block, multipliers ν with K_SS ν = θ_S (eq. 14: the update is
// −K_{:,S} ν). Only the columns of R in S are opened, and nothing of the other weights: θ_u follows from ν by a public rule. Every R
// gives a K with eigenvalues of at least φ, so that K_SS is regular and ν is determined up to the tolerance.
import type { Tensor } from '../../dsl/index.ts';
import { assertSmall } from './claim.ts';
import { imagesOf, timesImages } from './images.ts';

export interface MaskedColumns {
  /** Column i of R for each i in S, ascending, [blocks, length of the column]: its entries past that are 0. */
  readonly columns: readonly Tensor[];
  /** θ_S, [blocks, k]. */
  readonly weights: Tensor;
  /** ν, [blocks, k]. */
  readonly multipliers: Tensor;
  /** φ > 0, a power of two. */
  readonly floor: number;
  /** τ, real. */
  readonly tolerance: number;
}

/**
 * Asserts −τ ≤ K_SS ν − θ_S < τ in every entry, for one number k of masked entries and the same lengths of columns in all blocks.
 * By images z = Σ R_i ν_i, then R_i · z; a single column by its square, which takes half the products.
 */
export function assertGroupObsByColumns(claim: MaskedColumns): void {
  const { columns, weights, multipliers, floor, tolerance } = claim;
  const sums = columns.length === 1 ? bySquare(claim) : byImages(claim);
  sums.forEach((sum, i) => {
    const damped = entry(multipliers, i).scale(floor, { fraction: -Math.log2(floor) });
    assertSmall(sum.add(damped).sub(entry(weights, i)), tolerance);
  });
}

/** (RᵀR ν)_S by z = R ν: for each entry of S, [blocks]. */
function byImages({ columns, multipliers }: MaskedColumns): Tensor[] {
  const images = imagesOf(columns, multipliers);
  return columns.map((column) => timesImages(column, images));
}

/** The same for one column: (R_i · R_i) ν_i. */
function bySquare({ columns: [column], multipliers }: MaskedColumns): Tensor[] {
  return [column!.contract('bj,bj->b', column!).mul(entry(multipliers, 0))];
}

/** Entry i of each block, [blocks]. */
const entry = (vectors: Tensor, i: number): Tensor => {
  const [blocks, length] = vectors.shape;
  const own = length === 1 ? vectors : vectors.slice({ axis: 1, start: i, end: i + 1 });
  return own.reshape([blocks!]);
};
