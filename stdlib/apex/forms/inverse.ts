// inverse: a root R of K = C'⁻¹ = φ I + RᵀR. Every R is the inverse of a curvature, so nothing is left to certify; Group OBS
// does not change when K is scaled, so that no bound on K from above is needed either, and K is scaled to fill its format.
import { q, type Tensor } from '../../../dsl/index.ts';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { fractionOf, formatInterval, type Format } from '../../../compiler/ir/format.ts';
import { magnitude } from '../../../compiler/numbers/interval.ts';
import { toReal } from '../../../compiler/numbers/rounding.ts';
import { assertGroupObsByInverse, groupObsByInverse } from '../../group-obs/index.ts';
import { triangleLength, upperTriangular } from '../../matrix.ts';
import { woodburyInverse } from '../reference/index.ts';
import { choleskyRoot } from './cholesky.ts';
import type { Form, FormSizes, StepFormats } from './form.ts';
import { weightFormats } from './formats.ts';
import { identityTriangle } from './identity.ts';

/** φ: eigenvalues of K below φ times its largest diagonal entry, some 256 times as stiff as the softest weight, are taken for that. */
const floor = 2 ** -8;

/** ν is as large as θ_S / φ; with a bit more than the weights have, its rounding stays well inside τ. */
const multipliers = ({ weights }: StepFormats): Format => q(36, fractionOf(weights) + 1);

/** R, [blocks, size, size]. Throws `bad-bounds` where RᵀR is too coarse to have φ added to it. */
function rootOf(curvature: Tensor, { size }: FormSizes): Tensor {
  const fraction = 2 * fractionOf(curvature.format);
  if (!Number.isInteger(floor * 2 ** fraction))
    fail(
      'bad-bounds',
      `form inverse: 2⁻⁸ is no multiple of 2^−${fraction}, the last place of RᵀR`,
      'give the root more bits (--curvature-bits)',
    );
  return upperTriangular(curvature, { size });
}

/** The upper triangle of R with RᵀR nearest to K − φ I, for the upper triangle of K. */
const rootTriangle = (triangle: Float64Array, size: number): Float64Array => {
  const identity = identityTriangle(size);
  return choleskyRoot(
    triangle.map((entry, i) => entry - floor * identity[i]!),
    size,
  );
};

export const inverse: Form = {
  name: 'inverse',

  // No diagonal entry of K is above 1, and no entry of R.
  formats: (bits, range) => {
    const formats = weightFormats(bits, range);
    return { ...formats, curvature: q(12, 11), tolerance: 2 ** -fractionOf(formats.weights) };
  },

  curvatureLength: ({ size }) => triangleLength(size),

  curvature(gradients, damping, { size }) {
    // The largest diagonal entry becomes 1, so that R uses all of its format: the step does not change when K is scaled.
    const { entries } = woodburyInverse({ gradients, damping });
    const diagonal = Array.from({ length: size }, (_, i) => entries[i * (size + 1)]!);
    const scale = 1 / Math.max(...diagonal);
    const triangle = new Float64Array(triangleLength(size));
    let at = 0;
    for (let i = 0; i < size; i++)
      for (let j = i; j < size; j++) triangle[at++] = scale * entries[i * size + j]!;
    return rootTriangle(triangle, size);
  },

  neutral: ({ size }) => rootTriangle(identityTriangle(size), size),

  multipliers,

  step({ weights, mask, curvature }, formats, sizes) {
    return groupObsByInverse({
      weights,
      mask,
      root: rootOf(curvature, sizes),
      floor,
      multiplierFormat: multipliers(formats),
      tolerance: formats.tolerance,
    });
  },

  prove({ curvature, multipliers: claimed, ...claim }, { tolerance }, sizes) {
    const root = rootOf(curvature, sizes);
    assertGroupObsByInverse({ ...claim, tolerance, root, floor, multipliers: claimed! });
  },

  // λ_max(K) is at most its trace.
  epsilon({ curvature, tolerance }, { size }) {
    const entry = toReal(magnitude(formatInterval(curvature)), fractionOf(curvature));
    const condition = size + (triangleLength(size) * entry ** 2) / floor;
    return (Math.sqrt(size) * tolerance * (condition + 1)) / (2 * Math.sqrt(condition));
  },
};
