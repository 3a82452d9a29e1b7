// Checks and types that several ops share. Each names what was expected and what came.
import { fail } from '../../diagnostics/diagnostic.ts';
import {
  formatInterval,
  fractionOf,
  narrowestFormat,
  numeric,
  widestBits,
  type FixedFormat,
  type Format,
} from '../../ir/format.ts';
import { renderType, type TensorType } from '../../ir/program.ts';
import { sizeOf, type Shape } from '../../ir/shape.ts';
import { magnitude, type Interval } from '../../numbers/interval.ts';
import { productUp, realUp, sumUp } from '../../numbers/upward.ts';
import type { Accuracy } from '../op.ts';

/** The argument's format as a number. Throws `format-mismatch` for opaque values. */
export function numericArgument(op: string, type: TensorType): FixedFormat {
  return (
    numeric(type.format) ??
    fail(
      'format-mismatch',
      `${op} expects a number, got ${renderType(type)}`,
      'an opaque value can be packed, hashed or exposed',
    )
  );
}

/** Throws `format-mismatch` unless the fractional bits are equal. */
export function sameFraction(op: string, a: TensorType, b: TensorType): number {
  const [x, y] = [numericArgument(op, a), numericArgument(op, b)];
  if (x.fraction !== y.fraction)
    fail(
      'format-mismatch',
      `${op} expects equal fractional bits, got ${renderType(a)} and ${renderType(b)}`,
      'align one of them (exact) or rescale the finer one (rounds)',
    );
  return x.fraction;
}

/** The narrowest format of an interval. Throws `too-wide` when it does not fit the field. */
function formatOf(op: string, interval: Interval, fraction: number): Format {
  const format = narrowestFormat(interval, fraction);
  if (format.bits > widestBits)
    fail(
      'too-wide',
      `${op} would need ${format.bits} bits; the field holds ${widestBits}`,
      'rescale an operand first',
    );
  return format;
}

export const arithmeticType = (
  op: string,
  shape: Shape,
  interval: Interval,
  fraction: number,
): TensorType => ({ shape, format: formatOf(op, interval, fraction) });

export const intervalOf = ({ format }: TensorType): Interval => formatInterval(format);

/** The interval of a format, for every element. */
export const declaredRange = ({ shape, format }: TensorType): Interval[] =>
  new Array<Interval>(sizeOf(shape)).fill(formatInterval(format));

/** No element of an exact or opaque result has an error. */
export const noError = ({ shape }: TensorType): number[] =>
  new Array<number>(sizeOf(shape)).fill(0);

/** The largest absolute real value that an element's integers stand for. */
export function realMagnitude({ interval }: Accuracy, type: TensorType): number {
  return realUp(magnitude(interval), fractionOf(type.format));
}

/** The largest absolute real value of a format. */
export const formatReach = (format: Format): number =>
  realUp(magnitude(formatInterval(format)), fractionOf(format));

/** |ab − a'b'| ≤ |a| e_b + |b| e_a + e_a e_b, for elements within their errors. */
export function productError(
  [a, b]: readonly [Accuracy, Accuracy],
  [x, y]: readonly [TensorType, TensorType],
): number {
  if (a.error === 0 && b.error === 0) return 0;
  return sumUp(
    productUp(realMagnitude(a, x), b.error),
    productUp(realMagnitude(b, y), a.error),
    productUp(a.error, b.error),
  );
}

/** Throws `bad-argument-count`. */
export function countArguments(op: string, args: readonly unknown[], count: number): void {
  if (args.length !== count)
    fail(
      'bad-argument-count',
      `${op} expects ${count} arguments, got ${args.length}`,
      count === 0 ? 'remove them' : 'name the values that it works on, in their order',
    );
}
