// Upper triangular roots of positive semidefinite matrices: RᵀR = M. Triangles are stored row by row, (i, j) with i ≤ j.
import { triangleIndex, triangleLength } from '../../../stdlib/matrix.ts';

/**
 * The upper triangle of R with RᵀR = M, for the upper triangle of M. A pivot that rounding made negative counts as 0, and
 * its row is 0: RᵀR then misses M by about as much as M misses being semidefinite.
 */
export function choleskyRoot(triangle: Float64Array, size: number): Float64Array {
  const root = new Float64Array(triangleLength(size));
  const at = (i: number, j: number): number => triangleIndex(i, j, size);
  // What is below this is rounding, not a direction.
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, triangle[at(i, i)]!);
  for (let i = 0; i < size; i++) {
    let pivot = triangle[at(i, i)]!;
    for (let k = 0; k < i; k++) pivot -= root[at(k, i)]! ** 2;
    if (pivot <= largest * 1e-12) continue;
    const head = Math.sqrt(pivot);
    root[at(i, i)] = head;
    for (let j = i + 1; j < size; j++) {
      let entry = triangle[at(i, j)]!;
      for (let k = 0; k < i; k++) entry -= root[at(k, i)]! * root[at(k, j)]!;
      root[at(i, j)] = entry / head;
    }
  }
  return root;
}

/** The r × n matrix G, row-major, with GᵀG nearest below M in the order of the largest remaining diagonal (pivoted Cholesky). */
export function pivotedRoot(triangle: Float64Array, size: number, rank: number): Float64Array {
  const at = (i: number, j: number): number => triangleIndex(Math.min(i, j), Math.max(i, j), size);
  const rest = Float64Array.from(triangle);
  const root = new Float64Array(rank * size);
  for (let k = 0; k < rank; k++) {
    let pivot = 0;
    for (let i = 1; i < size; i++) if (rest[at(i, i)]! > rest[at(pivot, pivot)]!) pivot = i;
    const head = Math.sqrt(Math.max(0, rest[at(pivot, pivot)]!));
    if (head === 0) break;
    const row = root.subarray(k * size, (k + 1) * size);
    for (let j = 0; j < size; j++) row[j] = rest[at(pivot, j)]! / head;
    for (let i = 0; i < size; i++)
      for (let j = i; j < size; j++) rest[at(i, j)]! -= row[i]! * row[j]!;
  }
  return root;
}
