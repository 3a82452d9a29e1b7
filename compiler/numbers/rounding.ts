// The one rounding rule of the system, round half up: floor((x + 2^(s−1)) / 2^s).
import { fail } from '../diagnostics/diagnostic.ts';

/** x / 2^shift rounded half up; exact for every integer x. `shift` 0 returns x. */
export function roundShift(x: bigint, shift: number): bigint {
  if (shift === 0) return x;
  const bits = BigInt(shift);
  return (x + (1n << (bits - 1n))) >> bits;
}

/** The integer nearest to a real, halves up. Throws a LetheError `not-finite`. */
export function roundReal(x: number): bigint {
  if (!Number.isFinite(x))
    fail('not-finite', `${x} is not a finite number`, 'it has no fixed-point value');
  return BigInt(roundNumber(x));
}

/** As `roundReal`, for many finite numbers: a number. */
export function roundNumber(x: number): number {
  const below = Math.floor(x);
  return x - below >= 0.5 ? below + 1 : below;
}

/** The integer that stands for the real x with `fraction` fractional bits. */
export function toInteger(x: number, fraction: number): bigint {
  return roundReal(x * 2 ** fraction);
}

/** The real that an integer with `fraction` fractional bits stands for. */
export function toReal(x: bigint, fraction: number): number {
  return Number(x) / 2 ** fraction;
}
