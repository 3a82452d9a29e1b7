// How many tiles a mask takes.
import { compileCircuit } from '../../../compiler/compile.ts';
import { countRows, hidingRows, maxRows, totalRows } from '../../../compiler/constraints/rows.ts';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { TouchedBlock } from '../documents/mask.ts';
import { deal, openLayout, type Layout } from './layout.ts';
import { tileCircuit, type StepSpec } from './tile.ts';

/** Rows of the tile of a layout. */
export const rowsOf = (spec: StepSpec, layout: Layout): number =>
  totalRows(countRows(compileCircuit(tileCircuit(spec, layout)).system));

/** The rows of layouts from those of small ones: a little more than they are, since pooled range checks share rows. */
export class RowModel {
  readonly #known = new Map<string, number>();
  readonly #fixed: number;

  static readonly #ofSteps = new WeakMap<StepSpec, RowModel>();

  /** The costs of masks are kept as long as the step is. */
  static of(spec: StepSpec): RowModel {
    const model = RowModel.#ofSteps.get(spec) ?? new RowModel(spec);
    RowModel.#ofSteps.set(spec, model);
    return model;
  }

  private constructor(private readonly spec: StepSpec) {
    const [one, two] = [1, 2].map((blocks) => rowsOf(spec, openLayout(blocks)));
    this.#known.set('', two! - one! + 1);
    this.#fixed = one! - (two! - one!) + 2;
  }

  rows({ groups, open }: Layout): number {
    return groups.reduce(
      (sum, { masked, blocks }) => sum + blocks * this.#rowsOf(masked),
      this.#fixed + open * this.#rowsOf([]),
    );
  }

  /** Rows of a block with that mask; of an open one for none. */
  #rowsOf(masked: readonly number[]): number {
    const key = masked.join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const [one, two] = [1, 2].map((blocks) =>
      rowsOf(this.spec, { groups: [{ masked, blocks }], open: 0 }),
    );
    this.#known.set(key, two! - one! + 1);
    return two! - one! + 1;
  }
}

/** Throws `too-many-rows` when a tile of 2^log rows has no room for a block. */
export function checkBlockFits(spec: StepSpec, log: number): void {
  const [alone, room] = [rowsOf(spec, openLayout(1)), 2 ** log - hidingRows];
  if (alone <= room) return;
  fail(
    'too-many-rows',
    `one block of ${spec.size} weights takes ${alone} rows, and a tile of 2^${log} holds ${room}`,
    'choose a larger tile, smaller Fisher blocks, or a factor of lower rank',
  );
}

/** The fewest tiles of at most 2^log rows for a mask. Throws `too-many-rows` when a block is too large for one. */
export function tilesNeeded(
  spec: StepSpec,
  touched: readonly TouchedBlock[],
  log: number,
  model = RowModel.of(spec),
): number {
  checkBlockFits(spec, log);
  const room = 2 ** log - hidingRows;
  const fits = (tiles: number): boolean => model.rows(deal(touched, tiles).layout) <= room;
  // Rows fall with the number of tiles, but for what is rounded up.
  let [least, most] = [1, touched.length];
  while (least < most) {
    const tiles = Math.floor((least + most) / 2);
    if (fits(tiles)) most = tiles;
    else least = tiles + 1;
  }
  return least;
}

/** Whether so many tiles are few enough to be no burden, and enough to fit a proof: a bound for what others ask for. */
export function areTilesAllowed(
  spec: StepSpec,
  touched: readonly TouchedBlock[],
  tiles: number,
): boolean {
  if (tiles < 1 || tiles > touched.length) return false;
  return RowModel.of(spec).rows(deal(touched, tiles).layout) <= maxRows;
}
