// sub: a − b, element by element.
import { difference } from '../numbers/interval.ts';
import { sumUp } from '../numbers/upward.ts';
import { subtract } from '../constraints/expression.ts';
import { arithmeticType, countArguments, intervalOf, sameFraction } from './shared/arguments.ts';
import { broadcastTypes, zip, zipReal } from './shared/elementwise.ts';
import { defineOp } from './op.ts';
import { additionWork } from './shared/work.ts';

export const sub = defineOp({
  name: 'sub',

  type(args) {
    countArguments('sub', args, 2);
    const [a, b] = [args[0]!, args[1]!];
    const fraction = sameFraction('sub', a, b);
    const range = difference(intervalOf(a), intervalOf(b));
    return arithmeticType('sub', broadcastTypes(args), range, fraction);
  },

  real: (args, call) => zipReal(args, call, (a, b) => a! - b!),
  fixed: (args, call) => zip(args, call, ([a, b]) => a! - b!),
  range: (args, call) => zip(args, call, ([a, b]) => difference(a!, b!)),
  error: (args, call) => zip(args, call, ([a, b]) => sumUp(a!.error, b!.error)),
  lower: (args, call) => zip(args, call, ([a, b]) => subtract(a!, b!)),

  linear: (args, call) => zip(args, call, ([a, b]) => subtract(a!, b!)),
  sum: { signs: [1, -1] },

  work: additionWork,
});
