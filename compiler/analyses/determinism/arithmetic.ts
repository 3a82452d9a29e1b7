// The arithmetic that the gates are read in: which field, and what the range rows check. The analysis takes it as a
// value, so that tests can hold it against all witnesses of a small field.
import { limbOffsets } from '../../constraints/gates.ts';
import { scalarField, type PrimeField } from '../../numbers/field.ts';
import { interval, type Interval } from '../../numbers/interval.ts';

export interface Arithmetic {
  readonly field: PrimeField;
  /** All field elements, read as signed integers. Bounds of a variable about which nothing is known are this object. */
  readonly anything: Interval;
  /** What a 12-bit check admits. */
  readonly limb: Interval;
  /** The first bit of each limb of a 64-bit row; the bits below the first one have no limb. */
  readonly limbOffsets: readonly number[];
}

/** Rows with limbs of that many bits, which start at these bits of a row's value. */
export function arithmeticOf(
  field: PrimeField,
  { limbBits, limbOffsets }: { readonly limbBits: number; readonly limbOffsets: readonly number[] },
): Arithmetic {
  const half = field.modulus >> 1n;
  const limb = interval(0n, (1n << BigInt(limbBits)) - 1n);
  if (limb.high > half) throw new RangeError(`limbs of ${limbBits} bits do not fit the field`);
  return { field, anything: interval(-half, half), limb, limbOffsets };
}

/** What circuits are proved in. */
export const kimchi = arithmeticOf(scalarField, { limbBits: 12, limbOffsets });

/** Whether a 64-bit row gives one value in one way only: 2^64 < p. */
export const rowsFit = ({ field, limb, limbOffsets }: Arithmetic): boolean =>
  (limb.high + 1n) << BigInt(limbOffsets.at(-1)!) <= field.modulus;
