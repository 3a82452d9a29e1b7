// max: the larger of a and b, element by element. It is 1-Lipschitz: its error is at most that of an operand, also where
// the decision between them is not the one of the reals.
import { difference, interval, type Interval } from '../numbers/interval.ts';
import { add, isConstant, subtract } from '../constraints/expression.ts';
import { arithmeticType, countArguments, intervalOf, sameFraction } from './shared/arguments.ts';
import { notNegative } from './shared/comparison.ts';
import { broadcastTypes, zip, zipReal } from './shared/elementwise.ts';
import { defineOp } from './op.ts';

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

const largerOf = (a: Interval, b: Interval): Interval =>
  interval(larger(a.low, b.low), larger(a.high, b.high));

export const max = defineOp({
  name: 'max',

  type(args) {
    countArguments('max', args, 2);
    const [a, b] = [args[0]!, args[1]!];
    const fraction = sameFraction('max', a, b);
    const range = largerOf(intervalOf(a), intervalOf(b));
    return arithmeticType('max', broadcastTypes(args), range, fraction);
  },

  real: (args, call) => zipReal(args, call, (a, b) => Math.max(a!, b!)),
  fixed: (args, call) => zip(args, call, ([a, b]) => larger(a!, b!)),
  range: (args, call) => zip(args, call, ([a, b]) => largerOf(a!, b!)),
  error: (args, call) => zip(args, call, ([a, b]) => Math.max(a!.error, b!.error)),

  // b + bit · (a − b)
  lower: (args, call, constraints, ranges) => {
    const known = zip(ranges.arguments, call, ([a, b]) => difference(a!, b!));
    return zip(args, call, ([a, b], position) => {
      constraints.element(position);
      const { low, high } = known[position]!;
      if (low >= 0n) return a!;
      if (high <= 0n) return b!;
      const d = subtract(a!, b!);
      // A form of several terms becomes a variable, for the comparison and for the product.
      const apart = d.terms.length > 1 || d.constant !== 0n ? constraints.seal(d) : d;
      const bit = notNegative(constraints, apart, known[position]!);
      if (isConstant(bit)) return bit.constant === 1n ? a! : b!;
      return add(constraints.product(bit, apart), b!);
    });
  },
});
