// Enclosures of real numbers: an interval of integers in units of 2^−bits. Every operation rounds outwards, and none uses float64's own
// functions, so that the result is the same on every machine.
import { floorDivide, interval, product, type Interval } from '../numbers/interval.ts';

/** ⌈a / b⌉ for b > 0. */
export const ceilDivide = (a: bigint, b: bigint): bigint => -floorDivide(-a, b);

/** x / 2^by. */
export const halved = ({ low, high }: Interval, by: number): Interval =>
  interval(low >> BigInt(by), -(-high >> BigInt(by)));

/** a · b. */
export const times = (a: Interval, b: Interval, bits: number): Interval =>
  halved(product(a, b), bits);

/** x / n for n > 0. */
export const over = ({ low, high }: Interval, n: bigint): Interval =>
  interval(floorDivide(low, n), ceilDivide(high, n));

export const point = (x: bigint): Interval => interval(x, x);

/** The interval with `by` units more at both ends. */
export const widened = ({ low, high }: Interval, by: bigint): Interval =>
  interval(low - by, high + by);

/** A finite float64. */
export function enclose(x: number, bits: number): Interval {
  let [numerator, shift] = [x, 0];
  for (; !Number.isInteger(numerator); shift++) numerator *= 2;
  const scaled = BigInt(numerator) << BigInt(bits);
  return halved(point(scaled), shift);
}
