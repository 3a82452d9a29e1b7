// constant: integers known when the circuit is built.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { checkFormat, formatInterval, fractionOf, isOpaque, type Format } from '../ir/format.ts';
import { checkShape, renderShape, sizeOf } from '../ir/shape.ts';
import { contains, interval } from '../numbers/interval.ts';
import { toReal } from '../numbers/rounding.ts';
import { constant as constantExpression } from '../constraints/expression.ts';
import { countArguments, noError } from './shared/arguments.ts';
import { defineOp } from './op.ts';

type Attributes = {
  /** The integers, row-major; a single one fills the tensor. */
  readonly values: readonly bigint[];
  readonly format: Format;
  readonly shape: readonly number[];
};

const spread = (values: readonly bigint[], shape: readonly number[]): bigint[] =>
  values.length === 1 ? new Array<bigint>(sizeOf(shape)).fill(values[0]!) : [...values];

export const constant = defineOp<Attributes>({
  name: 'constant',
  attributes: { values: 'integers', format: 'format', shape: 'numbers' },
  declared: true,

  type(args, { values, shape, format }) {
    countArguments('constant', args, 0);
    checkFormat(format);
    checkShape(shape);
    const type = { shape, format };
    if (values.length !== 1 && values.length !== sizeOf(shape))
      fail(
        'shape-mismatch',
        `a constant of shape ${renderShape(shape)} has ${sizeOf(shape)} values, got ${values.length}`,
        'give one value for each element, or a single one for all',
      );
    const bounds = formatInterval(format);
    if (!values.every((value) => contains(bounds, interval(value, value))))
      fail(
        'out-of-range',
        `a value of the constant lies outside ${renderType(type)}`,
        'widen the format',
      );
    return type;
  },

  real: (_, { attributes, result }) =>
    Float64Array.from(spread(attributes.values, result.shape), (value) =>
      isOpaque(result.format) ? NaN : toReal(value, fractionOf(result.format)),
    ),
  fixed: (_, { attributes, result }) => spread(attributes.values, result.shape),
  range: (_, { attributes, result }) =>
    spread(attributes.values, result.shape).map((value) => interval(value, value)),
  error: (_, { result }) => noError(result),
  lower: (_, { attributes, result }) =>
    spread(attributes.values, result.shape).map(constantExpression),

  linear: (_, { attributes, result }) =>
    spread(attributes.values, result.shape).map(constantExpression),
});
