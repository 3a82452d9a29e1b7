// Leaves and commitments of blocks with random numbers.
import { seededUniform } from '../../../../stdlib/apex/explore/seeded.ts';
import type { LeafSalt } from '../../../../stdlib/apex/commitments/salts.ts';
import { makeSpec, type StepSpec } from '../../../../stdlib/apex/step/spec.ts';

export const specOf = (size: number): StepSpec =>
  makeSpec({ size, weightBits: 24, weightRange: 4 });

export const sizes = [8, 16, 24, 32, 40, 48, 56, 64];

export interface LeafParts {
  readonly weight: number;
  readonly root: Int16Array;
}

export function leafParts(length: number, seed: number): LeafParts {
  const next = seededUniform(seed);
  const root = Int16Array.from({ length }, () => Math.floor(4096 * next()) - 2048);
  return { weight: Math.floor(2 ** 24 * next()) - 2 ** 23, root };
}

/** Salts with one random bit flipped: bits of the words, then of the element. */
export function flipped({ words, salt }: LeafSalt, bit: number): LeafSalt {
  const own = Uint16Array.from(words);
  const inWords = 16 * words.length;
  if (bit >= inWords) return { words: own, salt: salt ^ (1n << BigInt(bit - inWords)) };
  own[Math.floor(bit / 16)]! ^= 1 << (bit % 16);
  return { words: own, salt };
}

/**
 * Random bits that change the elements of a digest when they are flipped; counted up to 128. `digest` is called for one bit of
 * each element: all of them are absorbed.
 */
export function randomBits(
  salts: LeafSalt,
  elements: (salts: LeafSalt) => readonly bigint[],
  digest?: (salts: LeafSalt) => bigint,
): number {
  const known = elements(salts);
  const seen = new Set<number>();
  let count = 0;
  for (let bit = 0; bit < 16 * salts.words.length + 248; bit++) {
    if (count >= 128 && (!digest || seen.size === known.length)) break;
    const other = flipped(salts, bit);
    const changed = elements(other).findIndex((each, i) => each !== known[i]);
    if (changed < 0) continue;
    if (digest && !seen.has(changed) && digest(other) === digest(salts)) continue;
    seen.add(changed);
    count++;
  }
  return count;
}
