// A certificate that a symmetric matrix has no small eigenvalue.
import { concat, type Tensor } from '../dsl/index.ts';
import { upperTriangular } from './matrix.ts';

export interface Definite {
  /** The upper triangles of M, [blocks, n (n + 1) / 2]. */
  readonly triangle: Tensor;
  /** The upper triangles of R, upper triangular, [blocks, n (n + 1) / 2]: any will do that passes; Cholesky gives one. */
  readonly root: Tensor;
  /** n. */
  readonly size: number;
  /** φ, a number of M's format. */
  readonly floor: number;
  /** e: every entry of M − φ I − RᵀR lies in [−e, e]. */
  readonly slack: number;
}

/**
 * Asserts M = φ I + RᵀR + E with |E_ij| ≤ e. RᵀR is positive semidefinite and ‖E‖₂ ≤ n e, so λ_min(M) ≥ φ − n e.
 * About n³ / 6 products a block.
 *
 * @returns that bound on λ_min(M)
 */
export function assertDefinite({ triangle, root, size, floor, slack }: Definite): number {
  const rest = triangle.sub(shiftedIdentity(triangle, size, floor)).sub(gram(root, size));
  rest.assertWithin({ low: -slack, high: slack });
  return floor - size * slack;
}

/** The upper triangles of RᵀR, [blocks, n (n + 1) / 2]: row i is column i of R against the columns from i on. */
function gram(root: Tensor, size: number): Tensor {
  const factor = upperTriangular(root, { size });
  const blocks = factor.shape[0]!;
  const rows = Array.from({ length: size }, (_, i) => {
    const column = factor.slice({ axis: 2, start: i, end: i + 1 }).reshape([blocks, size]);
    const others = factor.slice({ axis: 2, start: i, end: size });
    return column.contract('bk,bkj->bj', others);
  });
  const [fraction] = rows.map((row) => row.format);
  return concat(
    rows.map((row) => row.rescale(fraction!)),
    { axis: 1 },
  );
}

/** The upper triangle of φ I, [n (n + 1) / 2]. */
function shiftedIdentity(like: Tensor, size: number, floor: number): Tensor {
  const one = (value: number): Tensor =>
    like.constantLike(value, { shape: [1], format: like.format });
  const indices: number[] = [];
  for (let i = 0; i < size; i++) for (let j = i; j < size; j++) indices.push(i === j ? 1 : 0);
  return concat([one(0), one(floor)], { axis: 0 }).gather({ axis: 0, indices });
}
