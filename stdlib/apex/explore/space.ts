// The choices that are combined, and those that `lethe explore` takes when nothing is said.
export interface Space {
  /** Weights of a Fisher block. */
  readonly sizes: readonly number[];
  readonly weightBits: readonly number[];
  /** Weights lie in [−range, range). */
  readonly weightRange: number;
  /** τ, beside one unit of the weights. */
  readonly tolerances: readonly number[];
}

export const defaultSpace: Space = {
  sizes: [8, 16, 32, 64],
  weightBits: [16, 20, 24],
  weightRange: 4,
  tolerances: [2 ** -16],
};
