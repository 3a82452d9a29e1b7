// kkt: C' itself, by its upper triangle, with a certificate that λ_min(C') ≥ 1 − d e.
import { q } from '../../../dsl/index.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { assertDefinite } from '../../definite.ts';
import { assertGroupObs, groupObs } from '../../group-obs/index.ts';
import { triangleLength } from '../../matrix.ts';
import { rootCertificate } from './certificate.ts';
import { scaledFisher } from './fisher.ts';
import type { Form } from './form.ts';
import { weightFormats } from './formats.ts';
import { identityTriangle } from './identity.ts';

/** e: what the rounding of C' and of its root may leave of C' − I − RᵀR. */
const slack = 2 ** -9;

export const kkt: Form = {
  name: 'kkt',

  formats: (bits, range) => ({
    ...weightFormats(bits, range),
    curvature: q(24, 14),
    tolerance: 2 ** -12,
  }),

  curvatureLength: ({ size }) => triangleLength(size),

  curvature(gradients, damping, { size }) {
    const fisher = scaledFisher(gradients, damping, size);
    return identityTriangle(size).map((one, i) => one + fisher[i]!);
  },

  neutral: ({ size }) => identityTriangle(size),

  certificate: rootCertificate(1, ({ curvature }) => q(24, fractionOf(curvature) + 3)),

  step({ weights, mask, curvature }, { update, tolerance }, { size }) {
    const smallestEigenvalue = 1 - size * slack;
    const unlearned = groupObs({
      weights,
      mask,
      curvature,
      smallestEigenvalue,
      updateFormat: update,
      tolerance,
    });
    return { unlearned };
  },

  prove({ certificate, curvature, ...claim }, { tolerance }, { size }) {
    assertDefinite({ triangle: curvature, root: certificate!, size, floor: 1, slack });
    assertGroupObs({ ...claim, tolerance, curvature });
  },
};
