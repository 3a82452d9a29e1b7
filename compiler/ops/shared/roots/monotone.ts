// On which side of the root an integer is, where the equation is monotone.
import { interval, type Interval } from '../../../numbers/interval.ts';

/** A function of the unknown's integer, known by an interval at each. */
export type Values = (x: bigint) => Interval;

export type Direction = 1n | -1n;

/** So many parts of a box are looked at, for the sign of a slope that is not plain over the whole. */
const mostParts = 64;

export interface Domain {
  /** The slope is meant at all reals of the box, not at its integers alone. */
  readonly real?: boolean;
  /** It may be 0 at places: a polynomial that does not decrease increases. */
  readonly flat?: boolean;
}

/** The sign of `slope` all over the box; otherwise a part where it is not known. */
export function directionOver(
  box: Interval,
  slope: (part: Interval) => Interval,
  { real = false, flat = false }: Domain = {},
): Direction | Interval {
  const least = flat ? 0n : 1n;
  let found: Direction | undefined;
  const parts = [box];
  for (let looked = 0; parts.length > 0; looked++) {
    const part = parts.pop()!;
    const { low, high } = slope(part);
    if (flat && low === 0n && high === 0n) continue;
    const sign = low >= least ? 1n : high <= -least ? -1n : undefined;
    if (sign !== undefined && (found ?? sign) === sign) {
      found = sign;
      continue;
    }
    const next = real ? 0n : 1n;
    if (sign !== undefined || part.high - part.low <= 1n - next || looked >= mostParts) return part;
    const middle = (part.low + part.high) >> 1n;
    parts.push(interval(middle + next, part.high), interval(part.low, middle));
  }
  return found ?? box;
}

/** The first integer of the box for which a condition holds that holds from there on; the one past the box where none does. */
export function firstIn(box: Interval, holds: (x: bigint) => boolean): bigint {
  let [low, high] = [box.low, box.high + 1n];
  while (low < high) {
    const middle = (low + high) >> 1n;
    if (holds(middle)) high = middle;
    else low = middle + 1n;
  }
  return low;
}

/** The interval with its sign changed where the function decreases. */
export const turned = ({ low, high }: Interval, direction: Direction): Interval =>
  direction === 1n ? { low, high } : interval(-high, -low);
