// Rows of a tile, estimated by the sum over its blocks. The sum is a little too large, since pooled range checks share rows.
import { compileCircuit } from '../../../compiler/compile.ts';
import { countRows, totalRows } from '../../../compiler/constraints/rows.ts';
import type { StepSpec } from '../step/index.ts';
import type { Layout, Shape } from './layout.ts';
import { tileCircuit } from './tile.ts';

/** Rows of the tile of a layout. */
export const rowsOf = (spec: StepSpec, layout: Layout): number =>
  totalRows(countRows(compileCircuit(tileCircuit(spec, layout)).system));

/** Rows that a tile has beside its blocks: its context. */
const alone = 2;

export class RowModel {
  readonly #known = new Map<string, number>();
  static readonly #ofSpecs = new WeakMap<StepSpec, RowModel>();

  /** Counts are kept as long as the spec is. */
  static of(spec: StepSpec): RowModel {
    const model = RowModel.#ofSpecs.get(spec) ?? new RowModel(spec);
    RowModel.#ofSpecs.set(spec, model);
    return model;
  }

  private constructor(private readonly spec: StepSpec) {}

  rows(layout: Layout): number {
    return layout.reduce((sum, { shape, blocks }) => sum + blocks * this.rowsOfBlock(shape), alone);
  }

  /** Rows of a block of that shape. */
  rowsOfBlock(shape: Shape): number {
    const key = shape.join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const rows = rowsOf(this.spec, [{ shape, blocks: 1 }]) - alone;
    this.#known.set(key, rows);
    return rows;
  }
}
