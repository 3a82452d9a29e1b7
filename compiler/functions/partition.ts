// Cells: an interval is split in halves, on a grid, until each part is good enough.
import { bitLength, floorDivide, interval, intersect, type Interval } from '../numbers/interval.ts';

/** Cells of width w are unit · 2^w long, and begin at multiples of that from the origin. */
export interface Grid {
  readonly origin: bigint;
  readonly unit: bigint;
}

export interface Cell {
  readonly first: bigint;
  readonly width: number;
}

/** The least cell that holds the interval. */
export function cellAround({ low, high }: Interval, { origin, unit }: Grid): Cell {
  const [a, b] = [floorDivide(low - origin, unit), floorDivide(high - origin, unit)];
  const width = bitLength(a ^ b);
  return { first: origin + ((a >> BigInt(width)) << BigInt(width)) * unit, width };
}

/** The part of a cell that is reached. */
export const partOf = ({ first, width }: Cell, { unit }: Grid, x: Interval): Interval | undefined =>
  intersect(x, interval(first, first + (unit << BigInt(width)) - 1n));

/** The cells that are good, in ascending order; undefined where there would be more than `most`, or one that is never good. */
export function splitCells(
  x: Interval,
  grid: Grid,
  isGood: (part: Interval) => boolean,
  most: number,
): Cell[] | undefined {
  const cells: Cell[] = [];
  const split = (cell: Cell): boolean => {
    const part = partOf(cell, grid, x);
    if (!part) return true;
    if (isGood(part)) return cells.push(cell) <= most;
    const width = cell.width - 1;
    if (width < 0) return false;
    const middle = cell.first + (grid.unit << BigInt(width));
    return split({ first: cell.first, width }) && split({ first: middle, width });
  };
  return split(cellAround(x, grid)) ? cells : undefined;
}

/** An interval is divided in 2, 4, … and 2^6 cells of one width at most. */
const mostHalvings = 6;

/**
 * Grids that are worth a try: either end of the interval at the end of a cell, or the integer's own binary digits; and the interval
 * divided evenly. With bounds of one more integer than a power of 2, [−8, 8], the first ones have a cell for a single integer.
 */
export function grids({ low, high }: Interval): Grid[] {
  const reach = bitLength(low < 0n ? (-low - 1n > high ? -low - 1n : high) : high);
  const own = low < 0n ? -(1n << BigInt(reach)) : 0n;
  const length = high - low + 1n;
  const top = high + 1n - (1n << BigInt(bitLength(high - low)));
  const digits = [...new Set([own, low, top])].map((origin) => ({ origin, unit: 1n }));
  const even = Array.from({ length: mostHalvings }, (_, i): Grid => {
    const cells = 2n << BigInt(i);
    return { origin: low, unit: (length + cells - 1n) / cells };
  });
  return [...digits, ...even.filter(({ unit }) => !isPower(unit))];
}

/** Whether a number is a power of 2. A grid with such a unit is one of those of digits. */
export const isPower = (x: bigint): boolean => (x & (x - 1n)) === 0n;
