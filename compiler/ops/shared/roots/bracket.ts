// The integer that stands for the root of one element, found and bounded.
import { hull, interval, product, sum, type Interval } from '../../../numbers/interval.ts';
import { directionOver, firstIn, turned, type Direction } from './monotone.ts';
import { refuseFlat, refuseOutside, type End, type Place } from './refusals.ts';
import { combination, derivative, powersAt, valueAt, valueOver } from './polynomial.ts';
import { stepsOf, type Sides } from './rounding.ts';

/** H or H⁺ at X, as weights of the coefficients. */
export const weightsAt = (side: readonly (readonly bigint[])[], x: bigint): bigint[] =>
  side.map((weights) => valueAt(weights, x));

/** H⁺ − H for every X of a part, in intervals of the coefficients: the exact hull where the part is one integer. */
export function stepOver(
  sides: Sides,
  coefficients: readonly Interval[],
  part: Interval,
): Interval {
  if (part.low === part.high) {
    const [at, next] = [sides.at, sides.next].map((side) => weightsAt(side, part.low));
    return combination(
      coefficients,
      next!.map((weight, k) => weight - at![k]!),
    );
  }
  return stepsOf(sides)
    .map((own, k) => {
      const exactly = own.map((weight) => interval(weight, weight));
      return product(coefficients[k]!, valueOver(exactly, part));
    })
    .reduce(sum);
}

export interface Bracket {
  readonly direction: Direction;
  /** The integers that stand for roots. */
  readonly roots: Interval;
}

/**
 * The roots in the box for all coefficients in their intervals. Throws `no-root` unless G and H are monotone on the box and change
 * their sign there, whatever the coefficients: then there is one root, and one integer for it.
 */
export function bracketOf(place: Place, sides: Sides, coefficients: readonly Interval[]): Bracket {
  const { box } = place;
  const direction = directionOn(box);
  if (typeof direction !== 'bigint') return refuseFlat(place, direction);
  const turn = (weights: readonly bigint[]): Interval =>
    turned(combination(coefficients, weights), direction);
  const value = (side: Sides['at'], x: bigint): Interval => turn(weightsAt(side, x));
  const end = endPassed(box);
  if (end)
    return refuseOutside(
      place,
      end,
      (wider) => directionOn(wider) === direction && endPassed(wider) === undefined,
    );
  return {
    direction,
    roots: interval(
      firstIn(box, (x) => value(sides.next, x).high > 0n),
      firstIn(box, (x) => value(sides.next, x).low > 0n),
    ),
  };

  /** The direction of H on a box's integers and of G on its reals; otherwise a part where they have none. */
  function directionOn(own: Interval): Direction | Interval {
    const steps = directionOver(own, (part) => stepOver(sides, coefficients, part));
    if (typeof steps !== 'bigint') return steps;
    const slopes = derivative(coefficients);
    const around = interval(own.low, own.high + 1n);
    const domain = { real: true, flat: true };
    const real = directionOver(around, (part) => valueOver(slopes, part), domain);
    return typeof real !== 'bigint' || real === steps ? real : own;
  }

  /** The end of a box past which the root can be. */
  function endPassed({ low, high }: Interval): End | undefined {
    const first = hull(value(sides.at, low), turn(powersAt(low, coefficients.length - 1)));
    if (first.high > 0n) return 'low';
    return value(sides.next, high).low <= 0n ? 'high' : undefined;
  }
}

/** The integer that stands for the root of one equation; undefined where there is none in the box. */
export function findRoot(
  { at, next }: Sides,
  coefficients: readonly bigint[],
  box: Interval,
): bigint | undefined {
  const value = (side: Sides['at'], x: bigint): bigint =>
    weightsAt(side, x).reduce((total, weight, k) => total + weight * coefficients[k]!, 0n);
  const direction = value(next, box.high) > value(at, box.low) ? 1n : -1n;
  if (direction * value(at, box.low) > 0n) return undefined;
  const root = firstIn(box, (x) => direction * value(next, x) > 0n);
  return root > box.high ? undefined : root;
}
