// Rows of many blocks. The circuit of every shape is compiled and counted while there are few of them. Many shapes differ little: a
// part of the blocks then stands for all, evenly chosen in the order of their entries.
import type { Shape } from '../../../stdlib/apex/circuit/layout.ts';
import { RowModel } from '../../../stdlib/apex/circuit/rows.ts';
import type { StepSpec } from '../../../stdlib/apex/step/index.ts';

/** Shapes that are counted one by one. */
const countedShapes = 96;

const entriesOf = (shape: Shape): number => shape.reduce((sum, length) => sum + length, 0);

export function countedRows(
  spec: StepSpec,
  shapes: readonly Shape[],
  limit = countedShapes,
): number {
  const model = RowModel.of(spec);
  const sum = (some: readonly Shape[]): number =>
    some.reduce((rows, shape) => rows + model.rowsOfBlock(shape), 0);
  if (new Set(shapes.map((shape) => shape.join())).size <= limit) return sum(shapes);
  const sorted = [...shapes].sort((a, b) => entriesOf(a) - entriesOf(b));
  const chosen = Array.from(
    { length: limit },
    (_, i) => sorted[Math.floor(((i + 0.5) / limit) * sorted.length)]!,
  );
  return (sum(chosen) / limit) * shapes.length;
}
