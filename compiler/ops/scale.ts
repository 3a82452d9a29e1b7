// scale: the integers times a static factor, read with a static number of fractional bits. Exact: a real
// constant m / 2^s is the factor m with s more fractional bits; 2^s with s more is an exact alignment.
// A number that was rounded to m / 2^s is kept (shared/rounded-constants.ts).
import { fail } from '../diagnostics/diagnostic.ts';
import type { TensorType } from '../ir/program.ts';
import { magnitude, scaled } from '../numbers/interval.ts';
import { productUp, realUp, sumUp } from '../numbers/upward.ts';
import { scale as scaleExpression } from '../constraints/expression.ts';
import { arithmeticType, countArguments, intervalOf, numericArgument } from './shared/arguments.ts';
import { defineOp, type Call } from './op.ts';
import {
  checkRounded,
  meantDistances,
  roundedConstants,
  type Rounded,
} from './shared/rounded-constants.ts';
import { fractionOf, maxFraction } from '../ir/format.ts';
import { additionWork } from './shared/work.ts';

type Attributes = {
  readonly factor: bigint;
  readonly fraction: number;
  readonly written?: number;
  readonly real?: number;
};

/** The factor as a constant of f_out − f_in fractional bits. */
const constantOf = (attributes: Attributes, x: TensorType): Rounded => ({
  written: attributes.written === undefined ? undefined : [attributes.written],
  real: attributes.real === undefined ? undefined : [attributes.real],
  integers: [attributes.factor],
  fraction: attributes.fraction - fractionOf(x.format),
});

/** The factor of the real value: factor · 2^(f_in − f_out), or what was written, where that is meant. */
function realFactor({ attributes, arguments: [x] }: Call<Attributes>): number {
  const { factor, fraction, real } = attributes;
  return real ?? Number(factor) * 2 ** (fractionOf(x!.format) - fraction);
}

export const scale = defineOp<Attributes>({
  name: 'scale',
  attributes: { factor: 'integer', fraction: 'number', written: 'number?', real: 'number?' },
  notes: ['written'],

  type(args, attributes) {
    const { factor, fraction } = attributes;
    countArguments('scale', args, 1);
    numericArgument('scale', args[0]!);
    if (!Number.isSafeInteger(fraction) || fraction < 0 || fraction > maxFraction)
      fail(
        'bad-format',
        `scale to ${fraction} fractional bits`,
        `a whole number from 0 to ${maxFraction}`,
      );
    checkRounded('scale', constantOf(attributes, args[0]!));
    return arithmeticType('scale', args[0]!.shape, scaled(intervalOf(args[0]!), factor), fraction);
  },

  real: ([x], call) => x!.map((value) => value * realFactor(call)),
  fixed: ([x], { attributes }) => x!.map((value) => value * attributes.factor),
  range: ([x], { attributes }) => x!.map((element) => scaled(element, attributes.factor)),
  // c x − c' x' = c' (x − x') + (c − c') x, with c' as it was written.
  error([x], call) {
    const { attributes, arguments: types } = call;
    if (attributes.real !== undefined) {
      const [distance] = meantDistances(constantOf(attributes, types[0]!));
      const size = Math.abs(attributes.real);
      const fraction = fractionOf(types[0]!.format);
      return x!.map(({ interval, error }) =>
        sumUp(productUp(size, error), productUp(distance!, realUp(magnitude(interval), fraction))),
      );
    }
    const factor = realUp(call.attributes.factor, 0);
    const shift = 2 ** (fractionOf(call.arguments[0]!.format) - call.attributes.fraction);
    return x!.map(({ error }) => productUp(error, factor, shift));
  },
  lower: ([x], { attributes }) => x!.map((value) => scaleExpression(value, attributes.factor)),

  // A factor that was rounded is another one in the reals.
  linear: ([x], { attributes: { factor, real } }) =>
    real === undefined ? x!.map((value) => scaleExpression(value, factor)) : [],

  precision: {
    rounded: ({ attributes, arguments: [x] }) => roundedConstants(constantOf(attributes, x!)),
  },

  work: additionWork,
});
