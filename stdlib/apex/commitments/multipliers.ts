// The commitment c_b of a block: a digest of its multipliers, in ascending order of their entries.
//   compress(words of ν, one each | a salt), with the domain of k above the words of the first element
// Multipliers alone have little entropy: the salt is always there.
import { compress } from '../../../compiler/numbers/poseidon-fast.ts';
import { multiplierFormat, type StepSpec } from '../step/spec.ts';
import { elementsOf, type Opening } from './opening.ts';
import type { Salts } from './salts.ts';
import { wordsOf } from './words.ts';

/** In the first element, above the words: no c_b can be opened as one of another k, or as a leaf. */
export const multiplierDomain = (count: number): bigint => 2n ** 33n + BigInt(count);

/** The opening of c_b. @param multipliers integers of `multiplierFormat`. */
export function multiplierOpening(
  spec: StepSpec,
  multipliers: ArrayLike<number>,
  { words, salt }: Salts,
): Opening {
  if (words.length !== multipliers.length)
    throw new RangeError(`${multipliers.length} multipliers and ${words.length} salts`);
  return { words: wordsOf(multipliers, multiplierFormat(spec), words), salt };
}

/** Field elements that c_b is the digest of. */
export const multiplierElements = (
  spec: StepSpec,
  multipliers: ArrayLike<number>,
  salts: Salts,
): bigint[] =>
  elementsOf(multiplierOpening(spec, multipliers, salts), multiplierDomain(multipliers.length));

export const blockCommitment = (
  spec: StepSpec,
  multipliers: ArrayLike<number>,
  salts: Salts,
): bigint => compress(multiplierElements(spec, multipliers, salts));
