// Tables of a tile: openings of one kind and length stand in one tensor, a row for each, and blocks take rows of it.
import { concat, type Tensor } from '../../../dsl/index.ts';

export interface Tables<T> {
  of(key: number): T;
  /** The next row of that key: each is taken once. */
  next(key: number): number;
}

/** A table for each key that occurs, with a row for each time that it does. */
export function tables<T>(
  keys: readonly number[],
  open: (key: number, count: number) => T,
): Tables<T> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const opened = new Map(
    [...counts].sort(([a], [b]) => a - b).map(([key, count]) => [key, open(key, count)]),
  );
  const taken = new Map<number, number>();
  return {
    of: (key) => opened.get(key)!,
    next(key) {
      const row = taken.get(key) ?? 0;
      taken.set(key, row + 1);
      return row;
    },
  };
}

/** The rows at those indices; a slice where they follow each other. */
export function rowsAt(table: Tensor, indices: readonly number[]): Tensor {
  const [first] = indices;
  const [start, end] = [first!, first! + indices.length];
  if (!indices.every((index, i) => index === start + i))
    return table.gather({ axis: 0, indices: [...indices] });
  return indices.length === table.shape[0] ? table : table.slice({ axis: 0, start, end });
}

/** Columns [blocks, 1] as [blocks, k]. */
export const beside = (columns: readonly Tensor[]): Tensor =>
  columns.length === 1 ? columns[0]! : concat([...columns], { axis: 1 });
