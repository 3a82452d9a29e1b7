// The field of Noir's circuits: BN254's scalar field. It is smaller than kimchi's, so what fits there may not fit here.
import { magnitude, renderInteger, renderInterval, type Interval } from '../../numbers/interval.ts';
import { refuse } from './refusals.ts';

/** The modulus p, about 2^253.6. */
export const bn254 = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n;

/** The field element that stands for an integer: a negative one is p − |x|. */
export const residue = (x: bigint): bigint => ((x % bn254) + bn254) % bn254;

/** Throws `unsupported-by-target` unless every integer of the interval can be told from all others, its sign included. */
export function requireSigned(op: string, interval: Interval): void {
  if (magnitude(interval) >= bn254 >> 1n)
    refuse(
      `${op} can reach ${renderInterval(interval)}, past half of BN254's field`,
      'rescale an operand first',
    );
}

/** Throws `unsupported-by-target` unless integers up to `reach` apart cannot be one field element. */
export function requireReach(op: string, reach: bigint): void {
  if (reach >= bn254)
    refuse(
      `${op} compares integers that may be ${renderInteger(reach)} apart, past BN254's field`,
      'rescale an operand earlier, or narrow its format',
    );
}
