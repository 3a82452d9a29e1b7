// Group OBS in the form `inverse`, for K = C'⁻¹: y with K_SS y = θ_S on the masked entries S and y = 0 off them, then
// δ = −K y (eq. 14).
import { bit, solve, type Format, type OpenFormat, type Tensor } from '../../dsl/index.ts';
import { symmetric } from '../matrix.ts';
import { applyUpdate, type Step } from './step.ts';

export interface GroupObsByInverse extends Step {
  /** The upper triangles of K, [blocks, size (size + 1) / 2]. */
  readonly inverse: Tensor;
  /** λ_min(K) is at least this: the caller's to guarantee, by `assertDefinite`. */
  readonly smallestEigenvalue: number;
  /** The format of the multipliers y; they are as large as θ_S / λ_min(K). */
  readonly multiplierFormat: Format | OpenFormat;
}

/**
 * θ_u as `groupObs` gives it; τ bounds |(K y − θ)_i| for masked i. With K ⪯ I, as C' ⪰ I has it, δ is at most
 * √d · τ / √λ_min(K) from the exact update (2-norm, a block), besides its rounding: K_CS K_SS⁻¹ K_SC ⪯ K_CC ⪯ I.
 */
export function groupObsByInverse({ inverse, ...step }: GroupObsByInverse): Tensor {
  const { weights, mask, multiplierFormat, smallestEigenvalue, tolerance } = step;
  const matrix = symmetric(inverse, { size: weights.shape.at(-1)! });
  const free = mask.select(0, 1).rescale(bit);
  const multipliers = solve({
    matrix,
    rhs: weights,
    pinned: { mask: free, values: free.sub(free) },
    format: multiplierFormat,
    ...(tolerance === undefined ? {} : { tolerance }),
    smallestEigenvalue,
  });
  const compensation = matrix.contract('bij,bj->bi', multipliers).neg();
  return applyUpdate(step, compensation.rescale(step.updateFormat));
}
