// is-zero: the bit of x = 0, element by element, exactly on the integers.
import { bit } from '../ir/format.ts';
import { inverse } from '../numbers/field.ts';
import { interval } from '../numbers/interval.ts';
import { constant, linear, offset } from '../constraints/expression.ts';
import type { Constraints } from '../constraints/constraints.ts';
import type { Expression } from '../constraints/expression.ts';
import { countArguments, numericArgument } from './shared/arguments.ts';
import { zeroError } from './shared/decisions.ts';
import { defineOp } from './op.ts';

export const isZero = defineOp({
  name: 'is-zero',

  type(args) {
    countArguments('is-zero', args, 1);
    numericArgument('is-zero', args[0]!);
    return { shape: args[0]!.shape, format: bit };
  },

  real: ([x]) => x!.map((value) => (value === 0 ? 1 : 0)),
  fixed: ([x]) => x!.map((value) => (value === 0n ? 1n : 0n)),
  range: ([x]) =>
    x!.map(({ low, high }) =>
      interval(low === 0n && high === 0n ? 1n : 0n, low <= 0n && high >= 0n ? 1n : 0n),
    ),
  error: ([x], { arguments: [type] }) =>
    x!.map((element) => zeroError(element.interval, element.error, type!)),
  lower: ([x], _, constraints, ranges) =>
    x!.map((value, element) => {
      constraints.element(element);
      const { low, high } = ranges.arguments[0]![element]!;
      if (low > 0n || high < 0n) return constant(0n);
      if (low === 0n && high === 0n) return constant(1n);
      if (low === 0n && high === 1n) return offset(linear([value], [-1n]), 1n);
      if (low === -1n && high === 0n) return offset(value, 1n);
      return offset(linear([notZero(constraints, constraints.seal(value))], [-1n]), 1n);
    }),

  decision: {
    difference: ([x]) => [...x!],
    margin: ([x]) => x!.map(({ error }) => error),
  },
});

/**
 * s = x · i, x · s = x, i · s = i. Soundness: s and i are unique. Where x = 0 the first says s = 0, and the third i = 0. Where
 * x ≠ 0 the second says s = 1, and the first i = 1 / x.
 */
function notZero(constraints: Constraints, x: Expression): Expression {
  const [i] = constraints.advice(1, (read) => [read(x) === 0n ? 0n : inverse(read(x))]);
  const s = constraints.product(x, i!);
  constraints.assertProduct(x, s, x);
  constraints.assertProduct(i!, s, i!);
  return s;
}
