// assert-zero: every element is 0.
import { nothing } from '../ir/program.ts';
import { interval } from '../numbers/interval.ts';
import { countArguments, numericArgument } from './shared/arguments.ts';
import { defineOp, Violation } from './op.ts';

export const assertZero = defineOp({
  name: 'assert-zero',
  effect: true,

  type(args) {
    countArguments('assert-zero', args, 1);
    numericArgument('assert-zero', args[0]!);
    return nothing;
  },

  real: () => new Float64Array(),
  fixed([x]) {
    const element = x!.findIndex((value) => value !== 0n);
    if (element !== -1) throw new Violation(`${x![element]} is not 0`, element);
    return [];
  },
  lenient: ([x]) => ({
    conditions: x!.map((value) => ({ value, bounds: interval(0n, 0n) })),
    value: [],
  }),
  range: () => [],
  error: () => [],

  // x = 0
  lower([x], _, constraints) {
    x!.forEach((value, element) => {
      constraints.element(element);
      constraints.assertZero(value);
    });
    return [];
  },
});
