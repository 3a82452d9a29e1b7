// The constants of a template, exactly: a decimal literal is its decimal, an interpolated number its float64 value.

export interface Rational {
  readonly numerator: bigint;
  /** Positive; the fraction is in lowest terms. */
  readonly denominator: bigint;
}

/** A factor or a term m / 2^s has |m| below 2^40: past that a number is taken for one that was rounded, such as ${0.1}. */
const significantBits = 40n;

function rational(numerator: bigint, denominator: bigint): Rational {
  const divisor = gcd(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

export const whole = (x: bigint): Rational => rational(x, 1n);

/** No format has more fractional bits. */
const mostFractionalBits = 252;

/** `12`, `0.5`, `1.5e-3`; undefined for an exponent that a float64 would not have, of which no number is made. */
export function ofDecimal(text: string): Rational | undefined {
  const [mantissa, exponent = '0'] = text.toLowerCase().split('e');
  const [integer, decimals = ''] = mantissa!.split('.');
  if (Math.abs(Number(exponent)) > 308) return undefined;
  const power = Number(exponent) - decimals.length;
  const digits = BigInt(`${integer}${decimals}`);
  return power < 0 ? rational(digits, 10n ** BigInt(-power)) : whole(digits * 10n ** BigInt(power));
}

/** The exact value of a finite float64. */
export function ofNumber(x: number): Rational {
  let [scaled, shift] = [x, 0n];
  for (; !Number.isInteger(scaled); shift++) scaled *= 2;
  return rational(BigInt(scaled), 1n << shift);
}

export const plus = (a: Rational, b: Rational): Rational =>
  rational(
    a.numerator * b.denominator + b.numerator * a.denominator,
    a.denominator * b.denominator,
  );

export const times = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator);

/** 1 / a, for a that is not 0. */
export const inverse = ({ numerator, denominator }: Rational): Rational =>
  numerator < 0n ? rational(-denominator, -numerator) : rational(denominator, numerator);

export const isZero = ({ numerator }: Rational): boolean => numerator === 0n;

export const negated = (a: Rational): Rational => rational(-a.numerator, a.denominator);

export const isOne = (a: Rational): boolean => a.numerator === 1n && a.denominator === 1n;

/** Fractional bits s of the exact value, for m / 2^s with few bits in m that a format can hold; else undefined. */
export function exactFraction({ numerator, denominator }: Rational): number | undefined {
  const fraction = denominator.toString(2).length - 1;
  if (denominator !== 1n << BigInt(fraction) || fraction > mostFractionalBits) return undefined;
  let odd = numerator < 0n ? -numerator : numerator;
  while (odd > 0n && odd % 2n === 0n) odd /= 2n;
  return odd < 1n << significantBits ? fraction : undefined;
}

/** Exact where `exactFraction` is. A denominator past float64's is divided by in two steps. */
export function toNumber({ numerator, denominator }: Rational): number {
  const excess = Math.max(0, denominator.toString(2).length - 1000);
  return Number(numerator) / Number(denominator >> BigInt(excess)) / 2 ** excess;
}

/** ⌊a · 2^fraction⌋. */
export function floorAt({ numerator, denominator }: Rational, fraction: number): bigint {
  const scaled = numerator << BigInt(fraction);
  const quotient = scaled / denominator;
  return scaled < 0n && quotient * denominator !== scaled ? quotient - 1n : quotient;
}

/** ⌈a · 2^fraction⌉. */
export const ceilingAt = (a: Rational, fraction: number): bigint => -floorAt(negated(a), fraction);
