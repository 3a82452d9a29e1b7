// low ≤ e ≤ high in constraints: one range check when the span is a power of two, two when it is not, none
// when it is known.
import { linear, offset, type Expression } from '../../constraints/expression.ts';
import type { Constraints } from '../../constraints/constraints.ts';
import { modulus } from '../../numbers/field.ts';
import { bitLength, interval, type Interval } from '../../numbers/interval.ts';

/** Bits of the narrowest range check that covers the interval. */
export const spanBits = ({ low, high }: Interval): number => bitLength(high - low);

/** Width of a non-negativity check. Any width works that excludes the negative range, and 64 bits are one row. */
const anyWidth = 64;

/** Bits of the widest check with which e is asserted to lie in an interval. */
export const checkBits = (bounds: Interval): number => Math.max(spanBits(bounds), anyWidth);

/**
 * Asserts that e lies in `bounds`, given that it lies in `known`. No format is wider than `widestBits`, so that bounds and
 * `known` together span far less than p, and a shifted value cannot wrap around: a negative one is a field element that no check
 * admits. Where two checks bound e, or one end is known, each has only to refuse negative numbers.
 */
export function assertInterval(
  constraints: Constraints,
  e: Expression,
  bounds: Interval,
  known: Interval,
): void {
  const bits = spanBits(bounds);
  const full = interval(bounds.low, bounds.low + (1n << BigInt(bits)) - 1n);
  const lowKnown = known.low >= bounds.low;
  const highKnown = known.high <= bounds.high;
  if (lowKnown && highKnown) return;
  const wide = checkBits(bounds);
  const span = interval(
    known.low < bounds.low ? known.low : bounds.low,
    known.high > bounds.high ? known.high : bounds.high,
  );
  if (span.high - span.low + (1n << BigInt(wide)) >= modulus)
    throw new RangeError('a negative number would pass for one that is not');
  const atOnce = full.high === bounds.high && !highKnown;
  if (!lowKnown || atOnce) constraints.range(offset(e, -bounds.low), bits, atOnce ? bits : wide);
  if (!highKnown && !atOnce) constraints.range(offset(linear([e], [-1n]), bounds.high), bits, wide);
}
