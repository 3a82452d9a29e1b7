// abs: |x|, element by element. It is 1-Lipschitz: its error is that of x, also where the sign is not the one of the reals.
import { magnitude, interval, type Interval } from '../numbers/interval.ts';
import { linear } from '../constraints/expression.ts';
import { arithmeticType, countArguments, intervalOf, numericArgument } from './shared/arguments.ts';
import { notNegative } from './shared/comparison.ts';
import { defineOp } from './op.ts';

const absolute = (x: bigint): bigint => (x < 0n ? -x : x);

function absoluteOf(x: Interval): Interval {
  const least = x.low > 0n ? x.low : x.high < 0n ? -x.high : 0n;
  return interval(least, magnitude(x));
}

export const abs = defineOp({
  name: 'abs',

  type(args) {
    countArguments('abs', args, 1);
    const { fraction } = numericArgument('abs', args[0]!);
    return arithmeticType('abs', args[0]!.shape, absoluteOf(intervalOf(args[0]!)), fraction);
  },

  real: ([x]) => x!.map(Math.abs),
  fixed: ([x]) => x!.map(absolute),
  range: ([x]) => x!.map(absoluteOf),
  error: ([x]) => x!.map(({ error }) => error),

  // 2 b x − x, where b says x ≥ 0
  lower: ([xs], _, constraints, ranges) =>
    xs!.map((x, element) => {
      constraints.element(element);
      const known = ranges.arguments[0]![element]!;
      if (known.low >= 0n) return x;
      if (known.high <= 0n) return linear([x], [-1n]);
      const sealed = constraints.seal(x);
      const positive = constraints.product(notNegative(constraints, sealed, known), sealed);
      return linear([positive, sealed], [2n, -1n]);
    }),
});
