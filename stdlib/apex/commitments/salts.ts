// Random bits of commitments: 16 for each word, and a field element of 248 where the words alone have too few. Those of
// leaves come from one secret seed:
//   64 bytes for each position, AES-256 in counter mode from block 4 · position on: two bytes a word from byte 0 on
//   (little-endian), the element in bytes 33 … 63 (big-endian). Leaves of at most 6 words absorb the element; leaves of 7 words
//   absorb its last 64 bits as a random word. Their other bytes end before it
import { createCipheriv, randomBytes } from 'node:crypto';
import { saltBits, wordsPerElement } from './words.ts';

export interface Salts {
  /** 16 bits each. */
  readonly words: ArrayLike<number>;
  /** 248 bits. */
  readonly salt: bigint;
}

export interface LeafSalt extends Salts {
  readonly words: Uint16Array;
}

/** Random bits that every commitment has at least. */
export const leastSaltBits = 128;

/**
 * The blinding beside so many words, so that there are enough random bits: an element, which takes no row by itself; or a word, which
 * takes one, where the element would take a permutation more.
 */
export function blindingOf(words: number): 'none' | 'element' | 'word' {
  if (saltBits * words >= leastSaltBits) return 'none';
  return words <= 2 * wordsPerElement ? 'element' : 'word';
}

export const seedLength = 32;

const bytesEach = 64;
const cipherBlock = 16;
const elementAt = 33;

/** The salts of leaves by position. */
export class LeafSalts {
  /** A new seed for each registration. Throws a RangeError unless it has 32 bytes. */
  constructor(private readonly seed: Uint8Array) {
    if (seed.length !== seedLength) throw new RangeError(`a seed of ${seed.length} bytes`);
  }

  of = (position: number, words: number): LeafSalt => this.run(position, 1).of(position, words);

  /** The salts of consecutive positions, made at once. */
  run(first: number, count: number): { of(position: number, words: number): LeafSalt } {
    const counter = Buffer.alloc(cipherBlock);
    counter.writeBigUInt64BE(BigInt(first) * BigInt(bytesEach / cipherBlock), 8);
    const stream = createCipheriv('aes-256-ctr', this.seed, counter).update(
      Buffer.alloc(count * bytesEach),
    );
    return {
      of(position, words) {
        if (!(position >= first && position < first + count))
          throw new RangeError(`position ${position} of ${first} … ${first + count - 1}`);
        const at = (position - first) * bytesEach;
        return readSalts(stream.subarray(at, at + bytesEach), words);
      },
    };
  }
}

/** Fresh ones, of so many words. */
export function randomSalts(words: number): LeafSalt {
  const bytes = randomBytes(2 * words + bytesEach - elementAt);
  return { words: wordSalts(bytes, words), salt: elementOf(bytes.subarray(2 * words)) };
}

const readSalts = (bytes: Buffer, words: number): LeafSalt => ({
  words: wordSalts(bytes, words),
  salt: blindingOf(words) !== 'none' ? elementOf(bytes.subarray(elementAt)) : 0n,
});

const wordSalts = (bytes: Buffer, words: number): Uint16Array =>
  Uint16Array.from({ length: words }, (_, word) => bytes.readUInt16LE(2 * word));

const elementOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
