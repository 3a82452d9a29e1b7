// The equation F(x) = Σ_k a_k x^k = 0 of one element, in integers. With X the integer of x, fraction f, and the integers of a_k,
// fraction f_k,
//
//   2^D F(x) = G(X) = Σ_k c_k X^k,   c_k = a_k · 2^(D − f_k − k f),   D the largest f_k + k f
import { fail } from '../../../diagnostics/diagnostic.ts';
import {
  checkFormat,
  formatInterval,
  fractionOf,
  numeric,
  renderFormat,
  widestBits,
  type Format,
} from '../../../ir/format.ts';
import type { TensorType } from '../../../ir/program.ts';
import { modulus } from '../../../numbers/field.ts';
import {
  bitLength,
  contains,
  interval,
  renderInterval,
  type Interval,
} from '../../../numbers/interval.ts';
import { numericArgument } from '../arguments.ts';
import { broadcastTypes } from '../elementwise.ts';
import type { Call } from '../../op.ts';
import type { Place } from './refusals.ts';

export type Equation = {
  /** The format of x. */
  readonly to: Format;
  /** The box: the root is in [low, high], in units of x's last place. */
  readonly low: bigint;
  readonly high: bigint;
};

export const boxOf = ({ low, high }: Equation): Interval => interval(low, high);

export const placeOf = (op: string, { attributes, result }: Call<Equation>): Place => ({
  op,
  box: boxOf(attributes),
  to: result.format,
});

/** The fraction of F, D. */
export function fractionOfEquation({ arguments: coefficients, result }: Call): number {
  const x = fractionOf(result.format);
  return Math.max(...coefficients.map(({ format }, k) => fractionOf(format) + k * x));
}

/** 2^(D − f_k − k f) for each coefficient. */
export function factorsOf(call: Call): bigint[] {
  const whole = fractionOfEquation(call);
  const x = fractionOf(call.result.format);
  return call.arguments.map(({ format }, k) => 1n << BigInt(whole - fractionOf(format) - k * x));
}

/** Equations of high degrees take long to bound, and reach past the field. */
const mostCoefficients = 13;

/** Throws a LetheError unless the coefficients are at least two numbers, and the box is in the format. */
export function typeOfRoot(
  op: string,
  args: readonly TensorType[],
  { to, low, high }: Equation,
): TensorType {
  if (args.length < 2)
    fail(
      'bad-argument-count',
      `${op} expects the coefficients of 1, x, x² …, at least two; got ${args.length}`,
      'an equation holds the unknown',
    );
  if (args.length > mostCoefficients)
    fail(
      'bad-argument-count',
      `${op} of degree ${args.length - 1}; it takes degrees up to ${mostCoefficients - 1}`,
      'an equation of a lower degree, or several',
    );
  args.forEach((each) => numericArgument(op, each));
  checkFormat(to);
  if (!numeric(to))
    fail(
      'format-mismatch',
      `${op}: a root is a number, not ${renderFormat(to)}`,
      'a format of q(…), u(…) or bit',
    );
  if (low > high || !contains(formatInterval(to), interval(low, high)))
    fail(
      'bad-bounds',
      `${op}: the box ${renderInterval({ low, high })} is no part of ${renderFormat(to)} ${renderInterval(formatInterval(to))}`,
      'the lower end comes first; both are in units of the last place',
    );
  const result = { shape: broadcastTypes(args), format: to };
  const call = { attributes: {}, arguments: args, result, operands: [] };
  if (fractionOfEquation(call) > 4 * widestBits)
    fail('too-wide', `${op}: the equation has ${fractionOfEquation(call)} fractional bits`);
  return result;
}

/** Throws `too-wide` where an equation reaches so far that an integer and its remainder modulo p are not the same. */
export function requireReach(op: string, reach: bigint): void {
  if (2n * reach >= modulus)
    fail(
      'too-wide',
      `${op}: the equation reaches ${bitLength(reach)} bits, past the field`,
      'a format with fewer fractional bits, or coefficients rescaled to fewer',
    );
}

/** `%1 x² − 1`, from the names of the coefficients; numbers are written as numbers. */
export function writeEquation(coefficients: readonly string[]): string {
  const powers = ['', 'x', 'x²', 'x³', 'x⁴', 'x⁵', 'x⁶', 'x⁷', 'x⁸', 'x⁹', 'x¹⁰', 'x¹¹', 'x¹²'];
  const terms = coefficients.flatMap((name, k) => {
    if (name === '0') return [];
    const isOne = (name === '1' || name === '-1') && k > 0;
    return [isOne ? `${name.slice(0, -1)}${powers[k]}` : `${name} ${powers[k]}`.trim()];
  });
  return terms.reverse().join(' + ').replaceAll('+ -', '− ');
}
