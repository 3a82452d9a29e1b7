// mul: a · b, element by element. The fractional bits add up; rescale when they are too many.
import { product, square } from '../numbers/interval.ts';
import {
  arithmeticType,
  countArguments,
  intervalOf,
  numericArgument,
  productError,
} from './shared/arguments.ts';
import { broadcastTypes, zip, zipReal } from './shared/elementwise.ts';
import { defineOp } from './op.ts';

export const mul = defineOp({
  name: 'mul',

  type(args) {
    countArguments('mul', args, 2);
    const [a, b] = [args[0]!, args[1]!];
    const fraction = numericArgument('mul', a).fraction + numericArgument('mul', b).fraction;
    const range = product(intervalOf(a), intervalOf(b));
    return arithmeticType('mul', broadcastTypes(args), range, fraction);
  },

  real: (args, call) => zipReal(args, call, (a, b) => a! * b!),
  fixed: (args, call) => zip(args, call, ([a, b]) => a! * b!),
  range: ([a, b], { operands: [x, y] }) => (x === y ? square(a!) : product(a!, b!)),
  error: ([a, b], { arguments: types }) => productError([a!, b!], [types[0]!, types[1]!]),
  lower: (args, call, constraints) =>
    zip(args, call, ([a, b], position) => {
      constraints.element(position);
      return constraints.product(a!, b!);
    }),
});
