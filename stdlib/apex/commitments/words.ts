// The words that numbers are committed in: 48 bits of numbers above 16 random ones (op `unpack`); and three words to a field
// element, below a constant that says what the digest is of.
import {
  formatInterval,
  numeric,
  type FixedFormat,
  type Format,
} from '../../../compiler/ir/format.ts';
import { limbBits, limbsPerWord } from '../../../compiler/ops/unpack.ts';

/** Random bits below the numbers of each word. */
export const saltBits = 16;

/** Words in a field element, 64 bits each. */
export const wordsPerElement = 3;

/** The format that fills the limbs of a number: the same fractional bits, and a multiple of 12 bits. */
export function limbFormat(format: Format): FixedFormat {
  const fixed = numeric(format)!;
  return { ...fixed, bits: Math.ceil(fixed.bits / limbBits) * limbBits };
}

/**
 * The words of integers of a format of at most 48 bits, one for each salt; what is left of the last words is 0.
 * Throws a RangeError for an integer beyond the format, or one that has no place.
 */
export function wordsOf(
  integers: ArrayLike<number>,
  format: Format,
  salts: ArrayLike<number>,
): bigint[] {
  const wide = limbFormat(format);
  const low = Number(formatInterval(wide).low);
  const digits = wide.bits / limbBits;
  const limbs = new Uint16Array(salts.length * limbsPerWord);
  if (integers.length * digits > limbs.length)
    throw new RangeError(`${integers.length} integers in ${salts.length} words`);
  for (let i = 0; i < integers.length; i++) {
    let rest = integers[i]! - low;
    for (let k = 0; k < digits; k++) {
      limbs[i * digits + k] = rest % 2 ** limbBits;
      rest = Math.floor(rest / 2 ** limbBits);
    }
    if (rest !== 0 || !Number.isInteger(integers[i]))
      throw new RangeError(`${integers[i]} does not fit ${wide.bits} bits`);
  }
  return Array.from(salts, (salt, word) => wordOf(limbs, word * limbsPerWord, salt));
}

/** salt + Σ limb_k · 2^(16 + 12k), in two halves: bigints are slow. */
function wordOf(limbs: Uint16Array, at: number, salt: number): bigint {
  const [a, b, c, d] = [limbs[at]!, limbs[at + 1]!, limbs[at + 2]!, limbs[at + 3]!];
  halves[0] = salt | (a << 16) | (b << 28);
  halves[1] = (b >> 4) | (c << 8) | (d << 20);
  return wholes[0]!;
}

const halves = new Uint32Array(2);
const wholes = new BigUint64Array(halves.buffer);

/** Words in field elements, three to one, as `Tensor.pack` fills them; the domain stands above the first three. */
export function packWords(words: readonly bigint[], domain: bigint): bigint[] {
  return Array.from({ length: Math.ceil(words.length / wordsPerElement) }, (_, i) => {
    const [a = 0n, b = 0n, c = 0n] = words.slice(i * wordsPerElement, (i + 1) * wordsPerElement);
    return a + (b << 64n) + (c << 128n) + (i === 0 ? domain << 192n : 0n);
  });
}
