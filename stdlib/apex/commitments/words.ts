// The words that numbers of a block are committed in: 48 bits of numbers above 16 random ones (op `unpack`).
import { limbOffsets } from '../../../compiler/constraints/gates.ts';
import {
  formatInterval,
  numeric,
  type FixedFormat,
  type Format,
} from '../../../compiler/ir/format.ts';
import { limbBits, limbsPerWord, wordsFor } from '../../../compiler/ops/unpack.ts';
import { forms, type StepSpec } from '../forms/index.ts';

/** Random bits below the numbers of each word. */
export const saltBits = 16;

/** Of a block's curvature: with 8 words there are 128 random bits at least, which hide what the tree shows. */
const leastWords = 128 / saltBits;

/** The format that fills the limbs of a number: the same fractional bits, and a multiple of 12 bits. */
export function limbFormat(format: Format): FixedFormat {
  const fixed = numeric(format)!;
  return { ...fixed, bits: Math.ceil(fixed.bits / limbBits) * limbBits };
}

export const weightWords = ({ size, formats }: StepSpec): number =>
  wordsFor(size, limbFormat(formats.weights).bits);

export const curvatureWords = (spec: StepSpec): number =>
  Math.max(
    leastWords,
    wordsFor(forms[spec.form].curvatureLength(spec), limbFormat(spec.formats.curvature).bits),
  );

/** The words of integers of a format, one for each salt; what is left of the last words is 0. */
export function wordsOf(
  integers: ArrayLike<number>,
  format: Format,
  salts: ArrayLike<number>,
): bigint[] {
  const wide = limbFormat(format);
  const { low } = formatInterval(wide);
  const digits = wide.bits / limbBits;
  const limbs = new Array<bigint>(salts.length * limbsPerWord).fill(0n);
  for (let i = 0; i < integers.length; i++) {
    let rest = BigInt(integers[i]!) - low;
    for (let k = 0; k < digits; k++, rest >>= BigInt(limbBits))
      limbs[i * digits + k] = rest & BigInt(2 ** limbBits - 1);
  }
  return Array.from(salts, (salt, word) =>
    limbs
      .slice(word * limbsPerWord, (word + 1) * limbsPerWord)
      .reduce((sum, limb, k) => sum + (limb << BigInt(limbOffsets[k]!)), BigInt(salt)),
  );
}

/** Words in field elements, three to one, as `Tensor.pack` fills them. */
export function packWords(words: readonly bigint[]): bigint[] {
  const lanes = Math.floor(254 / 64);
  return Array.from({ length: Math.ceil(words.length / lanes) }, (_, i) =>
    words
      .slice(i * lanes, (i + 1) * lanes)
      .reduce((sum, word, lane) => sum + (word << BigInt(64 * lane)), 0n),
  );
}
