// The layout of a tile: its blocks by their shape. The circuit of a tile knows shapes alone, neither positions nor masks.
import type { Circuit } from '../../../dsl/index.ts';
import { columnLengths, type StepSpec } from '../step/index.ts';

/** Lengths of a block's live columns in the order of their entries, ascending: all that its circuit depends on. */
export type Shape = readonly number[];

/** The shape of a block of at most `size` weights by its live entries. */
export function shapeOf(size: number, live: readonly number[]): Shape {
  const lengths = columnLengths(size);
  return live.map((entry) => lengths[entry]!);
}

/** Blocks of one shape, which is a `Shape` in the tiles of an unlearning. */
export interface Group<S = Shape> {
  readonly shape: S;
  readonly blocks: number;
}

/** The groups of a tile in the order of its places, no shape twice. */
export type Layout<S = Shape> = readonly Group<S>[];

export const blocksOf = (layout: Layout<unknown>): number =>
  layout.reduce((sum, { blocks }) => sum + blocks, 0);

/** The shape in the place of each block. */
export const placesOf = <S>(layout: Layout<S>): S[] =>
  layout.flatMap(({ shape, blocks }) => Array.from({ length: blocks }, () => shape));

/** Fewer columns first, then by their lengths. */
export function compareShapes(a: Shape, b: Shape): number {
  if (a.length !== b.length) return a.length - b.length;
  const at = a.findIndex((length, i) => length !== b[i]);
  return at === -1 ? 0 : a[at]! - b[at]!;
}

/** A kind of tile, by what its proof says of its blocks: bundles and links deal their blocks to tiles by it. */
export interface TileKind<S> {
  readonly circuit: (spec: StepSpec, layout: Layout<S>) => Circuit;
  /** The same text for equal shapes alone. */
  readonly key: (shape: S) => string;
  readonly compare: (a: S, b: S) => number;
  /** A block of that shape, for messages. */
  readonly describe: (shape: S) => string;
}
