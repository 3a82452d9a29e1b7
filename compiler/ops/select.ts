// select: a where the bit is 1, b where it is 0. A choice between bits is a bit.
import { bit } from '../ir/format.ts';
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { hull } from '../numbers/interval.ts';
import { sumUp } from '../numbers/upward.ts';
import { add, isConstant, subtract, type Expression } from '../constraints/expression.ts';
import { arithmeticType, countArguments, intervalOf, sameFraction } from './shared/arguments.ts';
import { broadcastTypes, zip, zipReal } from './shared/elementwise.ts';
import { defineOp } from './op.ts';

export const select = defineOp({
  name: 'select',

  type(args) {
    countArguments('select', args, 3);
    const [mask, a, b] = [args[0]!, args[1]!, args[2]!];
    if (mask.format.kind !== 'bit')
      fail(
        'format-mismatch',
        `select expects a mask of bits, got ${renderType(mask)}`,
        'declare it as bit, or rescale it to bit',
      );
    const fraction = sameFraction('select', a, b);
    if (a.format.kind === 'bit' && b.format.kind === 'bit')
      return { shape: broadcastTypes(args), format: bit };
    const range = hull(intervalOf(a), intervalOf(b));
    return arithmeticType('select', broadcastTypes(args), range, fraction);
  },

  real: (args, call) => zipReal(args, call, (mask, a, b) => (mask === 1 ? a! : b!)),
  fixed: (args, call) => zip(args, call, ([mask, a, b]) => (mask === 1n ? a! : b!)),
  // A mask that is known takes its operand alone.
  range: (args, call) =>
    zip(args, call, ([mask, a, b]) =>
      mask!.low === 1n ? a! : mask!.high === 0n ? b! : hull(a!, b!),
    ),
  // One that is not exact may choose the other. Where the two meet at the tie, the choice is a continuous function whose pieces are
  // affine, and moves no more than they do (meanings/ties.ts). Bits are 1 apart.
  error: (args, call, meets) =>
    zip(args, call, ([mask, a, b], position) => {
      const { low, high } = mask!.interval;
      const either = Math.max(a!.error, b!.error);
      if (mask!.error === 0) return low === 1n ? a!.error : high === 0n ? b!.error : either;
      if (meets?.[position]) return either;
      return call.result.format.kind === 'bit' ? sumUp(either, 1) : Infinity;
    }),

  // m · (a − b) + b
  lower: (args, call, constraints) =>
    zip(args, call, ([mask, a, given], position) => {
      constraints.element(position);
      const b = isSealWorth(a!, given!) ? constraints.seal(given!) : given!;
      return add(constraints.product(mask!, subtract(a!, b)), b);
    }),

  between: [1, 2],
});

/**
 * Whether b is cheaper as one variable. Its n terms stand in a − b, of d terms, and in the sum: d − 1 half rows for the one and
 * n for the other. Sealed, b takes n − 1, and 1 in the sum, and a − b what a has.
 */
function isSealWorth(a: Expression, b: Expression): boolean {
  const own = isConstant(a) && a.constant !== 0n ? 1 : a.terms.length;
  return own < subtract(a, b).terms.length - 1;
}
