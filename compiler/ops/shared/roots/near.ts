// The integers X at which an equation G is within a tolerance of 0, found and bounded.
import { contains, interval, type Interval } from '../../../numbers/interval.ts';
import type { Bracket } from './bracket.ts';
import { directionOver, firstIn, turned, type Direction } from './monotone.ts';
import { combination, derivative, powersAt, valueAt, valueOver } from './polynomial.ts';
import { refuseFlat, refuseOutside, type End, type Place } from './refusals.ts';

/** −τ ≤ G < τ: a range check of a power of two where τ is one. */
export const accepted = (tolerance: bigint): Interval => interval(-tolerance, tolerance - 1n);

export const passes = (value: bigint, tolerance: bigint): boolean =>
  contains(accepted(tolerance), interval(value, value));

/**
 * The integers of the box with −tolerance ≤ G < tolerance, for all coefficients in their intervals. Throws `no-root` unless the slope keeps
 * off 0 on the box and G changes its sign there.
 */
export function nearRootsOf(
  place: Place,
  coefficients: readonly Interval[],
  tolerance: bigint,
): Bracket {
  const { box } = place;
  const direction = directionOn(box);
  if (typeof direction !== 'bigint') return refuseFlat(place, direction);
  const value = (x: bigint): Interval =>
    turned(combination(coefficients, powersAt(x, coefficients.length - 1)), direction);
  const end = endPassed(box);
  if (end)
    return refuseOutside(
      place,
      end,
      (wider) => directionOn(wider) === direction && endPassed(wider) === undefined,
    );
  const bounds = turned(accepted(tolerance), direction);
  const past = firstIn(box, (x) => value(x).low > bounds.high);
  const low = firstIn(box, (x) => value(x).high >= bounds.low);
  return { direction, roots: interval(low, past - 1n < low ? low : past - 1n) };

  function directionOn(own: Interval): Direction | Interval {
    const slopes = derivative(coefficients);
    return directionOver(own, (part) => valueOver(slopes, part), { real: true });
  }

  /** The end of a box past which the root can be. */
  function endPassed(own: Interval): End | undefined {
    if (value(own.low).high > 0n) return 'low';
    return value(own.high).low < 0n ? 'high' : undefined;
  }
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
