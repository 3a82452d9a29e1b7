// The opening of a leaf, or of a commitment to multipliers: the words and the salt that it is the digest of.
import { packWords } from './words.ts';

export interface Opening {
  /** 64 bits each. */
  readonly words: readonly bigint[];
  /** Absent where the random bits of the words are enough. */
  readonly salt?: bigint;
}

/** The field elements that are absorbed. */
export function elementsOf({ words, salt }: Opening, domain: bigint): bigint[] {
  const packed = packWords(words, domain);
  return salt === undefined ? packed : [...packed, salt];
}
