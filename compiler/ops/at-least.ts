// at-least: the bit of a ≥ b, element by element, exactly on the integers. Where the operands are not exact, the real bit
// can be another one near the tie: within the margin, the error of a − b.
import { bit } from '../ir/format.ts';
import { difference, interval } from '../numbers/interval.ts';
import { sumUp } from '../numbers/upward.ts';
import { subtract } from '../constraints/expression.ts';
import { countArguments, sameFraction } from './shared/arguments.ts';
import { notNegative } from './shared/comparison.ts';
import { decisionError } from './shared/decisions.ts';
import { broadcastTypes, zip, zipReal } from './shared/elementwise.ts';
import { defineOp } from './op.ts';
import { limbForm } from './shared/work.ts';

export const atLeast = defineOp({
  name: 'at-least',

  type(args) {
    countArguments('at-least', args, 2);
    sameFraction('at-least', args[0]!, args[1]!);
    return { shape: broadcastTypes(args), format: bit };
  },

  real: (args, call) => zipReal(args, call, (a, b) => (a! >= b! ? 1 : 0)),
  fixed: (args, call) => zip(args, call, ([a, b]) => (a! >= b! ? 1n : 0n)),
  range: (args, call) =>
    zip(args, call, ([a, b]) => {
      const { low, high } = difference(a!, b!);
      return interval(low >= 0n ? 1n : 0n, high >= 0n ? 1n : 0n);
    }),
  error: (args, call) =>
    zip(args, call, ([a, b]) =>
      decisionError(
        difference(a!.interval, b!.interval),
        sumUp(a!.error, b!.error),
        call.arguments[0]!,
      ),
    ),
  lower: (args, call, constraints, ranges) => {
    const known = zip(ranges.arguments, call, ([a, b]) => difference(a!, b!));
    return zip(args, call, ([a, b], position) => {
      constraints.element(position);
      return notNegative(constraints, subtract(a!, b!), known[position]!);
    });
  },

  decision: {
    difference: (args, call) => zip(args, call, ([a, b]) => subtract(a!, b!)),
    margin: (args, call) => zip(args, call, ([a, b]) => sumUp(a!.error, b!.error)),
  },

  work: { form: ({ result }) => limbForm(result) },
});
