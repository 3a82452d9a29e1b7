// q = floor((x + 2^(s−1)) / 2^s) in constraints, for s ≥ 1:
//
//   x + 2^(s−1) = q · 2^s + r,  0 ≤ r < 2^s,  low ≤ q ≤ high
//
// Soundness: both sides are range-checked and differ by less than p, so the equation holds over the integers, and q and r are unique.
import { fail } from '../../diagnostics/diagnostic.ts';
import { linear, offset, type Expression } from '../../constraints/expression.ts';
import type { Constraints } from '../../constraints/constraints.ts';
import { modulus } from '../../numbers/field.ts';
import {
  bitLength,
  contains,
  intersect,
  interval,
  magnitude,
  type Interval,
} from '../../numbers/interval.ts';
import { roundShift } from '../../numbers/rounding.ts';
import { assertInterval, spanBits } from './within.ts';

/** Every member rounded. */
export const roundedInterval = ({ low, high }: Interval, shift: number): Interval =>
  interval(roundShift(low, shift), roundShift(high, shift));

export interface Quotient {
  /** An interval that holds x. */
  readonly from: Interval;
  /** The interval that q is asserted to lie in. */
  readonly to: Interval;
  readonly shift: number;
  /** The rounded value in words, for messages. */
  readonly what: string;
}

/** Throws `too-wide`. */
export function roundedQuotient(
  constraints: Constraints,
  x: Expression,
  { from, to, shift, what }: Quotient,
): Expression {
  const half = 1n << BigInt(shift - 1);
  const remainder = rangedWord(constraints, shift, (read) => {
    const value = read(x);
    return value + half - (roundShift(value, shift) << BigInt(shift));
  });
  const natural = roundedInterval(from, shift);
  const width = spanBits(to);
  // Where every x fits, q may be checked into a wider range that costs less: the equation alone determines it.
  const most = contains(to, natural) ? Math.max(width, widestQuotient(from, to, shift)) : width;
  const reach = reachOf(from, to, shift, most);
  if (reach >= modulus)
    fail(
      'too-wide',
      `${what}: quotient and remainder reach ${bitLength(reach)} bits, past the field`,
      'rescale an operand earlier',
    );
  const [above] = constraints.ranged(
    1,
    width,
    (read) => [roundShift(read(x), shift) - to.low],
    most,
  );
  const q = offset(above!, to.low);
  // The upper end, where it is not the end of `width` bits and not already implied by x.
  const checked = interval(to.low, to.low + (1n << BigInt(width)) - 1n);
  if (!contains(to, natural)) assertInterval(constraints, q, to, intersect(checked, natural)!);
  constraints.assertZero(
    offset(linear([x, q, remainder], [1n, -(1n << BigInt(shift)), -1n]), half),
  );
  return q;
}

/** A check of so many bits is a row; a wider one is cheapest as several of them. */
const rowBits = 64;

/** A value in [0, 2^bits). */
function rangedWord(
  constraints: Constraints,
  bits: number,
  compute: (read: (e: Expression) => bigint) => bigint,
): Expression {
  const words = Array.from({ length: Math.ceil(bits / rowBits) }, (_, i) => {
    const low = BigInt(i * rowBits);
    const own = Math.min(rowBits, bits - i * rowBits);
    const isLast = i * rowBits + own === bits;
    // The last one keeps what is too much for it, so that the range check refuses it.
    const part = (value: bigint): bigint =>
      isLast ? value >> low : (value >> low) & ((1n << BigInt(own)) - 1n);
    return constraints.ranged(1, own, (read) => [part(compute(read))])[0]!;
  });
  return linear(
    words,
    words.map((_, i) => 1n << BigInt(i * rowBits)),
  );
}

/** How far q · 2^s + r − x can reach, for q of `width` bits above the low end. */
function reachOf(x: Interval, { low }: Interval, shift: number, width: number): bigint {
  const quotients = interval(low, low + (1n << BigInt(width)));
  return ((magnitude(quotients) + 1n) << BigInt(shift)) + magnitude(x) + (1n << BigInt(shift));
}

/** The widest check of q that cannot wrap around; one whole limb more than needed is never cheaper. */
function widestQuotient(x: Interval, to: Interval, shift: number): number {
  let width = spanBits(to) + 11;
  while (width > 0 && reachOf(x, to, shift, width) >= modulus) width--;
  return width;
}
