// mul: a · b, element by element. The fractional bits add up; rescale when they are too many. A product of bits is a bit.
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
import { elementsOf, productGates, productsForm } from './shared/work.ts';

export const mul = defineOp({
  name: 'mul',

  type(args) {
    countArguments('mul', args, 2);
    const [a, b] = [args[0]!, args[1]!];
    if (a.format.kind === 'bit' && b.format.kind === 'bit')
      return { shape: broadcastTypes(args), format: a.format };
    const fraction = numericArgument('mul', a).fraction + numericArgument('mul', b).fraction;
    const range = product(intervalOf(a), intervalOf(b));
    return arithmeticType('mul', broadcastTypes(args), range, fraction);
  },

  real: (args, call) => zipReal(args, call, (a, b) => a! * b!),
  fixed: (args, call) => zip(args, call, ([a, b]) => a! * b!),
  range(args, call) {
    const [x, y] = call.operands;
    return zip(args, call, ([a, b]) => (x === y ? square(a!) : product(a!, b!)));
  },
  error(args, call) {
    const [x, y] = call.arguments;
    return zip(args, call, ([a, b]) => productError([a!, b!], [x!, y!]));
  },
  lower: (args, call, constraints) =>
    zip(args, call, ([a, b], position) => {
      constraints.element(position);
      return constraints.product(a!, b!);
    }),

  work: {
    gates: (call, forms) => productGates(elementsOf(call.result), call, forms),
    form: (_, forms) => productsForm(1, forms),
  },
});
