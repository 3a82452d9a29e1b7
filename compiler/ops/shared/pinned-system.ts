// The numerical half of `solve`: A x = b with some entries of x pinned, in float64, and rounded to integers with
// the residual refined exactly.
import { roundReal, toReal } from '../../numbers/rounding.ts';
import { interval, magnitude } from '../../numbers/interval.ts';
import { solveDense } from '../../numbers/linear-system.ts';

export interface PinnedSystem<T> {
  readonly matrix: readonly (readonly T[])[];
  readonly rhs: readonly T[];
  /** 1 where x_i = values_i. */
  readonly pinned: readonly T[];
  readonly values: readonly T[];
}

/** The float64 solution; NaN where the system is singular. */
export function solveSystemReal(system: PinnedSystem<number>): number[] {
  const free = system.pinned.flatMap((pinned, i) => (pinned === 1 ? [] : [i]));
  const held = system.values.map((value, i) => (system.pinned[i] === 1 ? value : 0));
  const rhs = free.map((i) =>
    system.matrix[i]!.reduce((r, a, j) => r - a * held[j]!, system.rhs[i]!),
  );
  const solution = solveDense(
    free.map((i) => free.map((j) => system.matrix[i]![j]!)),
    rhs,
  );
  free.forEach((i, k) => (held[i] = solution ? solution[k]! : NaN));
  return held;
}

/**
 * Integers whose residual is as small as their rounding allows: the float64 solution, corrected by what the exact
 * residual says while that helps. `fraction` is the matrix's. Undefined when the system is singular.
 */
export function solveSystem(system: PinnedSystem<bigint>, fraction: number): bigint[] | undefined {
  const matrix = system.matrix.map((row) => row.map((a) => toReal(a, fraction)));
  const pinned = system.pinned.map(Number);
  const zeros = pinned.map(() => 0);
  let x = system.values.map((value, i) => (pinned[i] === 1 ? value : 0n));
  let residual = residuals(system, x);
  for (let round = 0; round < 5; round++) {
    const rhs = residual.map((r) => -toReal(r, fraction));
    const correction = solveSystemReal({ matrix, rhs, pinned, values: zeros });
    if (!correction.every(Number.isFinite)) return round === 0 ? undefined : x;
    const corrected = x.map((value, i) => value + roundReal(correction[i]!));
    const remaining = residuals(system, corrected);
    if (round > 0 && largest(remaining) >= largest(residual)) return x;
    [x, residual] = [corrected, remaining];
  }
  return x;
}

/** A x − b on the free rows, 0 on the pinned ones. */
function residuals({ matrix, rhs, pinned }: PinnedSystem<bigint>, x: readonly bigint[]): bigint[] {
  return matrix.map((row, i) =>
    pinned[i] === 1n ? 0n : row.reduce((r, a, j) => r + a * x[j]!, -rhs[i]!),
  );
}

const largest = (values: readonly bigint[]): bigint =>
  values.reduce(
    (max, x) => (magnitude(interval(x, x)) > max ? magnitude(interval(x, x)) : max),
    0n,
  );
