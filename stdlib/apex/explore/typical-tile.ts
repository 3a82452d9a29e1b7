// A tile as a random mask fills it, recorded.
import { compileCircuit } from '../../../compiler/compile.ts';
import {
  countRows,
  hidingRows,
  totalRows,
  type RowCounts,
} from '../../../compiler/constraints/rows.ts';
import { compareShapes, shapeOf, type Group, type Layout, type Shape } from '../circuit/layout.ts';
import { tileCircuit } from '../circuit/tile.ts';
import type { StepSpec } from '../step/index.ts';
import { seededUniform } from './seeded.ts';

export interface TypicalTile {
  readonly blocks: number;
  readonly counts: RowCounts;
}

/** From whose rows the number of blocks that fill a tile is estimated. */
const first = 16;

/** A tile of at most about 2^log rows, with one block at least. `masked` is the part of the weights that is masked, each by itself. */
export function typicalTile(spec: StepSpec, masked: number, log: number): TypicalTile {
  const shapes = randomShapes(spec.size, masked);
  const small = Array.from({ length: first }, () => shapes());
  const rows = totalRows(countsOf(spec, small)) / first;
  const blocks = Math.max(1, Math.floor((2 ** log - hidingRows) / rows));
  const more = Array.from({ length: Math.max(0, blocks - first) }, () => shapes());
  return { blocks, counts: countsOf(spec, [...small, ...more].slice(0, blocks)) };
}

const countsOf = (spec: StepSpec, shapes: readonly Shape[]): RowCounts =>
  countRows(compileCircuit(tileCircuit(spec, layoutOf(shapes))).system);

/** Blocks of those shapes in one tile. */
function layoutOf(shapes: readonly Shape[]): Layout {
  const groups = new Map<string, Group>();
  for (const shape of shapes) {
    const { blocks } = groups.get(shape.join()) ?? { blocks: 0 };
    groups.set(shape.join(), { shape, blocks: blocks + 1 });
  }
  return [...groups.values()].sort((a, b) => compareShapes(a.shape, b.shape));
}

/** Shapes of blocks that hold a masked weight, the same each time. */
export function randomShapes(size: number, masked: number): () => Shape {
  const uniform = seededUniform(1);
  return () => {
    for (;;) {
      const live: number[] = [];
      for (let entry = 0; entry < size; entry++) if (uniform() < masked) live.push(entry);
      if (live.length > 0) return shapeOf(size, live);
    }
  };
}
