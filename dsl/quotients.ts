// Quotients and square roots: equations of one root, forced to one number, in a format that loses little where none is given.
import { fail } from '../compiler/diagnostics/diagnostic.ts';
import {
  formatInterval,
  fractionOf,
  isOpaque,
  maxFraction,
  narrowestFormat,
  renderFormat,
  type Format,
} from '../compiler/ir/format.ts';
import type { OpenFormat } from '../compiler/ir/open.ts';
import { interval, magnitude, type Interval } from '../compiler/numbers/interval.ts';
import { toReal } from '../compiler/numbers/rounding.ts';
import { fractionFor, isFormat, isTensor, refuse, requireFormat, writeFormat } from './slips.ts';
import { authorLine } from './source-line.ts';
import type { Operand, Tensor } from './tensor.ts';

export interface QuotientOptions {
  /** The result's format, which must hold all results. */
  readonly format?: Format | OpenFormat;
  /**
   * The result's fractional bits; its width follows from the operands' ranges. Left out, as `format` is, the last place is no larger
   * than what the operands' last places move the result by, in at most 40 bits.
   */
  readonly fraction?: number;
}

/** Bits of a format that the compiler chooses, at most. */
const mostBits = 40;

/** Real numbers that are in an interval. */
interface Reals {
  readonly low: number;
  readonly high: number;
}

/** a / b: the root of b x − a. */
export function div(a: Tensor, divisor: Operand, options: QuotientOptions): Tensor {
  if (typeof divisor !== 'number' && !isTensor(divisor))
    refuse('div expects a tensor or a number', divisor, 'a.div(b)');
  const b = typeof divisor === 'number' ? number(a, divisor) : divisor;
  requireNumbers('div', a);
  const [y, x] = [reciprocalsOf('div', b), a.range];
  const values = hullOf([x.low, x.high].flatMap((p) => [p * y.low, p * y.high]));
  const [most, own] = [exponent(b.range), exponent(x)];
  const fraction = Math.max(fractionOf(a.format) + most, fractionOf(b.format) + 2 * most - own);
  const format = formatFor('div', a, values, fraction, options);
  return forced([a.neg(), b], format);
}

/** 1 / b: the root of b x − 1. */
export function reciprocal(b: Tensor, options: QuotientOptions): Tensor {
  const values = reciprocalsOf('reciprocal', b);
  const fraction = fractionOf(b.format) + 2 * exponent(b.range);
  const format = formatFor('reciprocal', b, values, fraction, options);
  return forced([number(b, -1), b], format);
}

/** √v, rounded down, so that that of 0 is 0: the root of x² − v. */
export function sqrt(v: Tensor, options: QuotientOptions): Tensor {
  requireNumbers('sqrt', v);
  const { low, high } = v.range;
  if (low < 0)
    fail(
      'no-root',
      `sqrt: the number can be negative: it is in [${low}, ${high}]`,
      'assert that it is not: v.assertWithin({ low: 0, high }), or take v.max(0)',
      authorLine(),
    );
  const fraction = fractionOf(v.format) + 2 + Math.ceil(exponent({ low, high }) / 2);
  const values = { low: 0, high: Math.sqrt(high) };
  const format = formatFor('sqrt', v, values, fraction, options);
  return forced([v.neg(), number(v, 0), number(v, 1)], format, { low: 0n, rounding: 'down' });
}

/** 1 / √v: the root of v x² − 1. */
export function rsqrt(v: Tensor, options: QuotientOptions): Tensor {
  requireNumbers('rsqrt', v);
  const y = v.range;
  if (y.low <= 0)
    fail(
      'no-root',
      `rsqrt: the number can be 0 or negative: it is in [${y.low}, ${y.high}]`,
      'assert a range above 0 first: v.assertWithin({ low: 0.25, high: 8 }), or add a constant: v.add(0.25)',
      authorLine(),
    );
  const fraction = fractionOf(v.format) + 1 + Math.ceil(1.5 * exponent(y));
  const values = hullOf([1 / Math.sqrt(y.high), 1 / Math.sqrt(y.low)]);
  const format = formatFor('rsqrt', v, values, fraction, options);
  return forced([number(v, -1), number(v, 0), v], format, { low: 1n });
}

function forced(
  [first, ...others]: readonly Tensor[],
  to: Format,
  { low, rounding = 'nearest' }: { low?: bigint; rounding?: string } = {},
): Tensor {
  const box = formatInterval(to);
  return first!.apply('root', others, { to, low: low ?? box.low, high: box.high, rounding });
}

const number = (like: Tensor, value: number): Tensor =>
  like.numberLike(value, fractionFor(value), {});

