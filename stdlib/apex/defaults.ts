// What the commands take when nothing is said. docs/experiments.md measures what each choice is worth.
import type { Score } from './score.ts';
import type { FormName } from './forms/index.ts';

/** Formats of the curvature and τ are the form's own. */
export interface Defaults {
  readonly form: FormName;
  /** Weights of a Fisher block. */
  readonly blockSize: number;
  readonly weightBits: number;
  /** Weights lie in [−range, range). */
  readonly weightRange: number;
  /** λ in multiples of the mean squared gradient. */
  readonly damping: number;
  readonly score: Score;
  /** Added to the diagonal Fisher of the scores. */
  readonly fisherDamping: number;
}

export const defaults: Defaults = {
  form: 'inverse',
  blockSize: 8,
  weightBits: 24,
  weightRange: 4,
  damping: 0.3,
  score: 'saliency',
  fisherDamping: 1e-8,
};
