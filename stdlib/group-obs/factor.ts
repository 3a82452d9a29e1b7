// Group OBS in the form `factor`: C' = I + GᵀG for scaled gradients G, symmetric with λ_min ≥ 1 by construction. 2 r d
// products a block of d weights; d (d + 1) of them where G is triangular.
import { solveGram, type Tensor } from '../../dsl/index.ts';
import { applyUpdate, type Step } from './step.ts';

export interface GroupObsByFactor extends Step {
  /** G, [blocks, r, size]. Its fractional bits are the curvature's precision; every G is a curvature. */
  readonly factor: Tensor;
}

/** θ_u as `groupObs` gives it. δ is at most √d · τ from the exact update for C' = I + GᵀG (2-norm, a block). */
export function groupObsByFactor({ factor, ...step }: GroupObsByFactor): Tensor {
  const { weights, mask, updateFormat, tolerance } = step;
  const update = solveGram({
    factor,
    damping: 1,
    pinned: { mask, values: weights.neg() },
    format: updateFormat,
    ...(tolerance === undefined ? {} : { tolerance }),
  });
  return applyUpdate(step, update);
}
