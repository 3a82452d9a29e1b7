// assert-accurate: the derived bound on |fixed − real| of every element is at most a target, or the program does not
// compile. It costs nothing: what it asserts is true of the program, whatever the inputs.
import { fail } from '../diagnostics/diagnostic.ts';
import { nothing } from '../ir/program.ts';
import { countArguments, numericArgument } from './shared/arguments.ts';
import { defineOp } from './op.ts';

type Attributes = {
  /** In real units. */
  readonly within: number;
};

export const assertAccurate = defineOp<Attributes>({
  name: 'assert-accurate',
  attributes: { within: 'number' },
  effect: true,

  type(args, { within }) {
    countArguments('assert-accurate', args, 1);
    numericArgument('assert-accurate', args[0]!);
    if (!(within > 0 && Number.isFinite(within)))
      fail(
        'bad-bounds',
        `assert-accurate: a target of ${within} is not a positive distance`,
        'give the largest |fixed − real| that is allowed, e.g. 1e-4',
      );
    return nothing;
  },

  real: () => new Float64Array(),
  fixed: () => [],
  range: () => [],
  error: () => [],
  lower: () => [],

  precision: { target: ({ within }) => within },
});
