// factor: C' = I + GᵀG. Every G is a curvature with λ_min ≥ 1, so nothing is left to certify.
import { q, type Tensor } from '../../../dsl/index.ts';
import { assertGroupObsByFactor, groupObsByFactor } from '../../group-obs/index.ts';
import { triangleLength, upperTriangular } from '../../matrix.ts';
import { choleskyRoot, pivotedRoot } from './cholesky.ts';
import { scaledFisher } from './fisher.ts';
import type { Form, FormSizes } from './form.ts';
import { weightFormats } from './formats.ts';

/** A factor of full rank is triangular: half the numbers and half the products. */
const isTriangular = ({ size, rank = size }: FormSizes): boolean => rank === size;

export const factor: Form = {
  name: 'factor',

  // Entries of G are square roots of entries of C': [−16, 16) holds variances up to 255 λ.
  formats: (bits, range) => ({
    ...weightFormats(bits, range),
    curvature: q(12, 7),
    tolerance: 2 ** -12,
  }),

  curvatureLength: ({ size, rank = size }) =>
    isTriangular({ size, rank }) ? triangleLength(size) : rank * size,

  curvature(gradients, damping, { size, rank = size }) {
    const fisher = scaledFisher(gradients, damping, size);
    return isTriangular({ size, rank })
      ? choleskyRoot(fisher, size)
      : pivotedRoot(fisher, size, rank);
  },

  neutral: (sizes) => new Float64Array(factor.curvatureLength(sizes)),

  step({ weights, mask, curvature }, { tolerance }, sizes) {
    const own = { weights, mask, factor: matrixOf(curvature, sizes), tolerance };
    return { unlearned: groupObsByFactor(own) };
  },

  prove({ curvature, ...claim }, { tolerance }, sizes) {
    assertGroupObsByFactor({ ...claim, tolerance, factor: matrixOf(curvature, sizes) });
  },
};

/** G, [blocks, r, size]. */
function matrixOf(curvature: Tensor, { size, rank = size }: FormSizes): Tensor {
  return isTriangular({ size, rank })
    ? upperTriangular(curvature, { size })
    : curvature.reshape([curvature.shape[0]!, rank, size]);
}
