// Dense real matrices, stored row-major: entry (i, j) is entries[i · columns + j].
import { checkFinite, checkLength } from './checks.ts';
import { OperatorError } from './errors.ts';

/** A dense real matrix. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly entries: Float64Array;
}

/** The rows × columns matrix with entry (i, j) = value(i, j). */
export function buildMatrix(input: {
  readonly rows: number;
  readonly columns: number;
  readonly value: (i: number, j: number) => number;
}): Matrix {
  const { rows, columns, value } = input;
  const entries = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) entries[i * columns + j] = value(i, j);
  }
  return { rows, columns, entries };
}

/** scale · I, of the given size. */
export function scaledIdentity(input: { readonly size: number; readonly scale: number }): Matrix {
  const { size, scale } = input;
  return buildMatrix({ rows: size, columns: size, value: (i, j) => (i === j ? scale : 0) });
}

/** The matrix of the chosen rows and columns, in the order given: A_RC. */
export function submatrix(
  matrix: Matrix,
  chosen: { readonly rows: readonly number[]; readonly columns: readonly number[] },
): Matrix {
  return buildMatrix({
    rows: chosen.rows.length,
    columns: chosen.columns.length,
    value: (i, j) => matrix.entries[chosen.rows[i]! * matrix.columns + chosen.columns[j]!]!,
  });
}

/** A x. */
export function multiply(matrix: Matrix, vector: ArrayLike<number>): Float64Array {
  const result = new Float64Array(matrix.rows);
  for (let i = 0; i < matrix.rows; i++) {
    let sum = 0;
    for (let j = 0; j < matrix.columns; j++) {
      sum += matrix.entries[i * matrix.columns + j]! * vector[j]!;
    }
    result[i] = sum;
  }
  return result;
}

/** xᵀy. */
export function dot(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i]! * right[i]!;
  return sum;
}

/**
 * Checks that a matrix is square of the given size, complete, and finite.
 * @throws OperatorError `bad-shape`, `bad-length` or `bad-value`.
 */
export function checkSquare(matrix: Matrix, size: number, place: string): void {
  if (matrix.rows !== size || matrix.columns !== size) {
    throw new OperatorError({
      code: 'bad-shape',
      place,
      problem: `is ${matrix.rows} × ${matrix.columns} where ${size} × ${size} is needed`,
      hint: 'give one row and one column per weight of the block',
    });
  }
  checkLength(matrix.entries, size * size, place);
  checkFinite(matrix.entries, place);
}
