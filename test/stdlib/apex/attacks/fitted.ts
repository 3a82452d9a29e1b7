// A curvature that is fitted to a mask which is known: the step for this mask gives weights of the attacker's choice.
//   K = φ I + u uᵀ, one row of R:   u_M = √φ θ_M / |θ_M|,   u_C = −2 √φ d / |θ_M|
//   K_MM ν = θ_M gives u_M·ν = |θ_M| / (2 √φ),   and  −K_CM ν = −u_C |θ_M| / (2 √φ) = d
import {
  columnOffsets,
  floor,
  rootFormat,
  type HeldBlock,
  type StepSpec,
} from '../../../../stdlib/apex/step/index.ts';
import { fractionOf } from '../../../../compiler/ir/format.ts';

/** `shift` is asked for, real, at an entry off the mask. The largest that R can hold is taken where it asks for more. */
export function fittedBlock(
  spec: StepSpec,
  held: HeldBlock,
  mask: readonly number[],
  shift: (entry: number) => number,
): { readonly block: HeldBlock; readonly shifts: readonly number[] } {
  const unit = 2 ** -fractionOf(spec.weights);
  const theta = [...held.weights].map((x) => x * unit);
  const norm = Math.hypot(...mask.map((entry) => theta[entry]!));
  const masked = new Set(mask);
  const offsets = columnOffsets(spec.size);
  const root = new Int16Array(held.root.length);
  const [scale, gain] = [2 ** rootFormat.fraction, norm / (2 * Math.sqrt(floor))];
  const shifts = theta.map((_, entry) => {
    const wanted = masked.has(entry)
      ? (Math.sqrt(floor) * theta[entry]!) / norm
      : -shift(entry) / gain;
    const own = Math.round(Math.max(-1, Math.min(1 - 1 / scale, wanted)) * scale);
    root[offsets[entry]!] = own;
    return masked.has(entry) ? 0 : (-own / scale) * gain;
  });
  return { block: { weights: held.weights, root }, shifts };
}
