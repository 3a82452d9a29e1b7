// Rows of a tile, estimated by the sum over its blocks. The sum is a little too large, since pooled range checks share rows.
import { compileCircuit } from '../../../compiler/compile.ts';
import { countRows, totalRows } from '../../../compiler/constraints/rows.ts';
import { renderFormat } from '../../../compiler/ir/format.ts';
import type { StepSpec } from '../step/index.ts';
import type { Layout, Shape, TileKind } from './layout.ts';
import { unlearningTiles } from './tile.ts';

/** Rows of the tile of a layout. */
export const rowsOf = (spec: StepSpec, layout: Layout): number =>
  countedRows(unlearningTiles, spec, layout);

const countedRows = <S>({ circuit }: TileKind<S>, spec: StepSpec, layout: Layout<S>): number =>
  totalRows(countRows(compileCircuit(circuit(spec, layout)).system));

/** Rows that a tile has beside its blocks: its context. */
const alone = 2;

export class RowModel<S> {
  readonly #known = new Map<string, number>();
  /** By kind of tile, and by the text of the spec. */
  static readonly #ofKinds = new WeakMap<object, Map<string, unknown>>();

  /** Counts are kept as long as the process lives: to count the rows of a block is to compile it. */
  static of(spec: StepSpec): RowModel<Shape>;
  static of<S>(spec: StepSpec, kind: TileKind<S>): RowModel<S>;
  static of<S>(spec: StepSpec, kind = unlearningTiles as unknown as TileKind<S>): RowModel<S> {
    const ofSpecs = RowModel.#ofKinds.get(kind) ?? new Map<string, unknown>();
    RowModel.#ofKinds.set(kind, ofSpecs);
    const text = `${spec.size} ${renderFormat(spec.weights)} ${spec.tolerance}`;
    const model = (ofSpecs.get(text) as RowModel<S> | undefined) ?? new RowModel(spec, kind);
    ofSpecs.set(text, model);
    return model;
  }

  private constructor(
    private readonly spec: StepSpec,
    private readonly kind: TileKind<S>,
  ) {}

  rows(layout: Layout<S>): number {
    return layout.reduce((sum, { shape, blocks }) => sum + blocks * this.rowsOfBlock(shape), alone);
  }

  /** Rows of a block of that shape. */
  rowsOfBlock(shape: S): number {
    const key = this.kind.key(shape);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const rows = countedRows(this.kind, this.spec, [{ shape, blocks: 1 }]) - alone;
    this.#known.set(key, rows);
    return rows;
  }
}