/** A list may be too long to be the arguments of a call. */
const hullOf = (values: readonly number[]): Reals => ({
  low: values.reduce((a, b) => Math.min(a, b)),
  high: values.reduce((a, b) => Math.max(a, b)),
});

/** The real numbers that the integers of each element stand for. */
function realElements(x: Tensor): Reals[] {
  const fraction = fractionOf(x.format);
  return x
    .intervals()
    .map(({ low, high }) => ({ low: toReal(low, fraction), high: toReal(high, fraction) }));
}

/** The whole number n with 2^(n − 1) < |x| ≤ 2^n for the largest x. */
const exponent = ({ low, high }: Reals): number =>
  Math.ceil(Math.log2(Math.max(Math.abs(low), Math.abs(high), Number.MIN_VALUE)));

function requireNumbers(name: string, x: Tensor): void {
  if (isOpaque(x.format))
    fail(
      'format-mismatch',
      `${name} expects numbers, got ${renderFormat(x.format)}`,
      'an opaque value can be packed, hashed or exposed',
      authorLine(),
    );
}

/** The reciprocals of a tensor of which no element can be 0. */
function reciprocalsOf(name: string, b: Tensor): Reals {
  requireNumbers(name, b);
  const known = b.range;
  if (known.low === 0 && known.high === 0)
    fail('no-root', `${name}: the divisor is 0`, 'a divisor that is not 0', authorLine());
  const elements = realElements(b);
  if (elements.some(({ low, high }) => low <= 0 && high >= 0))
    fail(
      'no-root',
      `${name}: the divisor can be 0: it is in [${known.low}, ${known.high}]`,
      'assert a range without 0 first: b.assertWithin({ low: 0.25, high: 8 }); or keep it off 0: b.add(0.25), b.max(0.25)',
      authorLine(),
    );
  return hullOf(elements.flatMap(({ low, high }) => [1 / low, 1 / high]));
}

/** The format that is given, or the narrowest one of so many fractional bits that holds the values. */
function formatFor(
  name: string,
  like: Tensor,
  { low, high }: Reals,
  fraction: number,
  options: QuotientOptions,
): Format {
  if (typeof options !== 'object' || options === null || isFormat(options))
    refuse(
      `${name} expects { format }`,
      options,
      `${name}(…, { format: ${writeFormat(options)} }), or nothing: then the compiler chooses a format`,
    );
  const { format, fraction: given } = options;
  if (format !== undefined) {
    requireFormat(name, format, (each) => `${name}(…, { format: ${each} })`);
    const to = like.formatOf(format);
    if (!isOpaque(to)) requireHeld(name, { low, high }, to);
    return to;
  }
  if (given !== undefined && !(Number.isSafeInteger(given) && given >= 0 && given <= maxFraction))
    fail(
      'bad-format',
      `${name}: ${given} fractional bits`,
      `a whole number from 0 to ${maxFraction}`,
      authorLine(),
    );
  const whole = Math.max(1, exponent({ low, high }) + (low < 0 ? 1 : 0));
  const chosen = given ?? Math.max(0, Math.min(fraction, mostBits - whole));
  return narrowestFormat(around({ low, high }, chosen), chosen);
}

/** Throws `no-root` where results are more than a last place outside of the format. The op decides about the others. */
function requireHeld(name: string, values: Reals, to: Format): void {
  const fraction = fractionOf(to);
  const [own, place] = [formatInterval(to), 2 ** -fraction];
  const [low, high] = [toReal(own.low, fraction), toReal(own.high, fraction)];
  if (values.low >= low - place && values.high <= high + place) return;
  const result = values.high > high + place ? values.high : values.low;
  const wider = writeFormat(narrowestFormat(around(values, fraction), fraction));
  fail(
    'no-root',
    `${name}: the result can be ${Number(result.toPrecision(6))}, and ${renderFormat(to)} holds ${low} to ${high}`,
    `a format that holds it: ${wider}; or operands in narrower ranges: x.assertWithin({ low, high })`,
    authorLine(),
  );
}

/** One last place around the values, which float64 has rounded. */
function around({ low, high }: Reals, fraction: number): Interval {
  const [first, last] = [Math.floor(low * 2 ** fraction), Math.ceil(high * 2 ** fraction)];
  const size = magnitude(interval(BigInt(first), BigInt(last)));
  // Past 2^53 last places float64 rounds by more than one.
  const spare = 1n + (size >> 50n);
  const wide = interval(BigInt(first) - spare, BigInt(last) + spare);
  return low >= 0 && wide.low < 0n ? interval(0n, wide.high) : wide;
}
