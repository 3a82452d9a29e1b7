// Cells: an interval is split in halves, aligned from an origin, until each part is good enough.
import { bitLength, interval, type Interval } from '../numbers/interval.ts';

/** Integers [first, first + 2^width). */
export interface Cell {
  readonly first: bigint;
  readonly width: number;
}

/** The least cell that holds the interval. */
export function cellAround({ low, high }: Interval, origin: bigint): Cell {
  const width = bitLength((low - origin) ^ (high - origin));
  const by = BigInt(width);
  return { first: origin + (((low - origin) >> by) << by), width };
}

/** The part of a cell that is reached. */
export function partOf({ first, width }: Cell, { low, high }: Interval): Interval | undefined {
  const last = first + (1n << BigInt(width)) - 1n;
  if (last < low || first > high) return undefined;
  return interval(first > low ? first : low, last < high ? last : high);
}

/** The cells that are good, in ascending order; undefined where there would be more than `most`, or one that is never good. */
export function splitCells(
  x: Interval,
  origin: bigint,
  isGood: (part: Interval) => boolean,
  most: number,
): Cell[] | undefined {
  const cells: Cell[] = [];
  const split = (cell: Cell): boolean => {
    const part = partOf(cell, x);
    if (!part) return true;
    if (isGood(part)) return cells.push(cell) <= most;
    const width = cell.width - 1;
    if (width < 0) return false;
    const middle = cell.first + (1n << BigInt(width));
    return split({ first: cell.first, width }) && split({ first: middle, width });
  };
  return split(cellAround(x, origin)) ? cells : undefined;
}

/** Origins that are worth a try: either end of the interval at the end of a cell, or the integer's own binary digits. */
export function origins({ low, high }: Interval): bigint[] {
  const reach = bitLength(low < 0n ? (-low - 1n > high ? -low - 1n : high) : high);
  const own = low < 0n ? -(1n << BigInt(reach)) : 0n;
  const top = high + 1n - (1n << BigInt(bitLength(high - low)));
  return [...new Set([own, low, top])];
}
