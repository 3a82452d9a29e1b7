// assert-within: low ≤ x ≤ high for every element, in units of its last place.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { fractionOf } from '../ir/format.ts';
import { nothing } from '../ir/program.ts';
import { toReal } from '../numbers/rounding.ts';
import { intersect, interval, renderInterval } from '../numbers/interval.ts';
import { countArguments, intervalOf, numericArgument } from './shared/arguments.ts';
import { defineOp, Violation } from './op.ts';
import { assertInterval } from './shared/within.ts';

const contradiction =
  'the assertion contradicts what is known of the value; both are in units of its last place';

type Attributes = { readonly low: bigint; readonly high: bigint };

export const assertWithin = defineOp<Attributes>({
  name: 'assert-within',
  attributes: { low: 'integer', high: 'integer' },
  effect: true,

  type(args, { low, high }) {
    countArguments('assert-within', args, 1);
    numericArgument('assert-within', args[0]!);
    if (low > high)
      fail(
        'bad-bounds',
        `assert-within: the lower bound ${low} is above the upper bound ${high}`,
        'swap them; bounds are in units of the last place',
      );
    if (!intersect(intervalOf(args[0]!), interval(low, high)))
      fail(
        'never-holds',
        `no value of ${renderType(args[0]!)} lies in ${renderInterval({ low, high })}`,
        contradiction,
      );
    return nothing;
  },

  real: () => new Float64Array(),
  fixed([x], { attributes: { low, high }, arguments: [type] }) {
    const element = x!.findIndex((value) => value < low || value > high);
    const real = (value: bigint): number => toReal(value, fractionOf(type!.format));
    if (element !== -1)
      throw new Violation(
        `${real(x![element]!)} is not in [${real(low)}, ${real(high)}] (integers ${x![element]} and ${renderInterval({ low, high })})`,
        element,
        'widen the tolerance, or raise the precision of what it compares',
      );
    return [];
  },
  range: () => [],
  error: () => [],

  // 0 ≤ x − low < 2^w, and 0 ≤ high − x < 2^w unless the first says it already
  lower([x], { attributes: { low, high } }, constraints, ranges) {
    x!.forEach((value, element) => {
      constraints.element(element);
      const known = ranges.arguments[0]![element]!;
      // Past the bounds of the argument an assertion says nothing; within them a shifted value cannot wrap.
      const bounds =
        intersect(interval(low, high), known) ??
        fail(
          'never-holds',
          `no value in ${renderInterval(known)} lies in ${renderInterval({ low, high })}`,
          contradiction,
        );
      assertInterval(constraints, value, bounds, known);
    });
    return [];
  },

  precision: {
    // Bounds so close that no real value is sure to pass: rounding can carry any of them out.
    completeness([x], { attributes, arguments: [type] }) {
      const real = (value: bigint): number => toReal(value, fractionOf(type!.format));
      const bounds = interval(attributes.low, attributes.high);
      let worst = 0;
      for (const { interval: known, error } of x!) {
        const sides = Number(known.low < bounds.low) + Number(known.high > bounds.high);
        const room = intersect(known, bounds);
        if (error === Infinity || !room || sides === 0) continue;
        if (sides * error > real(room.high - room.low)) worst = Math.max(worst, error);
      }
      if (worst === 0) return undefined;
      const safe = Math.ceil(worst * 2 ** fractionOf(type!.format)) / 2 ** fractionOf(type!.format);
      return {
        message: `rounding alone can move the value by ${worst.toExponential(1)}, too much for any to be sure of [${real(bounds.low)}, ${real(bounds.high)}]`,
        hint: `${safe} on either side of what is meant is safe; or raise the precision of what is compared`,
      };
    },
  },

  sum: { bounds: ({ low, high }) => interval(low, high) },
});
