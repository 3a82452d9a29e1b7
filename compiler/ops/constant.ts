// constant: integers known when the circuit is built; numbers that were rounded to them are kept (shared/rounded-constants.ts).
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { checkFormat, formatInterval, fractionOf, isOpaque, type Format } from '../ir/format.ts';
import { checkShape, renderShape, sizeOf } from '../ir/shape.ts';
import { contains, interval } from '../numbers/interval.ts';
import { toReal } from '../numbers/rounding.ts';
import { constant as constantExpression } from '../constraints/expression.ts';
import { countArguments } from './shared/arguments.ts';
import {
  checkRounded,
  meantDistances,
  roundedConstants,
  type Rounded,
} from './shared/rounded-constants.ts';
import { defineOp } from './op.ts';
import { elementsOf } from './shared/work.ts';

type Attributes = {
  /** The integers, row-major; a single one fills the tensor. */
  readonly values: readonly bigint[];
  readonly written?: readonly number[];
  readonly real?: readonly number[];
  readonly format: Format;
  readonly shape: readonly number[];
};

const spread = <T>(values: readonly T[], shape: readonly number[]): T[] =>
  values.length === 1 ? new Array<T>(sizeOf(shape)).fill(values[0]!) : [...values];

const constantsOf = ({ values, written, real, format }: Attributes): Rounded => ({
  written,
  real,
  integers: values,
  fraction: fractionOf(format),
});

export const constant = defineOp<Attributes>({
  name: 'constant',
  attributes: {
    values: 'integers',
    written: 'numbers?',
    real: 'numbers?',
    format: 'format',
    shape: 'numbers',
  },
  declared: true,
  notes: ['written'],

  type(args, attributes) {
    const { values, shape, format } = attributes;
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
    checkRounded('constant', constantsOf(attributes));
    return type;
  },

  real(_, { attributes: { values, real }, result }) {
    const fraction = fractionOf(result.format);
    if (isOpaque(result.format)) return new Float64Array(sizeOf(result.shape)).fill(NaN);
    return Float64Array.from(
      spread(real ?? values.map((value) => toReal(value, fraction)), result.shape),
    );
  },
  fixed: (_, { attributes, result }) => spread(attributes.values, result.shape),
  range: (_, { attributes, result }) =>
    spread(attributes.values, result.shape).map((value) => interval(value, value)),
  error: (_, { attributes, result }) =>
    spread(meantDistances(constantsOf(attributes)), result.shape),
  lower: (_, { attributes, result }) =>
    spread(attributes.values, result.shape).map(constantExpression),

  precision: { rounded: ({ attributes }) => roundedConstants(constantsOf(attributes)) },

  // A real that was rounded is no integer.
  linear: (_, { attributes, result }) =>
    attributes.real ? [] : spread(attributes.values, result.shape).map(constantExpression),

  work: {
    gates: ({ result }) => elementsOf(result),
    form: () => ({ terms: 0, constants: true }),
  },
});
