// The bit of d ≥ 0 in constraints, for an integer d that is known to lie in an interval:
//
//   d + 2^w = b · 2^w + r,   b ∈ {0, 1},   0 ≤ r < 2^w,   −2^w ≤ d < 2^w
//
// Soundness: b and r are unique. Both sides are below 2^(w+1) < p, so the equation holds over the integers. With b = 1 it
// says d = r ≥ 0; with b = 0 it says d = r − 2^w < 0.
import { fail } from '../../diagnostics/diagnostic.ts';
import { constant, isConstant, linear, offset } from '../../constraints/expression.ts';
import type { Constraints } from '../../constraints/constraints.ts';
import type { Expression } from '../../constraints/expression.ts';
import { cheapestWidth } from '../../constraints/range-plan.ts';
import { bitLength, floorDivide, interval, type Interval } from '../../numbers/interval.ts';
import { modulus } from '../../numbers/field.ts';

/** A check of so many bits is a row; wider ones are only as wide as they have to be. */
const rowBits = 64;

/** The bit of d ≥ 0; free where the interval knows it. Throws `too-wide`. */
export function notNegative(constraints: Constraints, d: Expression, known: Interval): Expression {
  if (known.low >= 0n) return constant(1n);
  if (known.high < 0n) return constant(0n);
  const { form, bounds } = primitive(d, known);
  if (bounds.low === -1n && bounds.high === 0n) return offset(form, 1n);
  return splitSign(constraints, form, comparisonWidth(bounds));
}

/** w for an integer in the interval: the width that is checked in the fewest rows. Throws `too-wide`. */
export function comparisonWidth({ low, high }: Interval): number {
  const least = Math.max(bitLength(-low - 1n), bitLength(high));
  if (1n << BigInt(least + 2) >= modulus)
    fail(
      'too-wide',
      `a comparison of numbers that are ${least} bits apart`,
      'rescale an operand first',
    );
  return cheapestWidth(least, Math.max(least, rowBits), true);
}

/**
 * The bit of d ≥ 0 by the equation above. It refuses every field element d that is no integer of [−2^w, 2^w).
 */
export function splitSign(constraints: Constraints, d: Expression, width: number): Expression {
  const top = 1n << BigInt(width);
  const [bit] = constraints.ranged(1, 1, (read) => [read(d) >= 0n ? 1n : 0n]);
  const [rest] = constraints.ranged(1, width, (read) => [read(d) + (read(d) >= 0n ? 0n : top)]);
  constraints.assertZero(offset(linear([d, bit!, rest!], [1n, -top, -1n]), top));
  return bit!;
}

/**
 * With g the greatest common divisor of the coefficients, d = g · e + c is not negative where e + ⌊c / g⌋ is not. Where the
 * field element e is no integer, the comparison refuses it.
 */
function primitive(d: Expression, known: Interval): { form: Expression; bounds: Interval } {
  const g = d.terms.reduce((divisor, { coefficient }) => gcd(divisor, coefficient), 0n);
  if (g <= 1n || isConstant(d)) return { form: d, bounds: known };
  const terms = d.terms.map(({ coefficient, variable }) => ({
    coefficient: coefficient / g,
    variable,
  }));
  return {
    form: { terms, constant: floorDivide(d.constant, g) },
    bounds: interval(floorDivide(known.low, g), floorDivide(known.high, g)),
  };
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
