// The integer that stands for the root of one element, found and bounded.
import { hull, interval, product, sum, type Interval } from '../../../numbers/interval.ts';
import {
  directionOver,
  firstIn,
  refuseFlat,
  refuseOutside,
  turned,
  type Direction,
} from './monotone.ts';
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
 * their sign there, whatever the coefficients: then there is one root, and one integer for it. `unit` is for messages: the real
 * number of an integer.
 */
export function bracketOf(
  op: string,
  sides: Sides,
  coefficients: readonly Interval[],
  box: Interval,
  unit: (x: bigint) => number,
): Bracket {
  const direction = directionOver(box, (part) => stepOver(sides, coefficients, part));
  if (typeof direction !== 'bigint') return refuseFlat(op, direction, unit);
  const slopes = derivative(coefficients);
  const around = interval(box.low, box.high + 1n);
  const real = directionOver(around, (part) => valueOver(slopes, part), { real: true, flat: true });
  if (real !== direction) return refuseFlat(op, typeof real === 'bigint' ? box : real, unit);
  const turn = (weights: readonly bigint[]): Interval =>
    turned(combination(coefficients, weights), direction);
  const value = (side: Sides['at'], x: bigint): Interval => turn(weightsAt(side, x));
  const first = hull(value(sides.at, box.low), turn(powersAt(box.low, slopes.length)));
  const last = value(sides.next, box.high);
  if (first.high > 0n) return refuseOutside(op, 'low', unit(box.low), first);
  if (last.low <= 0n) return refuseOutside(op, 'high', unit(box.high), last);
  return {
    direction,
    roots: interval(
      firstIn(box, (x) => value(sides.next, x).high > 0n),
      firstIn(box, (x) => value(sides.next, x).low > 0n),
    ),
  };
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
