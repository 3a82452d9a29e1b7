// The numbers that a prover commits to as the curvature C' = I + F/λ of one block, in float64: C' itself, G with C' = I + GᵀG, or R with
// C'⁻¹ = φ I + RᵀR up to scale. Triangles are stored row by row.
import {
  normalisedFisherBlock,
  woodburyInverse,
  type GradientRows,
  type Matrix,
} from '../../../stdlib/apex/reference/index.ts';
import { triangleIndex, triangleLength } from '../../../stdlib/matrix.ts';
import { choleskyRoot, pivotedRoot } from './cholesky.ts';

export interface Observed {
  /** [n][size]. */
  readonly gradients: GradientRows;
  /** λ. */
  readonly damping: number;
}

export const triangleOf = (size: number, entry: (i: number, j: number) => number): Float64Array => {
  const triangle = new Float64Array(triangleLength(size));
  for (let i = 0; i < size; i++)
    for (let j = i; j < size; j++) triangle[triangleIndex(i, j, size)] = entry(i, j);
  return triangle;
};

const upper = ({ rows, entries }: Matrix): Float64Array =>
  triangleOf(rows, (i, j) => entries[i * rows + j]!);

/** M − φ I. */
const lowered = (triangle: Float64Array, size: number, floor: number): Float64Array =>
  triangleOf(size, (i, j) => triangle[triangleIndex(i, j, size)]! - (i === j ? floor : 0));

/** C' by its upper triangle. */
export const curvatureTriangle = (observed: Observed): Float64Array =>
  upper(normalisedFisherBlock(observed));

/** The root of M − φ I that `assertDefinite` checks. */
export const definiteRoot = (triangle: Float64Array, size: number, floor = 1): Float64Array =>
  choleskyRoot(lowered(triangle, size, floor), size);

/** G: a triangle where it has full rank, otherwise [rank, size]. */
export function curvatureFactor(observed: Observed, size: number, rank = size): Float64Array {
  const fisher = lowered(curvatureTriangle(observed), size, 1);
  return rank === size ? choleskyRoot(fisher, size) : pivotedRoot(fisher, size, rank);
}

/** R. The largest diagonal entry of K becomes 1, so that R fills its format: the step does not change when K is scaled. */
export function inverseRoot(observed: Observed, size: number, floor: number): Float64Array {
  const { entries } = woodburyInverse(observed);
  const diagonal = Array.from({ length: size }, (_, i) => entries[i * (size + 1)]!);
  const scale = 1 / Math.max(...diagonal);
  const inverse = triangleOf(size, (i, j) => scale * entries[i * size + j]!);
  return definiteRoot(inverse, size, floor);
}
