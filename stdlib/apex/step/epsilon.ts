// ε: how far an accepted θ_u can be from the exact Group-OBS step of the registered weights and curvature, in the 2-norm.
// A residual s, |s_i| ≤ τ, moves the compensation by K_CS K_SS⁻¹ s, and ‖K_CS K_SS⁻¹‖₂ ≤ (κ − 1) / (2 √κ) (Kantorovich), for every K of
// condition κ. Rounding adds half a unit for each weight off the mask. Clamping to the format is a projection, which brings no two
// points further apart: the bound is the distance to the exact step, clamped the same way.
import { fractionOf } from '../../../compiler/ir/format.ts';
import { columnLengths } from './classes.ts';
import { floor, type StepSpec } from './spec.ts';

/** κ: λ_max(K) ≤ φ + tr RᵀR ≤ φ + Σ len(i), over φ. */
export const conditionNumber = ({ size }: StepSpec): number =>
  1 + columnLengths(size).reduce((sum, length) => sum + length, 0) / floor;

/** For a block of which k weights are masked; 0 for k = 0, where nothing is computed. */
export function blockEpsilon(spec: StepSpec, k: number): number {
  if (k === 0) return 0;
  const condition = conditionNumber(spec);
  const gain = (condition - 1) / (2 * Math.sqrt(condition));
  const half = 2 ** (-1 - fractionOf(spec.weights));
  return Math.sqrt(k) * spec.tolerance * gain + Math.sqrt(spec.size - k) * half;
}

/** For all weights in scope. @param counts k of each block, of the cumulative S. */
export function modelEpsilon(spec: StepSpec, counts: Iterable<number>): number {
  const known = Array.from({ length: spec.size + 1 }, (_, k) => blockEpsilon(spec, k) ** 2);
  let squares = 0;
  for (const k of counts) squares += known[k]!;
  return Math.sqrt(squares);
}
