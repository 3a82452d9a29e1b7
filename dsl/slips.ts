// Arguments of the wrong kind: TypeScript refuses them, JavaScript, casts and `any` let them through. Each is refused at the
// author's line, with what to write in its place.
import { fail } from '../compiler/diagnostics/diagnostic.ts';
import { fractionOf, renderFormat, type Format } from '../compiler/ir/format.ts';
import type { OpenFormat } from '../compiler/ir/open.ts';
import type { Shape } from '../compiler/ir/shape.ts';
import { authorLine } from './source-line.ts';

/** `mul expects a tensor, got the number 2`, and the cure. */
export const refuse = (expected: string, got: unknown, hint: string): never =>
  fail('wrong-argument', `${expected}, got ${describe(got)}`, hint, authorLine());

const formats = ['fixed', 'bit', 'field', 'digest', 'open'];

export const isFormat = (value: unknown): value is Format | OpenFormat =>
  isObject(value) && 'kind' in value && formats.includes(String(value.kind));

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A tensor of this copy of the library, or of another. */
export const isTensor = (value: unknown): boolean =>
  isObject(value) && 'shape' in value && 'format' in value && 'apply' in value;

/** The unknown of an equation (`c.root`), or a polynomial in it. */
export const isUnknown = (value: unknown): boolean => isObject(value) && 'coefficients' in value;

const isClosed = (format: Format | OpenFormat): format is Format => format.kind !== 'open';

/** The argument in words. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (isTensor(value)) return 'a tensor';
  if (isUnknown(value)) return 'the unknown of an equation';
  if (Array.isArray(value)) return 'a list';
  if (isFormat(value))
    return isClosed(value) ? `the format ${renderFormat(value)}` : 'an open format';
  if (typeof value === 'string') return `the text ${JSON.stringify(value)}`;
  if (typeof value === 'object' || typeof value === 'function')
    return typeof value === 'object' ? 'an object' : 'a function';
  return `the ${typeof value} ${String(value)}`;
}

/** The fewest fractional bits that hold a number exactly, or 12 where 20 are too few. */
export function fractionFor(x: number): number {
  for (let fraction = 0; fraction <= 20; fraction++)
    if (Number.isInteger(x * 2 ** fraction)) return fraction;
  return 12;
}

export const polynomialHint =
  'an equation is a polynomial in its unknown x, by add, sub, mul, scale and neg of x';

export const unknownHint = `put the unknown first: x.mul(v), x.add(v), x.sub(v), or x.neg().add(v) for v - x; ${polynomialHint}`;

/** The cure for an operand that is no tensor; `times` where a number can scale. */
export function operandHint(value: unknown, times = false): string {
  if (isUnknown(value)) return unknownHint;
  if (typeof value === 'number' && times)
    return `x.scale(${value}, { fraction: ${fractionFor(value)} })`;
  if (typeof value === 'number' || Array.isArray(value))
    return 'make it a tensor: c.constant(values, format, shape)';
  if (value === undefined || value === null)
    return 'give it a tensor: a helper function may lack its return';
  return 'give it a tensor';
}

/** The kind of each option that has to be there. */
type Kinds<T> = { readonly [K in keyof T]?: 'number' | 'list' };

/**
 * Refuses what has not these options. `as` writes a call with the options that are meant: the author may have given the first
 * one alone, without its name.
 */
export function requireOptions<T extends object>(
  name: string,
  given: T,
  kinds: Kinds<T>,
  as: (options: string) => string,
): void {
  const keys = Object.entries(kinds) as [keyof T & string, 'number' | 'list'][];
  const expected = `${name} expects { ${keys.map(([key]) => key).join(', ')} }`;
  const [first] = keys;
  const bare = typeof given === 'number' && first![1] === 'number';
  const samples = keys.map(([key, kind], i) =>
    i === 0 && bare ? `${key}: ${String(given)}` : `${key}: ${kind === 'list' ? '[0, 2]' : i}`,
  );
  const hint = as(`{ ${samples.join(', ')} }`);
  const isOther = (value: object): boolean =>
    Array.isArray(value) ||
    isTensor(value) ||
    (isFormat(value) && keys.some(([key]) => !(key in value)));
  if (!isObject(given) || isOther(given)) refuse(expected, given, hint);
  for (const [key, kind] of keys) {
    const value: unknown = given[key];
    const fits = kind === 'list' ? Array.isArray(value) : typeof value === 'number';
    if (!fits) refuse(`${name} expects a ${kind} for ${key}`, value, hint);
  }
}

export function requireFormat(name: string, value: unknown, as: (format: string) => string): void {
  if (isFormat(value)) return;
  const hint = `${as('q(24, 20)')}: bits, sign included, and how many of them are fractional`;
  refuse(`${name} expects a format`, value, hint);
}

export function requireName(name: string, value: unknown, as: (text: string) => string): void {
  if (typeof value !== 'string') refuse(`${name} expects a name`, value, as("'x'"));
}

/** A list of numbers: a shape, an order of axes. */
export function requireList(
  name: string,
  what: string,
  value: Shape,
  as: (list: string) => string,
): void {
  const one = typeof value === 'number' ? `[${String(value)}]` : '[2, 3]';
  if (!Array.isArray(value)) refuse(`${name} expects ${what}, a list of numbers`, value, as(one));
  const wrong = value.find((each: unknown) => typeof each !== 'number');
  if (wrong !== undefined) refuse(`${name} expects ${what}, a list of numbers`, wrong, as(one));
}

/** `q(16, 12)`, as an author writes it. */
export function writeFormat(format: unknown): string {
  if (!isFormat(format) || !isClosed(format)) return 'format';
  if (format.kind !== 'fixed') return format.kind;
  return `${format.signed ? 'q' : 'u'}(${format.bits}, ${fractionOf(format)})`;
}
