// What ε allows: in each touched block the unmasked weights are moved by a random vector of 2-norm ε. The masked ones stay 0.
import { tensorBlocks, type Masks } from '../../../../stdlib/apex/reference/index.ts';
import { seededRandom } from '../../../unlearn-digits/random.ts';
import type { Weights } from '../../../unlearn-digits/weights.ts';

export interface Perturbation {
  readonly weights: Weights;
  readonly masks: Masks;
  readonly blockSize: number;
  /** ε of a block. */
  readonly distance: number;
  readonly seed: number;
}

export function perturb({ weights, masks, blockSize, distance, seed }: Perturbation): Weights {
  const random = seededRandom(seed);
  const moved: Weights = new Map(weights);
  for (const [tensor, mask] of masks) {
    const { shape, data } = weights.get(tensor)!;
    const after = data.slice();
    moved.set(tensor, { shape, data: after });
    for (const { start, length } of tensorBlocks({ tensor, shape, blockSize })) {
      const free = Array.from({ length }, (_, i) => start + i).filter((i) => mask[i] === 0);
      if (free.length === length || free.length === 0) continue;
      const steps = free.map(() => random.normal());
      const scale = distance / Math.hypot(...steps);
      free.forEach((i, k) => (after[i]! += scale * steps[k]!));
    }
  }
  return moved;
}
