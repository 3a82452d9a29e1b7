// Dense linear systems: how an honest prover finds the solution that `solve` then checks, and how near it comes.
import { bitLength } from './interval.ts';

/** Solves A x = b by elimination with partial pivoting; undefined when A is singular to working precision. */
export function solveDense(
  matrix: readonly (readonly number[])[],
  rhs: readonly number[],
): number[] | undefined {
  const rows = matrix.map((row, i) => [...row, rhs[i]!]);
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const head = rows[column]!;
    if (head[column] === 0 || !Number.isFinite(head[column])) return undefined;
    for (let row = column + 1; row < n; row++) {
      const factor = rows[row]![column]! / head[column]!;
      if (factor !== 0)
        for (let k = column; k <= n; k++) rows[row]![k] = rows[row]![k]! - factor * head[k]!;
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let row = n - 1; row >= 0; row--) {
    let sum = rows[row]![n]!;
    for (let k = row + 1; k < n; k++) sum -= rows[row]![k]! * x[k]!;
    x[row] = sum / rows[row]![row]!;
  }
  return x;
}

/**
 * The least power of two above the residuals of a solution within one unit of the exact one, for a matrix of integers
 * whose rows have Σ_j |A_ij| of at most `row`.
 */
export const safeTolerance = (row: bigint): bigint => 1n << BigInt(bitLength(row));
