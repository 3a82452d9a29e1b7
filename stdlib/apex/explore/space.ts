// The choices that are combined, and those that `lethe explore` takes when nothing is said.
import type { FormName } from '../forms/names.ts';

export interface Space {
  readonly forms: readonly FormName[];
  /** Weights of a Fisher block. */
  readonly sizes: readonly number[];
  /** Of a factor; a block's size or more is the full rank. */
  readonly ranks: readonly number[];
  readonly weightBits: readonly number[];
  /** Weights lie in [−range, range). */
  readonly weightRange: number;
  /** Beside the form's own; the range stays the form's. */
  readonly curvatureBits: readonly number[];
  /** τ, beside the form's own. */
  readonly tolerances: readonly number[];
}

export const defaultSpace: Space = {
  forms: ['inverse', 'factor', 'kkt'],
  sizes: [4, 8, 16, 64],
  ranks: [2, 4, 8, 64],
  weightBits: [12, 16, 20, 24],
  weightRange: 4,
  curvatureBits: [8, 16],
  tolerances: [2 ** -8, 2 ** -16],
};
