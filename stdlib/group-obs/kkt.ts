// Group OBS in the form `kkt`: the curvature itself, and d² products a block.
import { solve, type Tensor } from '../../dsl/index.ts';
import { symmetric } from '../matrix.ts';
import { assertCleared, assertResiduals, type Claim } from './claim.ts';
import { applyUpdate, type Step } from './step.ts';

export interface GroupObs extends Step {
  /** The upper triangles of C' = I + F/λ, [blocks, size (size + 1) / 2]. */
  readonly curvature: Tensor;
  /** λ_min(C') is at least this, 1 when left out: the caller's to guarantee, by construction or by `assertDefinite`. */
  readonly smallestEigenvalue?: number;
}

/**
 * The unlearned weights θ_u = θ + δ in the format of θ, with exact zeros on the mask. δ is at most √d · τ / λ_min(C')
 * from the exact update (2-norm, a block).
 */
export function groupObs({ curvature, smallestEigenvalue = 1, ...step }: GroupObs): Tensor {
  const { weights, mask, updateFormat, tolerance } = step;
  const update = solve({
    matrix: symmetric(curvature, { size: weights.shape.at(-1)! }),
    pinned: { mask, values: weights.neg() },
    format: updateFormat,
    ...(tolerance === undefined ? {} : { tolerance }),
    smallestEigenvalue,
  });
  return applyUpdate(step, update);
}

/** The relation of `groupObs` for θ_u that are claimed: δ = θ_u − θ, and |C'δ| ≤ τ off the mask (eq. 20). */
export function assertGroupObs({ curvature, ...claim }: Claim & Pick<GroupObs, 'curvature'>): void {
  const matrix = symmetric(curvature, { size: claim.weights.shape.at(-1)! });
  const update = assertCleared(claim).sub(claim.weights);
  assertResiduals(claim, (indices) =>
    matrix.gather({ axis: 1, indices }).contract('bij,bj->bi', update),
  );
}
