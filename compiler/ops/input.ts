// input: a tensor from outside, public or secret. Its integers are range-checked into the declared format, so
// that no later interval is a hope.
import { fail } from '../diagnostics/diagnostic.ts';
import { checkFormat, formatInterval, fractionOf, numeric, type Format } from '../ir/format.ts';
import { checkShape, sizeOf } from '../ir/shape.ts';
import { bitLength } from '../numbers/interval.ts';
import { offset } from '../constraints/expression.ts';
import { countArguments, declaredRange } from './shared/arguments.ts';
import { defineOp } from './op.ts';
import { variableForm } from './shared/work.ts';

type Attributes = {
  readonly name: string;
  readonly visibility: 'public' | 'secret';
  readonly exact?: boolean;
  readonly format: Format;
  readonly shape: readonly number[];
};

const outside = (): never => fail('internal', 'inputs are bound from outside');

export const input = defineOp<Attributes>({
  name: 'input',
  attributes: {
    name: 'text',
    visibility: 'text',
    exact: 'boolean?',
    format: 'format',
    shape: 'numbers',
  },
  declared: true,

  type(args, { shape, format }) {
    countArguments('input', args, 0);
    checkFormat(format);
    checkShape(shape);
    return { shape, format };
  },

  real: outside,
  fixed: outside,
  range: (_, { result }) => declaredRange(result),

  // An input of a real x holds the integer nearest to x · 2^f: half a unit of the last place. An exact one holds x · 2^f.
  error(_, { attributes, result }) {
    const rounded = result.format.kind === 'fixed' && !attributes.exact;
    const error = rounded ? 2 ** -(fractionOf(result.format) + 1) : 0;
    return new Array<number>(sizeOf(result.shape)).fill(error);
  },

  // low ≤ x < low + 2^bits
  lower(_, { attributes, result }, constraints) {
    const { name, visibility } = attributes;
    const values = constraints.input(name, sizeOf(result.shape), visibility);
    if (!numeric(result.format)) return values;
    const { low, high } = formatInterval(result.format);
    values.forEach((value, position) => {
      constraints.element(position);
      constraints.range(offset(value, -low), bitLength(high - low));
    });
    return values;
  },

  port: {
    input: ({ name, visibility, exact }) => ({ name, visibility, ...(exact ? { exact } : {}) }),
  },

  work: { form: () => variableForm },
});
