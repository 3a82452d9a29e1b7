// Number formats: what an integer in the circuit stands for, and the interval it must lie in.
import { fail } from '../diagnostics/diagnostic.ts';
import { modulus } from '../numbers/field.ts';
import { bitLength, interval, type Interval } from '../numbers/interval.ts';

/** Fixed point: an integer x of `bits` bits (sign included) stands for x / 2^fraction. */
export interface FixedFormat {
  readonly kind: 'fixed';
  readonly signed: boolean;
  readonly bits: number;
  readonly fraction: number;
}

/** A bit stands for 0 or 1; `field` and `digest` are opaque field elements without a real meaning. */
export type Format = FixedFormat | { readonly kind: 'bit' | 'field' | 'digest' };

/** The widest fixed format: every value and every difference of two stays below p/2. */
export const widestBits = 252;

/** More fractional bits than any use; a real times 2^maxFraction is still a float64. */
export const maxFraction = 1000;

export const bit: Format = { kind: 'bit' };
export const field: Format = { kind: 'field' };
export const digest: Format = { kind: 'digest' };

/** Signed fixed point `q bits.fraction`, e.g. q(24, 20) holds [−8, 8) in steps of 2^−20. */
export function q(bits: number, fraction: number): FixedFormat {
  return fixedFormat(true, bits, fraction);
}

/** Unsigned fixed point `u bits.fraction`, e.g. u(12, 0) holds 0 … 4095. */
export function u(bits: number, fraction: number): FixedFormat {
  return fixedFormat(false, bits, fraction);
}

function fixedFormat(signed: boolean, bits: number, fraction: number): FixedFormat {
  const name = `${signed ? 'q' : 'u'}(${bits}, ${fraction})`;
  if (!Number.isSafeInteger(bits) || bits < 1 || bits > widestBits)
    fail('bad-format', `${name}: a format has 1 to ${widestBits} bits`, 'q(bits, fraction)');
  if (!Number.isSafeInteger(fraction) || fraction < 0 || fraction > maxFraction)
    fail(
      'bad-format',
      `${name}: fractional bits are a whole number from 0 to ${maxFraction}`,
      'q(bits, fraction)',
    );
  return { kind: 'fixed', signed, bits, fraction };
}

/** The format as arithmetic sees it: a bit is u1.0; undefined for opaque formats. */
export function numeric(format: Format): FixedFormat | undefined {
  if (format.kind === 'fixed') return format;
  return format.kind === 'bit' ? { kind: 'fixed', signed: false, bits: 1, fraction: 0 } : undefined;
}

/** Throws `bad-format` for what is no format; files in JavaScript and texts are not type-checked. */
export function checkFormat(format: Format): void {
  const kinds = ['fixed', 'bit', 'field', 'digest'];
  if (typeof format !== 'object' || format === null || !kinds.includes(format.kind))
    fail(
      'bad-format',
      `${JSON.stringify(format)} is not a format`,
      'q(24, 20), u(12, 0), bit, field or digest',
    );
  if (format.kind === 'fixed') fixedFormat(format.signed, format.bits, format.fraction);
}

export const isOpaque = (format: Format): boolean => numeric(format) === undefined;

/** Fractional bits; 0 for bits and opaque formats. */
export const fractionOf = (format: Format): number => numeric(format)?.fraction ?? 0;

/** The integers that a format admits. */
export function formatInterval(format: Format): Interval {
  const fixed = numeric(format);
  if (!fixed) return interval(0n, modulus - 1n);
  const span = 1n << BigInt(fixed.signed ? fixed.bits - 1 : fixed.bits);
  return interval(fixed.signed ? -span : 0n, span - 1n);
}

/** The format of fewest bits that holds the interval. */
export function narrowestFormat({ low, high }: Interval, fraction: number): FixedFormat {
  const signed = low < 0n;
  const positive = high > 0n ? bitLength(high) : 0;
  const bits = signed ? Math.max(positive, bitLength(-low - 1n)) + 1 : Math.max(positive, 1);
  return { kind: 'fixed', signed, bits, fraction };
}

export function sameFormat(a: Format, b: Format): boolean {
  return renderFormat(a) === renderFormat(b);
}

/** The inverse of `renderFormat`; undefined for other words. Sizes are `checkFormat`'s. */
export function readFormat(word: string): Format | undefined {
  if (word === 'bit' || word === 'field' || word === 'digest') return { kind: word };
  const [, sign, bits, fraction] = /^([qu])(\d+)\.(\d+)$/.exec(word) ?? [];
  if (sign === undefined) return undefined;
  return { kind: 'fixed', signed: sign === 'q', bits: Number(bits), fraction: Number(fraction) };
}

/** `q24.20`, `u12.0`, `bit`, `field`, `digest`. */
export function renderFormat(format: Format): string {
  if (format.kind !== 'fixed') return format.kind;
  return `${format.signed ? 'q' : 'u'}${format.bits}.${format.fraction}`;
}
