// The integers X at which an equation G is within a tolerance of 0, found and bounded.
import { contains, interval, type Interval } from '../../../numbers/interval.ts';
import type { Bracket } from './bracket.ts';
import { directionOver, firstIn, refuseFlat, refuseOutside, turned } from './monotone.ts';
import { combination, derivative, powersAt, valueAt, valueOver } from './polynomial.ts';

/** −τ ≤ G < τ: a range check of a power of two where τ is one. */
export const accepted = (tolerance: bigint): Interval => interval(-tolerance, tolerance - 1n);

export const passes = (value: bigint, tolerance: bigint): boolean =>
  contains(accepted(tolerance), interval(value, value));

/**
 * The integers of the box with −tolerance ≤ G < tolerance, for all coefficients in their intervals. Throws `no-root` unless the slope keeps
 * off 0 on the box and G changes its sign there.
 */
export function nearRootsOf(
  coefficients: readonly Interval[],
  box: Interval,
  tolerance: bigint,
  unit: (x: bigint) => number,
): Bracket {
  const op = 'near-root';
  const slopes = derivative(coefficients);
  const direction = directionOver(box, (part) => valueOver(slopes, part), { real: true });
  if (typeof direction !== 'bigint') return refuseFlat(op, direction, unit);
  const value = (x: bigint): Interval =>
    turned(combination(coefficients, powersAt(x, slopes.length)), direction);
  const [first, last] = [value(box.low), value(box.high)];
  if (first.high > 0n) return refuseOutside(op, 'low', unit(box.low), first);
  if (last.low < 0n) return refuseOutside(op, 'high', unit(box.high), last);
  const bounds = turned(accepted(tolerance), direction);
  const past = firstIn(box, (x) => value(x).low > bounds.high);
  const low = firstIn(box, (x) => value(x).high >= bounds.low);
  return { direction, roots: interval(low, past - 1n < low ? low : past - 1n) };
}

/** The integer of the box at which |G| is least, where G is monotone; of two such the one with G < 0. */
export function findNearRoot(coefficients: readonly bigint[], box: Interval): bigint {
  const value = (x: bigint): bigint => valueAt(coefficients, x);
  const size = (x: bigint): bigint => (value(x) < 0n ? -value(x) : value(x));
  const direction = value(box.high) > value(box.low) ? 1n : -1n;
  const above = firstIn(box, (x) => direction * value(x) >= 0n);
  if (above > box.high) return box.high;
  if (above === box.low || size(above - 1n) > size(above)) return above;
  return size(above - 1n) < size(above) || direction === 1n ? above - 1n : above;
}
