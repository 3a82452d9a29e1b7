// add: a + b, element by element.
import { sum } from '../numbers/interval.ts';
import { sumUp } from '../numbers/upward.ts';
import { add as addExpressions } from '../constraints/expression.ts';
import { arithmeticType, countArguments, intervalOf, sameFraction } from './shared/arguments.ts';
import { broadcastTypes, zip, zipReal } from './shared/elementwise.ts';
import { defineOp } from './op.ts';
import { additionWork } from './shared/work.ts';

export const add = defineOp({
  name: 'add',

  type(args) {
    countArguments('add', args, 2);
    const [a, b] = [args[0]!, args[1]!];
    const fraction = sameFraction('add', a, b);
    return arithmeticType('add', broadcastTypes(args), sum(intervalOf(a), intervalOf(b)), fraction);
  },

  real: (args, call) => zipReal(args, call, (a, b) => a! + b!),
  fixed: (args, call) => zip(args, call, ([a, b]) => a! + b!),
  range: (args, call) => zip(args, call, ([a, b]) => sum(a!, b!)),
  error: (args, call) => zip(args, call, ([a, b]) => sumUp(a!.error, b!.error)),
  lower: (args, call) => zip(args, call, ([a, b]) => addExpressions(a!, b!)),

  linear: (args, call) => zip(args, call, ([a, b]) => addExpressions(a!, b!)),
  sum: { signs: [1, 1] },

  work: additionWork,
});
