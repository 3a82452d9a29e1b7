// The provider's mask: the budget's part of the weights in scope with the largest scores (eq. 9, 15).
import { defaults } from '../../../stdlib/apex/defaults.ts';
import {
  ratioScores,
  saliencyScores,
  topKMasks,
  type LossStatistics,
  type Masks,
  type NamedTensors,
} from '../../../stdlib/apex/reference/index.ts';
import type { Weights } from '../../unlearn-digits/weights.ts';
import type { GradientStatistics } from '../learning/gradients.ts';

export interface MaskInput {
  /** Those that the scores are of: θ_0. */
  readonly weights: Weights;
  readonly forget: GradientStatistics;
  /** On retained data: the scores are then ratios. */
  readonly retained?: GradientStatistics;
  /** The part of the weights in scope that is masked. */
  readonly budget: number;
}

export function chooseMask({ weights, forget, retained, budget }: MaskInput): Masks {
  const inScope: NamedTensors = new Map(
    [...forget.mean.keys()].map((name) => [name, weights.get(name)!]),
  );
  const scores = retained
    ? ratioScores({ weights: inScope, forget: damped(forget), retained: damped(retained) })
    : saliencyScores({ weights: inScope, ...damped(forget) });
  let count = 0;
  for (const { data } of inScope.values()) count += data.length;
  return topKMasks({ scores, k: Math.round(budget * count) });
}

/** Mask only: the masked weights are 0. */
export const clearMasked = (weights: Weights, masks: Masks): Weights =>
  new Map(
    [...weights].map(([name, { shape, data }]) => {
      const mask = masks.get(name);
      return [name, { shape, data: mask ? data.map((value, i) => (mask[i] ? 0 : value)) : data }];
    }),
  );

const damped = ({ mean, fisher }: GradientStatistics): LossStatistics => ({
  gradient: mean,
  curvature: new Map(
    [...fisher].map(([name, { shape, data }]) => [
      name,
      { shape, data: Float64Array.from(data, (value) => value + defaults.fisherDamping) },
    ]),
  ),
});
