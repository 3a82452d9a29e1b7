// Closed integer intervals [low, high]: what the range analysis computes with.

export interface Interval {
  readonly low: bigint;
  readonly high: bigint;
}

/** The intervals of a tensor's elements, in row-major order. */
export type Intervals = readonly Interval[];

export const interval = (low: bigint, high: bigint): Interval => ({ low, high });

export function hull(...intervals: readonly Interval[]): Interval {
  return intervals.reduce((a, b) => ({
    low: a.low < b.low ? a.low : b.low,
    high: a.high > b.high ? a.high : b.high,
  }));
}

/** The common part; undefined when there is none. */
export function intersect(a: Interval, b: Interval): Interval | undefined {
  const low = a.low > b.low ? a.low : b.low;
  const high = a.high < b.high ? a.high : b.high;
  return low <= high ? { low, high } : undefined;
}

export function sum(a: Interval, b: Interval): Interval {
  return { low: a.low + b.low, high: a.high + b.high };
}

export function difference(a: Interval, b: Interval): Interval {
  return { low: a.low - b.high, high: a.high - b.low };
}

export function scaled(a: Interval, factor: bigint): Interval {
  return hull(interval(a.low * factor, a.low * factor), interval(a.high * factor, a.high * factor));
}

export function product(a: Interval, b: Interval): Interval {
  return hull(scaled(a, b.low), scaled(a, b.high));
}

/** The squares of the interval's members: never negative, unlike `product(a, a)`. */
export function square(a: Interval): Interval {
  const largest = magnitude(a) ** 2n;
  if (a.low <= 0n && a.high >= 0n) return { low: 0n, high: largest };
  const smallest = a.low > 0n ? a.low : a.high;
  return { low: smallest ** 2n, high: largest };
}

export function contains(outer: Interval, inner: Interval): boolean {
  return outer.low <= inner.low && inner.high <= outer.high;
}

/** The number of the interval that is nearest to x. */
export const clamp = (x: bigint, { low, high }: Interval): bigint =>
  x < low ? low : x > high ? high : x;

/** The largest absolute value. */
export function magnitude({ low, high }: Interval): bigint {
  const a = low < 0n ? -low : low;
  const b = high < 0n ? -high : high;
  return a > b ? a : b;
}

/** ⌊a / b⌋ for b > 0. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

/** How many bits a non-negative integer needs: 0 for 0, 12 for 4095. */
export function bitLength(x: bigint): number {
  return x === 0n ? 0 : x.toString(2).length;
}

export function renderInterval({ low, high }: Interval): string {
  return `[${renderInteger(low)}, ${renderInteger(high)}]`;
}

/** For people: large integers as powers of two, exactly where `≈` is not said. */
export function renderInteger(x: bigint): string {
  if (x < 0n) return `-${renderInteger(-x)}`.replace('-≈', '≈-').replace(/(\^\d+)-1$/, '$1+1');
  if (x < 1n << 20n) return x.toString();
  const k = bitLength(x) - 1;
  if (x === 1n << BigInt(k)) return `2^${k}`;
  if (x === (1n << BigInt(k + 1)) - 1n) return `2^${k + 1}-1`;
  // Beyond float64's integers nobody reads digits.
  return k < 53 ? x.toString() : `≈2^${Math.log2(Number(x)).toFixed(2)}`;
}
