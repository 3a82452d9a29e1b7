// inverse: K = C'⁻¹ by its upper triangle, with a certificate that λ_min(K) ≥ φ − d e.
import { q } from '../../../dsl/index.ts';
import { assertDefinite } from '../../definite.ts';
import { groupObsByInverse } from '../../group-obs/index.ts';
import { triangleLength } from '../../matrix.ts';
import { woodburyInverse } from '../reference/index.ts';
import { rootCertificate } from './certificate.ts';
import type { Form } from './form.ts';
import { weightFormats } from './formats.ts';
import { identityTriangle } from './identity.ts';

/** φ: K = C'⁻¹ has eigenvalues of at least φ where those of C' are at most 1/φ. */
const floor = 2 ** -8;

/** e. */
const slack = (size: number): number => 2 ** -Math.ceil(Math.log2(size) + 10);

export const inverse: Form = {
  name: 'inverse',
  summary:
    "commits to K = C'⁻¹, and certifies that no eigenvalue is below 2⁻⁹; for few masked weights in a block",

  formats: (bits, range) => ({
    ...weightFormats(bits, range),
    curvature: q(24, 22),
    tolerance: 2 ** -23,
  }),

  curvatureLength: ({ size }) => triangleLength(size),

  curvature(gradients, damping, { size }) {
    // K of C' = C/λ is λ C⁻¹.
    const { entries } = woodburyInverse({ gradients, damping });
    const triangle = new Float64Array(triangleLength(size));
    let at = 0;
    for (let i = 0; i < size; i++)
      for (let j = i; j < size; j++) triangle[at++] = damping * entries[i * size + j]!;
    return triangle;
  },

  neutral: ({ size }) => identityTriangle(size),

  certificate: rootCertificate(floor, () => q(24, 21)),

  step({ weights, mask, curvature, certificate }, { update, tolerance }, { size }) {
    const smallestEigenvalue = assertDefinite({
      triangle: curvature,
      root: certificate!,
      size,
      floor,
      slack: slack(size),
    });
    return groupObsByInverse({
      weights,
      mask,
      inverse: curvature,
      smallestEigenvalue,
      multiplierFormat: q(40, 28),
      updateFormat: update,
      tolerance,
    });
  },
};
