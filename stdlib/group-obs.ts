// Group OBS: the closed-form compensation for deleted weights (ZK-APEX eq. 13, 14), block by block, accepted by its
// KKT conditions (eq. 20) without the multiplier: (C'δ)_i = 0 off the mask, δ_i = −θ_i on it.
import { solve, tensor, type Format, type OpenFormat, type Tensor } from '../dsl/index.ts';
import { symmetric } from './matrix.ts';

export interface GroupObs {
  /** θ, [blocks, size]. */
  readonly weights: Tensor;
  /** Bits, [blocks, size]; 1 marks a weight to delete. */
  readonly mask: Tensor;
  /** The upper triangles of C' = I + F/λ, [blocks, size (size + 1) / 2]. λ_min(C') ≥ 1 is the caller's to guarantee. */
  readonly curvature: Tensor;
  /**
   * The format of the update δ. It must hold −θ for masked weights: with the format of θ itself, a masked weight at
   * the very low end of the format is refused.
   */
  readonly updateFormat: Format | OpenFormat;
  /** τ: the KKT residual (C'δ)_i of every unmasked row lies in [−τ, τ). Left out, the compiler chooses it. */
  readonly tolerance?: number;
}

/**
 * The unlearned weights θ_u = θ + δ in the format of θ, with exact zeros on the mask. The `kkt` form: d² products a
 * block. δ is at most √d · τ from the exact update (2-norm, a block), because λ_min(C') ≥ 1.
 */
export function groupObs({ weights, mask, curvature, updateFormat, tolerance }: GroupObs): Tensor {
  const size = weights.shape.at(-1)!;
  const update = solve({
    matrix: symmetric(curvature, { size }),
    pinned: { mask, values: weights.neg() },
    format: updateFormat,
    ...(tolerance === undefined ? {} : { tolerance }),
    smallestEigenvalue: 1,
  });
  const unlearned = tensor`u[b,i] = where(${mask}[b,i], 0, ${weights}[b,i] + ${update}[b,i])`;
  return unlearned.rescale(weights.format);
}
