// How far an accepted solution of `solve` can be from the solution of the real system.
import type { TensorType } from '../../ir/program.ts';
import { differenceDown, productUp, quotientUp, rootUp, sumUp } from '../../numbers/upward.ts';
import type { Accuracy } from '../op.ts';
import { realMagnitude } from './arguments.ts';

export interface Conditions {
  /** Rows of a system. */
  readonly n: number;
  readonly matrix: TensorType;
  /** Bounds |x'|, real. */
  readonly reach: number;
  /** τ, real. */
  readonly tolerance: number;
  /** λ. */
  readonly smallestEigenvalue: number;
}

/**
 * Bounds on the distance of x' with residuals up to τ from the solution x of the real system. On the free rows F
 *
 *   A'_FF (x' − x)_F = r + (b' − b) − A'_FP (v' − v) − (A' − A)_F x
 *
 * over the pinned columns P. A' is symmetric and no eigenvalue of it is below λ, so neither is one of A'_FF, and
 * A' − λ = [B C; Cᵀ D] is positive semidefinite: C = B^½ K D^½ with ‖K‖ ≤ 1. Hence ‖A'_FF^−1 A'_FP‖ is at most
 * max_β √β / (β + λ) · √‖D‖ ≤ ½ √(k a / λ), where k rows are pinned and a bounds the entries. With m = n − k free rows and
 * S = √(m n) e_A ≥ ‖(A' − A)_F‖ the 2-norm E of the distance there obeys
 *
 *   λ E ≤ √m (τ + e_b) + ½ k √(a λ) e_v + S (√n |x'| + √k e_v + E).
 */
export function solutionDistance(
  [matrix, rhs, pinned, values]: readonly (readonly Accuracy[])[],
  { n, tolerance, smallestEigenvalue, reach: largest, ...types }: Conditions,
): number[] {
  const worst = (elements: readonly Accuracy[]): number =>
    elements.reduce((most, { error }) => Math.max(most, error), 0);
  return Array.from({ length: rhs!.length / n }, (_, s) => {
    const [rows, entries] = [s * n, s * n * n];
    const own = matrix!.slice(entries, entries + n * n);
    const masks = pinned!.slice(rows, rows + n);
    const [errorA, errorV] = [worst(own), worst(values!.slice(rows, rows + n))];
    const errorB = worst(rhs!.slice(rows, rows + n));
    const size = own.reduce((most, entry) => Math.max(most, realMagnitude(entry, types.matrix)), 0);
    const least = masks.filter(({ interval }) => interval.low === 1n).length;
    const most = masks.filter(({ interval }) => interval.high === 1n).length;
    const free = Array.from({ length: most - least + 1 }, (_, i) => {
      const [k, m] = [least + i, n - least - i];
      if (m === 0) return 0;
      const spread = productUp(rootUp(m * n), errorA);
      const margin = differenceDown(smallestEigenvalue, spread);
      if (margin === 0) return Infinity;
      const residual = productUp(rootUp(m), sumUp(tolerance, errorB));
      const held = productUp(0.5, k, rootUp(productUp(size, smallestEigenvalue)), errorV);
      const reach = sumUp(productUp(rootUp(n), largest), productUp(rootUp(k), errorV));
      return quotientUp(sumUp(residual, held, productUp(spread, reach)), margin);
    });
    const bound = worst(masks) > 0 ? Infinity : Math.max(most > 0 ? errorV : 0, ...free);
    return new Array<number>(n).fill(bound);
  }).flat();
}
