// unpack: numbers out of words of 64 bits. Each word has 16 bits of its own, then four limbs of 12 bits; the limbs of all words
// of a row, in order, are the digits of its numbers, lowest first, as distances from the low end of their format. Limbs
// past the last number, and the 16 bits below each word's limbs, are the committing party's: a salt.
//
// Costs no rows: a word's range check shows its limbs (kimchi's RangeCheck0).
import { fail } from '../diagnostics/diagnostic.ts';
import { linear, offset } from '../constraints/expression.ts';
import { limbOffsets } from '../constraints/gates.ts';
import { checkFormat, formatInterval, numeric, type Format } from '../ir/format.ts';
import { renderType } from '../ir/program.ts';
import { checkAxis, sizeOf } from '../ir/shape.ts';
import { toReal } from '../numbers/rounding.ts';
import { countArguments, declaredRange } from './shared/arguments.ts';
import { defineOp, type Call } from './op.ts';
import { limbForm } from './shared/work.ts';

type Attributes = {
  /** The numbers' format, of a multiple of 12 bits. */
  readonly to: Format;
  /** Numbers in each row. */
  readonly length: number;
};

/** Bits of a limb. */
export const limbBits = 12;
/** Limbs of a word. */
export const limbsPerWord = limbOffsets.length;

/** Words that hold so many numbers of a format. */
export const wordsFor = (count: number, bits: number): number =>
  Math.ceil((count * bits) / (limbBits * limbsPerWord));

/** Numbers from the limbs of each row. */
function numbers<L, N>(
  limbs: readonly L[],
  { attributes: { to, length }, arguments: [words] }: Call<Attributes>,
  make: (digits: readonly L[]) => N,
): N[] {
  const each = numeric(to)!.bits / limbBits;
  const row = words!.shape.at(-1)! * limbsPerWord;
  return Array.from({ length: (limbs.length / row) * length }, (_, at) => {
    const first = Math.floor(at / length) * row + (at % length) * each;
    return make(limbs.slice(first, first + each));
  });
}

const weights = (count: number): bigint[] =>
  Array.from({ length: count }, (_, i) => 1n << BigInt(limbBits * i));

const digitsOf = (word: bigint): bigint[] =>
  limbOffsets.map((at) => (word >> BigInt(at)) & ((1n << BigInt(limbBits)) - 1n));

function fixed(words: readonly bigint[], call: Call<Attributes>): bigint[] {
  const { low } = formatInterval(call.attributes.to);
  return numbers(words.flatMap(digitsOf), call, (digits) =>
    weights(digits.length).reduce((sum, weight, i) => sum + weight * digits[i]!, low),
  );
}

export const unpack = defineOp<Attributes>({
  name: 'unpack',
  attributes: { to: 'format', length: 'number' },

  type(args, { to, length }) {
    countArguments('unpack', args, 1);
    const [words] = args;
    const { shape, format } = words!;
    const count = shape[checkAxis(shape, -1)]!;
    const own = numeric(format);
    if (!own || own.signed || own.bits !== 64 || own.fraction !== 0)
      fail(
        'format-mismatch',
        `unpack expects words of 64 bits, got ${renderType(words!)}`,
        'declare them as u(64, 0)',
      );
    checkFormat(to);
    const bits = numeric(to)?.bits ?? 0;
    if (bits === 0 || bits % limbBits !== 0)
      fail(
        'bad-format',
        `unpack to ${renderType({ shape: [], format: to })}: limbs have 12 bits`,
        'give the numbers a multiple of 12 bits',
      );
    if (!Number.isSafeInteger(length) || length < 1 || wordsFor(length, bits) > count)
      fail(
        'bad-index',
        `unpack ${length} numbers of ${bits} bits out of ${count} words`,
        `${count} words hold 1 to ${Math.floor((count * limbsPerWord * limbBits) / bits)} of them`,
      );
    return { shape: [...shape.slice(0, -1), length], format: to };
  },

  // float64 holds the words exactly up to 2^53; above, their low bits, and with them a carry, are lost.
  real([words], call) {
    const fraction = numeric(call.attributes.to)!.fraction;
    const integers = fixed(
      Array.from(words!, (word) => BigInt(Math.round(word))),
      call,
    );
    return Float64Array.from(integers, (integer) => toReal(integer, fraction));
  },
  fixed: ([words], call) => fixed(words!, call),
  range: (_, { result }) => declaredRange(result),
  // Digits of a word that is off by less than one can be off by all that they hold.
  error([words], { result }) {
    const exact = words!.every(({ error }) => error === 0);
    return new Array<number>(sizeOf(result.shape)).fill(exact ? 0 : Infinity);
  },

  // x = low + Σ 2^(12 i) limb_i
  lower([words], call, constraints) {
    const { low } = formatInterval(call.attributes.to);
    const limbs = words!.flatMap((word, element) => {
      constraints.element(element);
      return constraints.limbs(word);
    });
    return numbers(limbs, call, (digits) => offset(linear(digits, weights(digits.length)), low));
  },

  commitment: {
    carries: true,
    unseenBits({ arguments: [words], attributes: { to, length } }) {
      const shown = (length * numeric(to)!.bits) / limbBits;
      return Array.from({ length: words!.shape.at(-1)! }, (_, word) => {
        const limbs = Math.min(limbsPerWord, Math.max(0, shown - word * limbsPerWord));
        return 64 - limbBits * limbs;
      });
    },
  },

  work: { form: ({ result }) => ({ ...limbForm(result), constants: false }) },
});
