// The leaf of one weight: a digest of its column of R and of the weight, as the circuit makes it.
//   compress(words of R_{0 … len−1, i} | word of θ_i | a random word or element where the words have too few random bits),
//   with the domain of the length above the words of the first element
import { compress } from '../../../compiler/numbers/poseidon-fast.ts';
import { limbsPerWord } from '../../../compiler/ops/unpack.ts';
import { rootFormat, type StepSpec } from '../step/spec.ts';
import { elementsOf, type Opening } from './opening.ts';
import { blindingOf, type LeafSalt } from './salts.ts';
import { wordsOf } from './words.ts';

/** In the first element, above the words: no leaf can be opened as one of another length, or as a c_b. */
export const leafDomain = (length: number): bigint => 2n ** 32n + BigInt(length);

/** Words of a column of so many entries, a multiple of four. */
export const rootWords = (length: number): number => length / limbsPerWord;

/** Words with numbers: of a column and its weight. */
export const columnWords = (length: number): number => rootWords(length) + 1;

/** Words of a leaf: those, and a random one where that is the cheapest way to hide it. */
export const leafWords = (length: number): number =>
  columnWords(length) + (blindingOf(columnWords(length)) === 'word' ? 1 : 0);

/** Whether an element of random bits is absorbed beside the words. */
export const hasSalt = (length: number): boolean => blindingOf(columnWords(length)) === 'element';

/** The opening of the leaf. @param root the `length` entries of the column. */
export function columnOpening(
  spec: StepSpec,
  length: number,
  weight: number,
  root: ArrayLike<number>,
  { words, salt }: LeafSalt,
): Opening {
  const own = rootWords(length);
  if (root.length !== length || words.length !== own + 1)
    throw new RangeError(`${root.length} entries and ${words.length} salts, length ${length}`);
  const numbers = [
    ...wordsOf(root, rootFormat, words.subarray(0, own)),
    ...wordsOf([weight], spec.weights, words.subarray(own)),
  ];
  switch (blindingOf(own + 1)) {
    case 'none':
      return { words: numbers };
    case 'word':
      return { words: [...numbers, BigInt.asUintN(64, salt)] };
    case 'element':
      return { words: numbers, salt };
  }
}

/** Field elements that the leaf is the digest of. */
export const columnElements = (
  spec: StepSpec,
  length: number,
  weight: number,
  root: ArrayLike<number>,
  salts: LeafSalt,
): bigint[] => elementsOf(columnOpening(spec, length, weight, root, salts), leafDomain(length));

export const columnLeaf = (
  spec: StepSpec,
  length: number,
  weight: number,
  root: ArrayLike<number>,
  salts: LeafSalt,
): bigint => compress(columnElements(spec, length, weight, root, salts));
