// bits: the binary digits of an integer 0 ≤ x < 2^count, the lowest first, along a new last axis.
import { bit, widestBits } from '../ir/format.ts';
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { intersect, interval, bitLength } from '../numbers/interval.ts';
import { countArguments, intervalOf, numericArgument } from './shared/arguments.ts';
import { binaryDigits } from './shared/digits.ts';
import { defineOp, Violation } from './op.ts';
import { variableForm } from './shared/work.ts';

type Attributes = { readonly count: number };

const positions = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

export const bits = defineOp<Attributes>({
  name: 'bits',
  attributes: { count: 'number' },
  asserts: true,

  type(args, { count }) {
    countArguments('bits', args, 1);
    const { fraction } = numericArgument('bits', args[0]!);
    if (fraction !== 0)
      fail(
        'format-mismatch',
        `bits expects integers, got ${renderType(args[0]!)}`,
        'rescale to a format without fractional bits',
      );
    if (!Number.isSafeInteger(count) || count < 1 || count > widestBits)
      fail('bad-format', `${count} bits`, `a whole number from 1 to ${widestBits}`);
    if (!intersect(intervalOf(args[0]!), interval(0n, (1n << BigInt(count)) - 1n)))
      fail(
        'never-holds',
        `no value of ${renderType(args[0]!)} has ${count} bits`,
        'bits are those of numbers that are not negative',
      );
    return { shape: [...args[0]!.shape, count], format: bit };
  },

  // Those of the nearest integer.
  real: ([x], { attributes: { count } }) =>
    Float64Array.from(
      [...x!].flatMap((value) =>
        positions(count).map((i) => Math.floor(Math.round(value) / 2 ** i) % 2),
      ),
    ),
  fixed: ([x], { attributes: { count } }) =>
    x!.flatMap((value, element) => {
      if (value < 0n || value >> BigInt(count) !== 0n)
        throw new Violation(
          `${value} does not have ${count} bits`,
          element,
          `numbers from 0 to 2^${count} − 1 do`,
        );
      return positions(count).map((i) => (value >> BigInt(i)) & 1n);
    }),
  lenient: ([x], { attributes: { count } }) => ({
    conditions: x!.map((value) => ({ value, bounds: interval(0n, (1n << BigInt(count)) - 1n) })),
    value: x!.flatMap((value) => positions(count).map((i) => (value >> BigInt(i)) & 1n)),
  }),
  range: ([x], { attributes: { count } }) =>
    x!.flatMap(({ low, high }) =>
      positions(count).map((i) => {
        if (low === high && low >= 0n)
          return interval((low >> BigInt(i)) & 1n, (low >> BigInt(i)) & 1n);
        return interval(0n, bitLength(high < 0n ? 0n : high) > i ? 1n : 0n);
      }),
    ),
  // A number that is rounded can have any digits.
  error: ([x], { attributes: { count } }) =>
    x!.flatMap(({ error }) => positions(count).map(() => (error === 0 ? 0 : Infinity))),

  lower: ([x], { attributes: { count } }, constraints, { result }) =>
    x!.flatMap((value, element) => {
      constraints.element(element);
      const known = result.slice(element * count, (element + 1) * count);
      return binaryDigits(constraints, value, count, known);
    }),

  work: { form: () => ({ ...variableForm, constants: true }) },
});
