// Values of elementary functions at a point, enclosed: x and the result in units of 2^−bits.
import { bitLength, interval, magnitude, type Interval } from '../numbers/interval.ts';
import { ceilDivide, halved, over, point, times, widened } from './enclosure.ts';

/** e^256 is past the field: nothing is said of larger arguments. */
const largest = 256n;

const size = (x: bigint): bigint => (x < 0n ? -x : x);

/**
 * e^x = (e^y)^(2^k) with y = x / 2^k so small that few terms of Σ y^n / n! are needed: |y| < 2^−6, and the terms that are left out are
 * less than the last one. Undefined for x > 256.
 */
export function exp(x: bigint, bits: number): Interval | undefined {
  if (x > largest << BigInt(bits)) return undefined;
  // e^(−bits) < 2^−bits.
  if (x < -(BigInt(bits) << BigInt(bits))) return interval(0n, 1n);
  const halvings = Math.max(0, bitLength(size(x)) - bits) + 6;
  // A square doubles the relative error, and the value is below 2^(1.5 x).
  const growth = x > 0n ? Math.ceil(1.5 * Number((x >> BigInt(bits)) + 1n)) : 0;
  const guard = 2 * halvings + growth + 8;
  const work = bits + guard;
  const y = point(x << BigInt(guard - halvings));
  let sum = point(1n << BigInt(work));
  let term = sum;
  for (let n = 1n; magnitude(term) > 1n; n++) {
    term = over(times(term, y, work), n);
    sum = interval(sum.low + term.low, sum.high + term.high);
  }
  let value = widened(sum, 1n);
  for (let i = 0; i < halvings; i++) value = times(value, value, work);
  return halved(value, guard);
}

/** artanh(numerator / denominator) = Σ y^(2j+1) / (2j+1) for |y| ≤ 1/3: the terms that are left out are less than an eighth of the last one. */
function artanh(numerator: bigint, denominator: bigint, bits: number): Interval {
  const y = over(point(numerator << BigInt(bits)), denominator);
  const square = times(y, y, bits);
  let [power, sum] = [y, y];
  for (let n = 3n; magnitude(power) > 1n; n += 2n) {
    power = times(power, square, bits);
    const term = over(power, n);
    sum = interval(sum.low + term.low, sum.high + term.high);
  }
  return widened(sum, 1n);
}

const logarithmsOfTwo = new Map<number, Interval>();

/** log x = k log 2 + 2 artanh((z − 1) / (z + 1)) with x = z 2^k and 1/2 ≤ z < 1. Undefined for x ≤ 0. */
export function log(x: bigint, bits: number): Interval | undefined {
  if (x <= 0n) return undefined;
  const guard = 16;
  const work = bits + guard;
  const two = logarithmsOfTwo.get(work) ?? artanh(1n, 3n, work);
  logarithmsOfTwo.set(work, two);
  const length = bitLength(x);
  const unit = 1n << BigInt(length);
  const own = artanh(x - unit, x + unit, work);
  const whole = BigInt(length - bits);
  const ends = [2n * whole * two.low, 2n * whole * two.high];
  const [least, most] = whole < 0n ? [ends[1]!, ends[0]!] : [ends[0]!, ends[1]!];
  return halved(interval(least + 2n * own.low, most + 2n * own.high), guard);
}

/** σ(|x|) = 1 / (1 + e^(−|x|)), and σ(−x) = 1 − σ(x). */
export function sigmoid(x: bigint, bits: number): Interval {
  const one = 1n << BigInt(bits);
  const { low, high } = exp(-size(x), bits)!;
  const positive = interval((one * one) / (one + high), ceilDivide(one * one, one + low));
  return x < 0n ? interval(one - positive.high, one - positive.low) : positive;
}

/** tanh x = 2 σ(2x) − 1. */
export function tanh(x: bigint, bits: number): Interval {
  const one = 1n << BigInt(bits);
  const { low, high } = sigmoid(2n * x, bits);
  return interval(2n * low - one, 2n * high - one);
}
