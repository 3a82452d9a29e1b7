// Group OBS: the closed-form compensation for deleted weights (ZK-APEX eq. 13, 14), block by block, accepted by its
// KKT conditions (eq. 20) without the multiplier: (C'δ)_i = 0 off the mask, δ_i = −θ_i on it. The forms differ in what
// is known of the curvature C'.
import { tensor, type Format, type OpenFormat, type Tensor } from '../../dsl/index.ts';

/** What all forms take. */
export interface Step {
  /** θ, [blocks, size]. */
  readonly weights: Tensor;
  /** Bits, [blocks, size]; 1 marks a weight to delete. */
  readonly mask: Tensor;
  /**
   * The format of the update δ. It must hold −θ for masked weights: with the format of θ itself, a masked weight at
   * the very low end of the format is refused.
   */
  readonly updateFormat: Format | OpenFormat;
  /** τ: residuals lie in [−τ, τ). Left out, the compiler chooses it. */
  readonly tolerance?: number;
}

/** θ_u = θ + δ off the mask, 0 on it, in the format of θ. */
export function applyUpdate({ weights, mask }: Step, update: Tensor): Tensor {
  const unlearned = tensor`u[b,i] = where(${mask}[b,i], 0, ${weights}[b,i] + ${update}[b,i])`;
  return unlearned.rescale(weights.format);
}
