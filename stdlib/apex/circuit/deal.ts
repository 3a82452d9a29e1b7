// Deals blocks out to tiles. Tiles of one layout share a circuit, and no place of a layout stays empty: shapes that many blocks
// have fill many equal tiles, and what is left fills fewer and fewer of them. Everybody who knows the shapes finds the same deal.
import { hidingRows } from '../../../compiler/constraints/rows.ts';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { StepSpec } from '../step/index.ts';
import type { Group, Layout, Shape, TileKind } from './layout.ts';
import { RowModel } from './rows.ts';
import { unlearningTiles } from './tile.ts';

/** Tiles of one circuit. */
export interface TileSet<S = Shape> {
  readonly layout: Layout<S>;
  /** The number of its first tile: tiles count on from set to set. */
  readonly first: number;
  /** For each tile the positions, among the blocks that were dealt, of what stands in its places. */
  readonly tiles: readonly (readonly number[])[];
}

/** The part of a tile's room that a layout has to fill where more than one tile has it: otherwise fewer tiles share one. */
const leastFill = 0.96;

/** The part of so many tiles that is tried next. */
const step = 0.8;

/**
 * Tiles of at most 2^log rows for blocks of those shapes.
 * @throws LetheError `too-many-rows` where a block fits none.
 */
export function deal(spec: StepSpec, shapes: readonly Shape[], log: number): TileSet[];
export function deal<S>(
  spec: StepSpec,
  shapes: readonly S[],
  log: number,
  kind: TileKind<S>,
): TileSet<S>[];
export function deal<S>(
  spec: StepSpec,
  shapes: readonly S[],
  log: number,
  kind = unlearningTiles as unknown as TileKind<S>,
): TileSet<S>[] {
  const model = RowModel.of(spec, kind);
  const room = 2 ** log - hidingRows - model.rows([]);
  const waiting = waitingByShape(kind, shapes, (shape) => {
    const rows = model.rowsOfBlock(shape);
    return rows <= room ? rows : refuse(kind.describe(shape), rows, log);
  });
  const sets: TileSet<S>[] = [];
  for (;;) {
    const left = waiting.reduce((sum, { rows, positions }) => sum + rows * positions.length, 0);
    if (left === 0) return sets;
    const first = tileCount(sets);
    const full = reachable(fill(waiting, 1, room).filled, room);
    let tiles = Math.max(1, Math.floor(left / full));
    let counts = fill(waiting, tiles, room);
    while (tiles > 1 && counts.filled < leastFill * full) {
      tiles = Math.floor(tiles * step);
      counts = fill(waiting, tiles, room);
    }
    sets.push({ first, ...take(waiting, tiles, counts.blocks) });
  }
}

export const tileCount = (sets: readonly TileSet<unknown>[]): number =>
  sets.reduce((sum, { tiles }) => sum + tiles.length, 0);

/** Blocks of a shape that have no place yet. */
interface Waiting<S> {
  readonly shape: S;
  /** How many rows one of them takes. */
  readonly rows: number;
  /** Ascending. */
  readonly positions: number[];
}

function waitingByShape<S>(
  kind: TileKind<S>,
  shapes: readonly S[],
  rowsOf: (shape: S) => number,
): Waiting<S>[] {
  const known = new Map<string, Waiting<S>>();
  shapes.forEach((shape, position) => {
    const key = kind.key(shape);
    const own = known.get(key);
    if (own) own.positions.push(position);
    else known.set(key, { shape, rows: rowsOf(shape), positions: [position] });
  });
  return [...known.values()].sort((a, b) => kind.compare(a.shape, b.shape));
}

/** The rows of a full tile: all of its room, or, where blocks are so large that one tile leaves much of it, what they fill of one. */
const reachable = (filledByOne: number, room: number): number =>
  filledByOne < leastFill * room ? filledByOne : room;

/** How many blocks of each shape one of so many equal tiles takes: large blocks first, small ones in what they leave. */
function fill(
  waiting: readonly Waiting<unknown>[],
  tiles: number,
  room: number,
): { blocks: number[]; filled: number } {
  const blocks = waiting.map(() => 0);
  let filled = 0;
  for (let i = waiting.length - 1; i >= 0; i--) {
    const { rows, positions } = waiting[i]!;
    const own = Math.min(Math.floor(positions.length / tiles), Math.floor((room - filled) / rows));
    blocks[i] = own;
    filled += own * rows;
  }
  return { blocks, filled };
}

/** Takes the blocks of a set out of those that wait. */
function take<S>(
  waiting: readonly Waiting<S>[],
  tiles: number,
  blocks: readonly number[],
): Omit<TileSet<S>, 'first'> {
  const layout: Group<S>[] = [];
  const places: number[][] = Array.from({ length: tiles }, () => []);
  waiting.forEach(({ shape, positions }, i) => {
    const own = blocks[i]!;
    if (own === 0) return;
    layout.push({ shape, blocks: own });
    const taken = positions.splice(0, own * tiles);
    places.forEach((each, tile) => each.push(...taken.slice(tile * own, (tile + 1) * own)));
  });
  return { layout, tiles: places };
}

const refuse = (block: string, rows: number, log: number): never =>
  fail(
    'too-many-rows',
    `${block} takes ${rows} rows, and a tile of 2^${log} holds fewer`,
    'choose a larger tile (--tile), or a plan with smaller blocks',
  );
