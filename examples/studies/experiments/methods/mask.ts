// The provider's mask: the budget's part of the weights in scope with the largest scores (eq. 9, 15).
import { defaults } from '../../../../stdlib/apex/defaults.ts';
import {
  ratioScores,
  saliencyScores,
  topKMasks,
  type LossStatistics,
  type Masks,
  type NamedTensors,
} from '../../../../stdlib/apex/reference/index.ts';
import { seededRandom } from '../../../unlearn-digits/random.ts';
import type { Weights } from '../../../unlearn-digits/weights.ts';
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

export interface RandomMaskInput {
  readonly weights: Weights;
  /** Names of the tensors in scope. */
  readonly scope: readonly string[];
  readonly budget: number;
  readonly seed: number;
}

export function chooseMask({ weights, forget, retained, budget }: MaskInput): Masks {
  const inScope: NamedTensors = new Map(
    [...forget.mean.keys()].map((name) => [name, weights.get(name)!]),
  );
  const scores = retained
    ? ratioScores({ weights: inScope, forget: damped(forget), retained: damped(retained) })
    : saliencyScores({ weights: inScope, ...damped(forget) });
  return highest(scores, budget);
}

/** As many weights, whichever. */
export function randomMask({ weights, scope, budget, seed }: RandomMaskInput): Masks {
  const random = seededRandom(seed);
  const scores = new Map(
    scope.map((name) => {
      const { shape, data } = weights.get(name)!;
      return [name, { shape, data: Float64Array.from(data, () => random.uniform()) }];
    }),
  );
  return highest(scores, budget);
}

/** Mask only: the masked weights are 0. */
export const clearMasked = (weights: Weights, masks: Masks): Weights =>
  new Map(
    [...weights].map(([name, { shape, data }]) => {
      const mask = masks.get(name);
      return [name, { shape, data: mask ? data.map((value, i) => (mask[i] ? 0 : value)) : data }];
    }),
  );

function highest(scores: NamedTensors, budget: number): Masks {
  let count = 0;
  for (const { data } of scores.values()) count += data.length;
  return topKMasks({ scores, k: Math.round(budget * count) });
}

const damped = ({ mean, fisher }: GradientStatistics): LossStatistics => ({
  gradient: mean,
  curvature: new Map(
    [...fisher].map(([name, { shape, data }]) => [
      name,
      { shape, data: Float64Array.from(data, (value) => value + defaults.fisherDamping) },
    ]),
  ),
});
