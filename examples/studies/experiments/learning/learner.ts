// What training, gradients and measures need to know of a kind of model.
import type { numpy as np } from '@jax-js/jax';
import type { Random } from '../../../unlearn-digits/random.ts';
import type { Parameters, Weights } from '../../../unlearn-digits/weights.ts';
import type { Examples } from './examples.ts';

export interface Learner {
  readonly classes: number;
  /** Names of the matrices that unlearning may change. */
  readonly scope: readonly string[];
  initial(seed: number): Weights;
  /**
   * Logits [n, places, classes] of inputs [n, width]; consumes both. A matrix in scope may carry a leading axis of n,
   * one for each example.
   */
  logits(parameters: Parameters, inputs: np.Array): np.Array;
  /** What training shows in place of the examples in one pass. */
  augment?(set: Examples, random: Random): Examples;
}
