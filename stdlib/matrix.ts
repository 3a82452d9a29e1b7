// Matrices with structure.
import type { Tensor } from '../dsl/index.ts';

/** How many numbers the upper triangle of a symmetric n × n matrix holds, diagonal included: n (n + 1) / 2. */
export const triangleLength = (size: number): number => (size * (size + 1)) / 2;

/**
 * Symmetric matrices [..., n, n] from their upper triangles [..., n (n + 1) / 2], row by row. Symmetric by layout:
 * nothing else is stored, committed or checked.
 */
export function symmetric(triangle: Tensor, { size }: { size: number }): Tensor {
  const at = (row: number, column: number): number => {
    const [i, j] = row <= column ? [row, column] : [column, row];
    return i * size - (i * (i - 1)) / 2 + (j - i);
  };
  const indices = Array.from({ length: size * size }, (_, k) => at(Math.floor(k / size), k % size));
  const outer = triangle.shape.slice(0, -1);
  return triangle.gather({ axis: -1, indices }).reshape([...outer, size, size]);
}
