// Gradient ascent: one pass over the forget set that raises its loss.
import type { Weights } from '../../../unlearn-digits/weights.ts';
import { oneHot, type Examples } from '../learning/examples.ts';
import { fit } from '../learning/fit.ts';
import type { Learner } from '../learning/learner.ts';

export interface GradientAscent {
  readonly learner: Learner;
  readonly weights: Weights;
  readonly forget: Examples;
  readonly seed: number;
  readonly rate: number;
}

export const gradientAscent = (input: GradientAscent): Promise<Weights> => {
  const { learner, weights, forget, seed, rate } = input;
  const targets = oneHot(forget, learner.classes).map((value) => -value);
  return fit(learner, weights, [{ set: forget, targets, epochs: 1 }], {
    seed,
    rate,
    batchSize: 32,
  });
};
