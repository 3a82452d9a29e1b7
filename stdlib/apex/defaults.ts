// What the commands take when nothing is said. docs/experiments.md measures what each choice is worth.
import type { Score } from './score.ts';

/** τ is one unit of the weights. */
export interface Defaults {
  /** Weights of a Fisher block. */
  readonly blockSize: number;
  readonly weightBits: number;
  /** Weights lie in [−range, range). */
  readonly weightRange: number;
  /** λ in multiples of the mean squared gradient. */
  readonly damping: number;
  /** Blocks that a link compares. Plans leave it out where it is this, so that it belongs to the version of documents. */
  readonly link: number;
  readonly score: Score;
  /** Added to the diagonal Fisher of the scores. */
  readonly fisherDamping: number;
}

export const defaults: Defaults = {
  blockSize: 32,
  weightBits: 24,
  weightRange: 4,
  damping: 0.3,
  link: 64,
  score: 'saliency',
  fisherDamping: 1e-8,
};
