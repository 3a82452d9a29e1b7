// Dense solution of A x = b by Gaussian elimination with partial pivoting.
// A pivot at or below size · 2^-52 · (largest entry of its row in A) is rounding noise: A is singular.
import { checkFinite, checkLength } from './checks.ts';
import { OperatorError } from './errors.ts';
import { checkSquare } from './matrix.ts';
import type { Matrix } from './matrix.ts';

interface Row {
  readonly coefficients: Float64Array;
  right: number;
  /** The largest absolute entry of the row as it was given. */
  readonly scale: number;
}

/**
 * x with A x = b.
 * @param input.matrix A, n × n; left unchanged.
 * @param input.right b, n entries.
 * @throws OperatorError `singular`, naming the pivot, or `bad-shape`, `bad-length`, `bad-value`.
 */
export function solveLinear(input: {
  readonly matrix: Matrix;
  readonly right: ArrayLike<number>;
}): Float64Array {
  const { matrix, right } = input;
  const size = matrix.rows;
  checkSquare(matrix, size, 'matrix');
  checkLength(right, size, 'right-hand side');
  checkFinite(right, 'right-hand side');

  const rows = Array.from({ length: size }, (_, i): Row => {
    const coefficients = matrix.entries.slice(i * size, (i + 1) * size);
    const scale = coefficients.reduce((largest, entry) => Math.max(largest, Math.abs(entry)), 0);
    return { coefficients, right: right[i]!, scale };
  });
  for (let step = 0; step < size; step++) eliminate(rows, step);

  const solution = new Float64Array(size);
  for (let i = size - 1; i >= 0; i--) {
    const row = rows[i]!;
    let rest = row.right;
    for (let j = i + 1; j < size; j++) rest -= row.coefficients[j]! * solution[j]!;
    solution[i] = rest / row.coefficients[i]!;
  }
  return solution;
}

/** Brings the largest pivot to row `step`, and clears column `step` below it. */
function eliminate(rows: Row[], step: number): void {
  const magnitude = (row: Row) => Math.abs(row.coefficients[step]!);
  let best = step;
  for (let i = step + 1; i < rows.length; i++) {
    if (magnitude(rows[i]!) > magnitude(rows[best]!)) best = i;
  }
  const pivot = rows[best]!;
  rows[best] = rows[step]!;
  rows[step] = pivot;
  if (!(magnitude(pivot) > rows.length * Number.EPSILON * pivot.scale)) {
    throw new OperatorError({
      code: 'singular',
      place: `matrix ${rows.length} × ${rows.length}`,
      problem: `pivot ${step} is ${pivot.coefficients[step]}, zero up to rounding`,
      hint: 'the equations depend on each other: raise the damping lambda, or drop a repeated row',
    });
  }
  for (const row of rows.slice(step + 1)) {
    const factor = row.coefficients[step]! / pivot.coefficients[step]!;
    for (let j = step; j < rows.length; j++) {
      row.coefficients[j]! -= factor * pivot.coefficients[j]!;
    }
    row.right -= factor * pivot.right;
  }
}
