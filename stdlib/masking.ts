// Masks are tensors of bits: 1 marks a weight that is to be deleted.
import type { Tensor } from '../dsl/index.ts';

/** Weights with exact zeros on the mask: w_i = 0 where m_i = 1. Shapes broadcast. */
export function clearMasked(weights: Tensor, mask: Tensor): Tensor {
  return mask.select(0, weights);
}
