// Constants that were rounded: an op keeps the numbers as they were written in one of two attributes. With `written` the rounded
// number is meant, and the attribute is a note to the reader. With `real` the written one is meant, and the distance is an error.
import { fail } from '../../diagnostics/diagnostic.ts';
import { toInteger } from '../../numbers/rounding.ts';
import { distanceUp } from '../../numbers/upward.ts';
import type { RoundedConstants } from '../op.ts';

/** Numbers as written, the integers that they were rounded to, and the fractional bits of those. */
export interface Rounded {
  readonly written?: readonly number[] | undefined;
  readonly real?: readonly number[] | undefined;
  readonly integers: readonly bigint[];
  readonly fraction: number;
}

/** Throws `wrong-constant` where a number is not rounded to its integer. */
export function checkRounded(op: string, { written, real, integers, fraction }: Rounded): void {
  if (written && real)
    fail(
      'wrong-constant',
      `${op}: "written" and "real" exclude each other`,
      '"real" is what is meant, "written" a note',
    );
  const given = written ?? real;
  if (!given) return;
  const matches = given.every((each, i) => toInteger(each, fraction) === integers[i]);
  if (given.length !== integers.length || !matches)
    fail(
      'wrong-constant',
      `${op}: the numbers as written are not rounded to the integers beside them`,
      'the integer of x is the one nearest to x · 2^fraction, halves up',
    );
}

/** For each constant a bound of its distance to the number that is meant. */
export const meantDistances = ({ real, integers, fraction }: Rounded): number[] =>
  integers.map((integer, i) => (real ? distanceUp(real[i]!, integer, fraction) : 0));

/** Undefined where the numbers are what was written. */
export function roundedConstants({
  written,
  real,
  integers,
  fraction,
}: Rounded): RoundedConstants | undefined {
  const given = real ?? written;
  if (!given) return undefined;
  const distances = given.map((each, i) => distanceUp(each, integers[i]!, fraction));
  return { counted: real !== undefined, written: given, distances };
}
