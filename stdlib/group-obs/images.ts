// z = R ν for some columns of R that may have several lengths, and products with it. Entries past the end of a column are 0.
import { concat, type Tensor } from '../../dsl/index.ts';

/** Entries `start` to `end` of z, [blocks, end − start]. */
export interface Images {
  readonly start: number;
  readonly end: number;
  readonly images: Tensor;
}

/**
 * z = Σ_i R_i ν_i, in parts between the lengths of the columns: the entries of a part are sums over the columns that reach them.
 *
 * @param columns [blocks, length of the column] each
 * @param multipliers ν, [blocks, number of columns]
 */
export function imagesOf(columns: readonly Tensor[], multipliers: Tensor): Images[] {
  const lengths = columns.map(({ shape }) => shape[1]!);
  const ends = [...new Set(lengths)].sort((a, b) => a - b);
  return ends.map((end, at) => {
    const start = ends[at - 1] ?? 0;
    const indices = lengths.flatMap((length, i) => (length >= end ? [i] : []));
    const reaching = stack(indices.map((i) => between(columns[i]!, start, end)));
    const own =
      indices.length === columns.length ? multipliers : multipliers.gather({ axis: 1, indices });
    return { start, end, images: reaching.contract('bij,bi->bj', own) };
  });
}

/** R_i · z for a column whose length is that of a part, [blocks]. */
export const timesImages = (column: Tensor, parts: readonly Images[]): Tensor =>
  parts
    .filter(({ end }) => end <= column.shape[1]!)
    .map(({ start, end, images }) => between(column, start, end).contract('bj,bj->b', images))
    .reduce((sum, term) => sum.add(term));

/** Vectors [blocks, j] as [blocks, n, j]. */
export function stack(vectors: readonly Tensor[]): Tensor {
  const parts = vectors.map((each) => each.reshape([each.shape[0]!, 1, each.shape[1]!]));
  return parts.length === 1 ? parts[0]! : concat(parts, { axis: 1 });
}

/** Entries `start` to `end` of each block. */
export const between = (vectors: Tensor, start: number, end: number): Tensor =>
  start === 0 && end === vectors.shape[1] ? vectors : vectors.slice({ axis: 1, start, end });
