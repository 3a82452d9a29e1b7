// The smallest eigenvalue of a symmetric matrix, in float64.

/** Cholesky: whether no eigenvalue of A − shift is below 0, as far as float64 can tell. */
export function isDefinite(matrix: readonly (readonly number[])[], shift: number): boolean {
  const root: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    root.push([]);
    for (let j = 0; j <= i; j++) {
      let rest = row[j]! - (i === j ? shift : 0);
      for (let k = 0; k < j; k++) rest -= root[i]![k]! * root[j]![k]!;
      if (i === j && !(rest > 0)) return false;
      root[i]!.push(i === j ? Math.sqrt(rest) : rest / root[j]![j]!);
    }
  }
  return true;
}

const mostSweeps = 60;

/** Jacobi's rotations; about n · 2^−52 · ‖A‖ off. */
export function smallestEigenvalue(matrix: readonly (readonly number[])[]): number {
  const a = matrix.map((row) => [...row]);
  const n = a.length;
  for (let sweep = 0; sweep < mostSweeps && offDiagonal(a) > 0; sweep++)
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, p, q);
  return Math.min(...a.map((row, i) => row[i]!));
}

/** The largest entry off the diagonal that counts beside those on it. */
function offDiagonal(a: readonly (readonly number[])[]): number {
  const size = Math.max(...a.map((row, i) => Math.abs(row[i]!)));
  const largest = Math.max(
    0,
    ...a.flatMap((row, i) => row.map((x, j) => (i === j ? 0 : Math.abs(x)))),
  );
  return size + largest === size ? 0 : largest;
}

/** Makes a[p][q] zero. */
function rotate(a: number[][], p: number, q: number): void {
  const off = a[p]![q]!;
  if (off === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (const row of a) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
  const [first, second] = [a[p]!, a[q]!];
  a[p] = first.map((x, k) => c * x - s * second[k]!);
  a[q] = first.map((x, k) => s * x + c * second[k]!);
}
