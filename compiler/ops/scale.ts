// scale: the integers times a static factor, read with a static number of fractional bits. Exact: a real
// constant m / 2^s is the factor m with s more fractional bits; 2^s with s more is an exact alignment.
import { fail } from '../diagnostics/diagnostic.ts';
import { scaled } from '../numbers/interval.ts';
import { productUp, realUp } from '../numbers/upward.ts';
import { scale as scaleExpression } from '../constraints/expression.ts';
import { arithmeticType, countArguments, intervalOf, numericArgument } from './shared/arguments.ts';
import { defineOp, type Call } from './op.ts';
import { fractionOf, maxFraction } from '../ir/format.ts';

type Attributes = { readonly factor: bigint; readonly fraction: number };

/** What the real value is multiplied by: factor · 2^(f_in − f_out). */
function realFactor({ attributes, arguments: [x] }: Call<Attributes>): number {
  return Number(attributes.factor) * 2 ** (fractionOf(x!.format) - attributes.fraction);
}

export const scale = defineOp<Attributes>({
  name: 'scale',
  attributes: { factor: 'integer', fraction: 'number' },

  type(args, { factor, fraction }) {
    countArguments('scale', args, 1);
    numericArgument('scale', args[0]!);
    if (!Number.isSafeInteger(fraction) || fraction < 0 || fraction > maxFraction)
      fail(
        'bad-format',
        `scale to ${fraction} fractional bits`,
        `a whole number from 0 to ${maxFraction}`,
      );
    return arithmeticType('scale', args[0]!.shape, scaled(intervalOf(args[0]!), factor), fraction);
  },

  real: ([x], call) => x!.map((value) => value * realFactor(call)),
  fixed: ([x], { attributes }) => x!.map((value) => value * attributes.factor),
  range: ([x], { attributes }) => x!.map((element) => scaled(element, attributes.factor)),
  error([x], call) {
    const factor = realUp(call.attributes.factor, 0);
    const shift = 2 ** (fractionOf(call.arguments[0]!.format) - call.attributes.fraction);
    return x!.map(({ error }) => productUp(error, factor, shift));
  },
  lower: ([x], { attributes }) => x!.map((value) => scaleExpression(value, attributes.factor)),

  linear: ([x], { attributes }) => x!.map((value) => scaleExpression(value, attributes.factor)),
});
