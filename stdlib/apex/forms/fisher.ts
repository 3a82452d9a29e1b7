// F/λ of one block as an upper triangle.
import { triangleLength } from '../../matrix.ts';
import type { GradientRows } from '../reference/index.ts';

/** The upper triangle of (1/(nλ)) Σ g gᵀ, row by row, for n gradients [size]. */
export function scaledFisher(gradients: GradientRows, damping: number, size: number): Float64Array {
  const triangle = new Float64Array(triangleLength(size));
  for (const g of gradients) {
    let at = 0;
    for (let i = 0; i < size; i++) for (let j = i; j < size; j++) triangle[at++]! += g[i]! * g[j]!;
  }
  const scale = 1 / (gradients.length * damping);
  return triangle.map((entry) => entry * scale);
}
