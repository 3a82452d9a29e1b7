import { triangleIndex, triangleLength } from '../../matrix.ts';

/** The upper triangle of I. */
export function identityTriangle(size: number): Float64Array {
  const triangle = new Float64Array(triangleLength(size));
  for (let i = 0; i < size; i++) triangle[triangleIndex(i, i, size)] = 1;
  return triangle;
}
