// The layout of a tile: its blocks by their shape. The circuit of a tile knows shapes alone, neither positions nor masks.
import { columnLengths } from '../step/index.ts';

/** Lengths of a block's live columns in the order of their entries, ascending: all that its circuit depends on. */
export type Shape = readonly number[];

/** The shape of a block of at most `size` weights by its live entries. */
export function shapeOf(size: number, live: readonly number[]): Shape {
  const lengths = columnLengths(size);
  return live.map((entry) => lengths[entry]!);
}

/** Blocks of one shape. */
export interface Group {
  readonly shape: Shape;
  readonly blocks: number;
}

/** The groups of a tile in the order of its places, no shape twice. */
export type Layout = readonly Group[];

export const blocksOf = (layout: Layout): number =>
  layout.reduce((sum, { blocks }) => sum + blocks, 0);

/** The shape in the place of each block. */
export const placesOf = (layout: Layout): Shape[] =>
  layout.flatMap(({ shape, blocks }) => Array.from({ length: blocks }, () => shape));

/** Fewer columns first, then by their lengths. */
export function compareShapes(a: Shape, b: Shape): number {
  if (a.length !== b.length) return a.length - b.length;
  const at = a.findIndex((length, i) => length !== b[i]);
  return at === -1 ? 0 : a[at]! - b[at]!;
}
