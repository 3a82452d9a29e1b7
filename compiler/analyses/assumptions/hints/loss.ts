// Bounds of the distance between the float64 values of a hint's code and the reals that they stand for. Sums and products of numbers
// with few bits lose nothing.
import { productUp, quotientUp, rootUp, sumUp } from '../../../numbers/upward.ts';

export interface Loss {
  /** 0 where the value is exact. */
  readonly most: number;
  /** An exact value is a multiple of 2^−unit; Infinity where no such unit is known. */
  readonly unit: number;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** A range of values in the reals, and what is lost when they are computed. */
interface Computed {
  readonly real: Range;
  readonly loss: Loss;
}

const mantissa = 2 ** 53;
/** Past it a value can be infinite in float64. */
const largest = 2 ** 1000;
const smallest = 2 ** -1000;

export const exactly = (unit = Infinity): Loss => ({ most: 0, unit });

export function lossOfNumber(x: number): Loss {
  let unit = 0;
  for (let integer = x; Number.isFinite(integer) && !Number.isInteger(integer); integer *= 2)
    unit++;
  return exactly(unit);
}

const sizeOf = ({ low, high }: Range): number => Math.max(Math.abs(low), Math.abs(high));

/** The loss where a value that is off by `most` is rounded. */
function rounded(real: Range, most: number, unit: number): Loss {
  const size = sizeOf(real);
  if (!(size < largest)) return { most: Infinity, unit: Infinity };
  if (most === 0 && unit < 1000 && size * 2 ** unit <= mantissa) return exactly(unit);
  const rounding = productUp(sumUp(size, most), 2 ** -53);
  return { most: sumUp(most, rounding, Number.MIN_VALUE), unit: Infinity };
}

/** A value of an argument, as a float64. */
export const lossOfElement = (real: Range, unit: number): Loss => rounded(real, 0, unit);

export const eitherOf = (a: Loss, b: Loss): Loss => ({
  most: Math.max(a.most, b.most),
  unit: Math.max(a.unit, b.unit),
});

export const lossOfSum = (real: Range, a: Computed, b: Computed): Loss =>
  isNumber(a, 0)
    ? b.loss
    : rounded(real, sumUp(a.loss.most, b.loss.most), Math.max(a.loss.unit, b.loss.unit));

export function lossOfProduct(real: Range, a: Computed, b: Computed): Loss {
  if (isPowerOfTwo(a)) return scaled(real, b.loss, a.real.low);
  if (isPowerOfTwo(b)) return scaled(real, a.loss, b.real.low);
  const off = sumUp(
    productUp(sizeOf(a.real), b.loss.most),
    productUp(sizeOf(b.real), a.loss.most),
    productUp(a.loss.most, b.loss.most),
  );
  return rounded(real, off, a.loss.unit + b.loss.unit);
}

/** |a' / b' − a / b| ≤ (|a' − a| + |a / b| |b' − b|) / |b'| */
export function lossOfQuotient(real: Range, a: Computed, b: Computed): Loss {
  if (isPowerOfTwo(b)) return scaled(real, a.loss, 1 / b.real.low);
  const { low, high } = b.real;
  const least = (low > 0 ? low : high < 0 ? -high : 0) - b.loss.most * (1 + 2 ** -50);
  if (!(least > 0)) return { most: Infinity, unit: Infinity };
  const off = sumUp(a.loss.most, productUp(sizeOf(real), b.loss.most));
  return rounded(real, quotientUp(off, least * (1 - 2 ** -50)), Infinity);
}

export function lossOfRoot(real: Range, { real: of, loss }: Computed): Loss {
  if (loss.most > 0 && !(of.low >= loss.most)) return { most: Infinity, unit: Infinity };
  return rounded(real, rootUp(loss.most), Infinity);
}

const isNumber = ({ real, loss }: Computed, x: number): boolean =>
  loss.most === 0 && real.low === x && real.high === x;

function isPowerOfTwo(value: Computed): boolean {
  const { low } = value.real;
  return (
    isNumber(value, low) &&
    low > smallest &&
    low < largest &&
    2 ** Math.round(Math.log2(low)) === low
  );
}

/** Nothing is rounded where nothing is too small. */
function scaled(real: Range, { most, unit }: Loss, by: number): Loss {
  if (!(sizeOf(real) < largest)) return { most: Infinity, unit: Infinity };
  const scaledUnit = unit - Math.log2(by);
  if (most === 0 && scaledUnit < 1000) return exactly(Math.max(0, scaledUnit));
  return { most: sumUp(productUp(most, by), Number.MIN_VALUE), unit: Infinity };
}
