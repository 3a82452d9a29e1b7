// The inverse of the damped Fisher of one block, one example at a time (Sherman–Morrison–Woodbury):
//   K ← I/λ;   for each g:  u = K g,  K ← K − u uᵀ/(n + gᵀu).
// After all n gradients K = C⁻¹ exactly, with C = λI + (1/n) Σ g gᵀ.
import { checkDamping } from './checks.ts';
import { OperatorError } from './errors.ts';
import { checkGradients } from './fisher.ts';
import type { GradientRows } from './fisher.ts';
import { dot, multiply, scaledIdentity } from './matrix.ts';
import type { Matrix } from './matrix.ts';

/**
 * K = C⁻¹, d × d, symmetric to the last bit.
 * @param input.gradients [n, d], n ≥ 1.
 * @param input.damping λ > 0.
 * @throws OperatorError `out-of-range` for λ ≤ 0, `overflow` when n + gᵀKg is not finite, or as
 *   `checkGradients`.
 */
export function woodburyInverse(input: {
  readonly gradients: GradientRows;
  readonly damping: number;
}): Matrix {
  const { gradients, damping } = input;
  checkDamping(damping);
  checkGradients(gradients);
  const size = gradients[0]!.length;
  const inverse = scaledIdentity({ size, scale: 1 / damping });
  gradients.forEach((gradient, example) => {
    const u = multiply(inverse, gradient);
    const denominator = gradients.length + dot(gradient, u);
    if (!Number.isFinite(denominator) || !u.every(Number.isFinite)) {
      throw new OperatorError({
        code: 'overflow',
        place: `gradients[${example}]`,
        problem: `n + gᵀKg is ${denominator} with lambda ${damping}`,
        hint: 'raise lambda, scale the loss, or clip the gradients',
      });
    }
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        inverse.entries[i * size + j]! -= (u[i]! * u[j]!) / denominator;
      }
    }
  });
  return inverse;
}
