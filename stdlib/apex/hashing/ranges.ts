// Leaves are hashed a range at a time, with the nodes above them: a subtree of the tree, by one process.
import { treeDepth } from '../commitments/tree.ts';

/** A range of 2^15 leaves: about two seconds of one core. */
export const defaultRangeHeight = 15;

export interface LeafRange {
  readonly first: number;
  readonly count: number;
}

/** A tree's leaves in ranges of 2^height. */
export class Ranges {
  readonly #length: number;
  /** How many ranges. */
  readonly count: number;
  /** Levels above the leaves within a range: the height of its root. */
  readonly levels: number;

  constructor(
    readonly leaves: number,
    height: number,
  ) {
    this.#length = 2 ** height;
    this.count = Math.ceil(leaves / this.#length);
    this.levels = Math.min(height, treeDepth(leaves));
  }

  at(range: number): LeafRange {
    const first = range * this.#length;
    return { first, count: Math.min(this.#length, this.leaves - first) };
  }

  all = (): number[] => Array.from({ length: this.count }, (_, range) => range);
}
