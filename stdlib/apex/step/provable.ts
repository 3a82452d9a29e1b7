// The checks of `register` before any mask is known, so that no later refusal depends on weights or curvature.
import { formatInterval, renderFormat } from '../../../compiler/ir/format.ts';
import type { HeldBlock } from './block.ts';
import { columnOffsets } from './classes.ts';
import { inverseEntries } from './inverse.ts';
import { multipliersFit, rootFormat, toleranceUnits, type StepSpec } from './spec.ts';

/**
 * The margin for doubles, relative to the half unit of rounding. Let ν* solve K_SS ν* = θ_S, k ≤ 64, u = 2^−53.
 * - Cholesky in doubles solves (K_SS + ΔK) x = b, ‖ΔK‖₂ ≤ 4 k (3 k + 1) u ‖K_SS‖₂ < 2^−37.4 ‖K_SS‖₂ (Higham, Accuracy and
 *   Stability, 10.1), and never meets a bad pivot. With κ(K_SS) ≤ 1 + Σ len(i) / φ < 2^19.4 its relative error in the 2-norm is
 *   ρ < 2^−17.9, the rounding of the exact residual to a double included.
 * - A step of refinement leaves ν − ν* = (rounding, at most ½ each) + (at most ρ ‖ν_before − ν*‖₂). From ‖ν*‖₂ < 2^47 the second
 *   part is below 2^30, then 2^13, 2^−4 and, from the fourth step on, ρ · 4.1 < 2^−15.8.
 * - The residual is K_SS (ν − ν*), so at most max_i Σ_j |K_ij| · (½ + 2^−15.8) < max_i Σ_j |K_ij| · ½ (1 + 2^−14).
 */
const margin = 1 + 2 ** -14;

/**
 * Why some S of the block could not be proved; undefined where every S can, by `solveMultipliers`.
 * K_SS has rows with no larger sums than K, and no smaller eigenvalue.
 */
export function checkProvable(spec: StepSpec, block: HeldBlock): string | undefined {
  const { weights, root } = block;
  const length = weights.length;
  const entries = columnOffsets(spec.size)[length];
  if (length < 1 || root.length !== entries)
    return `it has ${length} weights and ${root.length} entries of R`;
  if (!allWithin(weights, spec.weights))
    return `a weight lies outside of ${renderFormat(spec.weights)}`;
  if (!allWithin(root, rootFormat))
    return `an entry of R lies outside of ${renderFormat(rootFormat)}`;
  const norm = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
  if (!multipliersFit(spec, norm)) return 'its weights are too large for the multipliers';
  const largest = largestRowSum(inverseEntries(spec, block, [...weights.keys()]), length);
  if ((largest / 2) * margin <= toleranceUnits(spec)) return undefined;
  return 'its curvature is too large for the tolerance: rounding alone could exceed it';
}

function allWithin(values: Int32Array | Int16Array, format: StepSpec['weights']): boolean {
  const { low, high } = formatInterval(format);
  const [least, most] = [Number(low), Number(high)];
  for (const value of values) if (value < least || value > most) return false;
  return true;
}

/** max_i Σ_j |K_ij|. */
function largestRowSum(matrix: Float64Array, size: number): number {
  let largest = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += Math.abs(matrix[i * size + j]!);
    largest = Math.max(largest, sum);
  }
  return largest;
}
