// A certificate that a symmetric matrix M, committed to by its upper triangle, has no eigenvalue below a floor: the root R
// of M − φ I = RᵀR, which `assertDefinite` checks.
import { triangleLength } from '../../matrix.ts';
import { choleskyRoot } from './cholesky.ts';
import type { Form, StepFormats } from './form.ts';
import { identityTriangle } from './identity.ts';
import type { Format } from '../../../dsl/index.ts';

/** For matrices with eigenvalues of at least `floor`, φ. */
export function rootCertificate(
  floor: number,
  format: (formats: StepFormats) => Format,
): NonNullable<Form['certificate']> {
  return {
    format,
    length: ({ size }) => triangleLength(size),
    prove(triangle, { size }) {
      const identity = identityTriangle(size);
      return choleskyRoot(
        triangle.map((entry, i) => entry - floor * identity[i]!),
        size,
      );
    },
  };
}
