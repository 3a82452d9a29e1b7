// Group OBS in the form `inverse`, by a root R of K = C'⁻¹ = φ I + RᵀR: multipliers ν on the masked entries S with
// K_SS ν = −θ_S, 0 off them, and θ_u = θ + K ν (eq. 14). Every R is the inverse of a curvature, and K ν is two products with
// R: of the columns in S, then of R; where S is known, Σ_S (p + 1) and Σ_j (min(j, max S) + 1) products a block for a
// triangular R, in place of d².
import { bit, concat, solve, type Format, type OpenFormat, type Tensor } from '../../dsl/index.ts';
import { assertCleared, assertSmall, withZero, type Claim } from './claim.ts';
import type { Step } from './step.ts';

export interface InverseRoot {
  /** R, [blocks, size, size]. */
  readonly root: Tensor;
  /** φ > 0, a multiple of R's last place squared: no eigenvalue of K is below it. */
  readonly floor: number;
}

export interface GroupObsByInverse extends Omit<Step, 'updateFormat'>, InverseRoot {
  /** The format of ν; they are as large as θ_S / φ. */
  readonly multiplierFormat: Format | OpenFormat;
}

/** θ_u as `groupObs` gives it, and ν, [blocks, size], 0 off the mask; τ bounds |(K ν + θ)_i| for masked i. */
export function groupObsByInverse({ root, floor, ...step }: GroupObsByInverse): {
  unlearned: Tensor;
  multipliers: Tensor;
} {
  const { weights, mask, multiplierFormat, tolerance } = step;
  const size = weights.shape.at(-1)!;
  const gram = root.contract('bki,bkj->bij', root);
  const matrix = gram.add(scaledIdentity(gram, size, floor));
  const free = mask.select(0, 1).rescale(bit);
  const multipliers = solve({
    matrix,
    rhs: weights.neg(),
    pinned: { mask: free, values: free.sub(free) },
    format: multiplierFormat,
    ...(tolerance === undefined ? {} : { tolerance }),
    smallestEigenvalue: floor,
  });
  const moved = weights.add(matrix.contract('bij,bj->bi', multipliers));
  return { unlearned: mask.select(0, moved).rescale(weights.format), multipliers };
}

/** φ I for each block, in the fractional bits of `like`. */
function scaledIdentity(like: Tensor, size: number, floor: number): Tensor {
  const { format } = like;
  const one = like.constantLike(floor, { shape: [1], format });
  const zero = like.constantLike(0, { shape: [1], format });
  const indices = Array.from({ length: size * size }, (_, k) => (k % (size + 1) === 0 ? 0 : 1));
  return concat([one, zero], { axis: 0 }).gather({ axis: 0, indices }).reshape([size, size]);
}

/**
 * The relation for θ_u and ν that are claimed: |θ + K ν − θ_u| ≤ τ in every entry, θ_u = 0 on the mask S, ν = 0 off it. With
 * residuals s, K_SS ν = s_S − θ_S, and θ_u is off the exact step by A s_S − s_U elsewhere, A = K_US K_SS⁻¹. A vector and its image
 * under K, with eigenvalues from φ to κ φ, enclose an angle α of cos α ≥ 2 √κ / (κ + 1) (Kantorovich). A s_S stands to s_S as the
 * two parts of the image of a vector on S: at most as tan α. So (A, −I) is at most 1 / cos α, and θ_u at most
 * √d · τ (κ + 1) / (2 √κ) from the exact step (2-norm, a block).
 *
 * @param multipliers [blocks, masked.length] where the mask is known, otherwise [blocks, size]
 */
export function assertGroupObsByInverse({
  root,
  floor,
  multipliers,
  ...claim
}: Claim & InverseRoot & { readonly multipliers: Tensor }): void {
  const { weights, mask, masked } = claim;
  const unlearned = assertCleared(claim);
  if (!masked) mask.select(0, multipliers).assertZero();
  const columns = masked ? root.gather({ axis: 2, indices: masked }) : root;
  const images = columns.contract('bks,bs->bk', multipliers);
  const compensation = root.contract('bkj,bk->bj', images).add(
    spread(multipliers, weights.shape.at(-1)!, masked).scale(floor, {
      fraction: floorBits(floor),
    }),
  );
  assertSmall(weights.add(compensation).sub(unlearned), claim.tolerance);
}

/** ν as a vector of all entries. */
function spread(multipliers: Tensor, size: number, masked?: readonly number[]): Tensor {
  if (!masked) return multipliers;
  const indices = Array.from({ length: size }, (_, i) =>
    masked.includes(i) ? masked.indexOf(i) : masked.length,
  );
  return withZero(multipliers).gather({ axis: 1, indices });
}

/** Fractional bits that hold φ exactly. */
const floorBits = (floor: number): number => {
  let bits = 0;
  while (!Number.isInteger(floor * 2 ** bits)) bits++;
  return bits;
};
