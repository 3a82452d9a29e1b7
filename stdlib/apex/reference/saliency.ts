// Mask scores (eq. 15): the second-order change of the forget loss when weight i is set to zero,
//   S_i = −g_i θ_i + ½ c_i θ_i²,
// with g the mean gradient and c the damped diagonal Fisher on the forget set.
// The variant `ratio` divides this score by the same score on retained data.
import { OperatorError } from './errors.ts';
import { checkAlike, checkTensors, tensorPlace } from './named-tensors.ts';
import type { NamedTensors, Tensor } from './named-tensors.ts';

/** First and second derivatives of the loss on one data set; names and shapes of the weights. */
export interface LossStatistics {
  /** g, the mean gradient. */
  readonly gradient: NamedTensors;
  /** c, the diagonal empirical Fisher plus damping. */
  readonly curvature: NamedTensors;
}

/**
 * S_i = −g_i θ_i + ½ c_i θ_i² (eq. 15), in units of the loss.
 * @returns scores with the names, order and shapes of `weights`.
 * @throws OperatorError when names, shapes or lengths differ, or an entry is not finite.
 */
export function saliencyScores(
  input: LossStatistics & { readonly weights: NamedTensors },
): NamedTensors {
  const { weights, gradient, curvature } = input;
  checkTensors(weights, 'weights');
  checkAlike(gradient, weights, 'gradient');
  checkAlike(curvature, weights, 'curvature');
  const scores = new Map<string, Tensor>();
  for (const [name, { shape, data: theta }] of weights) {
    const g = gradient.get(name)!.data;
    const c = curvature.get(name)!.data;
    const data = new Float64Array(theta.length);
    for (let i = 0; i < theta.length; i++) {
      data[i] = -g[i]! * theta[i]! + 0.5 * c[i]! * theta[i]! ** 2;
    }
    scores.set(name, { shape, data });
  }
  return scores;
}

/**
 * The variant `ratio`: S_i on the forget set over S_i on retained data; no unit.
 * 0/0 counts as 0 (a weight that is zero has nothing to forget).
 * Caveat: S_i may be negative, and a ratio of two negative scores ranks as one of two positive ones.
 * @returns scores with the names, order and shapes of `weights`.
 * @throws OperatorError as {@link saliencyScores}; `out-of-range` on a division by zero.
 */
export function ratioScores(input: {
  readonly weights: NamedTensors;
  readonly forget: LossStatistics;
  readonly retained: LossStatistics;
}): NamedTensors {
  const { weights, forget, retained } = input;
  const numerators = saliencyScores({ weights, ...forget });
  const denominators = saliencyScores({ weights, ...retained });
  const scores = new Map<string, Tensor>();
  for (const [name, { shape, data: above }] of numerators) {
    const below = denominators.get(name)!.data;
    const data = new Float64Array(above.length);
    for (let i = 0; i < above.length; i++) {
      data[i] = above[i] === 0 ? 0 : above[i]! / below[i]!;
      if (!Number.isFinite(data[i])) {
        throw new OperatorError({
          code: 'out-of-range',
          place: tensorPlace(name),
          problem: `entry ${i} divides ${above[i]} by the retained score ${below[i]}`,
          hint: 'raise the damping of the retained curvature, or use saliencyScores',
        });
      }
    }
    scores.set(name, { shape, data });
  }
  return scores;
}
