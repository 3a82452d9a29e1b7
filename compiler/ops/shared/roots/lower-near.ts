// −τ ≤ G(X) < τ in constraints, for X in a box on which G is monotone.
import { linear, offset, scale, type Expression } from '../../../constraints/expression.ts';
import type { Constraints } from '../../../constraints/constraints.ts';
import { hull, interval, magnitude, type Interval } from '../../../numbers/interval.ts';
import { assertInterval, checkBits, spanBits } from '../within.ts';
import { requireReach } from './equation.ts';
import { monomials, sealedCoefficients } from './monomials.ts';
import { accepted, findNearRoot } from './near.ts';
import { combination, powersAt } from './polynomial.ts';

export interface NearRootToLower {
  readonly coefficients: readonly Expression[];
  /** By which the coefficients are multiplied. */
  readonly factors: readonly bigint[];
  /** Intervals of the multiplied coefficients. */
  readonly known: readonly Interval[];
  readonly box: Interval;
  /** The integers of the box that pass. */
  readonly roots: Interval;
  readonly tolerance: bigint;
}

export function lowerNearRoot(constraints: Constraints, near: NearRootToLower): Expression {
  const { factors, known, box, roots, tolerance } = near;
  const coefficients = sealedCoefficients(constraints, near.coefficients);
  const bits = spanBits(roots);
  const checked = interval(roots.low, roots.low + (1n << BigInt(bits)) - 1n);
  const [above] = constraints.ranged(1, bits, (read) => [
    findNearRoot(
      coefficients.map((each, k) => read(each) * factors[k]!),
      box,
    ) - roots.low,
  ]);
  const x = constraints.seal(offset(above!, roots.low));
  assertInterval(constraints, x, roots, checked);
  const terms = monomials(constraints, coefficients, x);
  const value = linear(terms.map((powers, k) => scale(powers[k]!, factors[k]!)));
  const degree = coefficients.length - 1;
  const reach = hull(
    combination(known, powersAt(checked.low, degree)),
    combination(known, powersAt(roots.high, degree)),
    combination(known, powersAt(roots.low, degree)),
  );
  const bounds = accepted(tolerance);
  requireReach('near-root', magnitude(hull(reach, bounds)) + (1n << BigInt(checkBits(bounds) - 1)));
  assertInterval(constraints, value, bounds, reach);
  return x;
}
