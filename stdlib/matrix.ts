// Matrices with structure.
import { concat, type Tensor } from '../dsl/index.ts';

/** How many numbers the upper triangle of an n × n matrix holds, diagonal included: n (n + 1) / 2. */
export const triangleLength = (size: number): number => (size * (size + 1)) / 2;

/** Where entry (i, j), i ≤ j, of an n × n matrix stands in its upper triangle, row by row. */
export const triangleIndex = (i: number, j: number, size: number): number =>
  i * size - (i * (i - 1)) / 2 + (j - i);

/**
 * Symmetric matrices [..., n, n] from their upper triangles [..., n (n + 1) / 2], row by row. Symmetric by layout:
 * nothing else is stored, committed or checked.
 */
export function symmetric(triangle: Tensor, { size }: { size: number }): Tensor {
  return fill(triangle, size, (i, j) => triangleIndex(Math.min(i, j), Math.max(i, j), size));
}

/** Upper triangular matrices [..., n, n] from their upper triangles [..., n (n + 1) / 2]; what is below is the constant 0. */
export function upperTriangular(triangle: Tensor, { size }: { size: number }): Tensor {
  const shape = [...triangle.shape.slice(0, -1), 1];
  const zero = triangle.constantLike(0, { shape, format: triangle.format });
  const below = triangleLength(size);
  return fill(concat([triangle, zero], { axis: -1 }), size, (i, j) =>
    i <= j ? triangleIndex(i, j, size) : below,
  );
}

/** Square matrices whose entry (i, j) is element at(i, j) of the last axis. */
function fill(elements: Tensor, size: number, at: (i: number, j: number) => number): Tensor {
  const indices = Array.from({ length: size * size }, (_, k) => at(Math.floor(k / size), k % size));
  const outer = elements.shape.slice(0, -1);
  return elements.gather({ axis: -1, indices }).reshape([...outer, size, size]);
}
