// assert-within: x itself, and low ≤ x ≤ high for every element, in units of its last place.
//
// The value has the type of x, and its interval is that of x within the bounds: later lines that take it are narrower. The
// check rests on the interval of x. On its own result's it would take itself for granted, and nothing would be checked.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { fractionOf } from '../ir/format.ts';
import { toReal } from '../numbers/rounding.ts';
import { intersect, interval, renderInterval, type Interval } from '../numbers/interval.ts';
import { countArguments, intervalOf, numericArgument } from './shared/arguments.ts';
import { defineOp, Violation } from './op.ts';
import { assertInterval } from './shared/within.ts';
import { anyForm } from './shared/work.ts';

const contradiction =
  'the assertion contradicts what is known of the value; both are in units of its last place';

type Attributes = { readonly low: bigint; readonly high: bigint };

/** Past what is known of x an assertion says nothing; within it a shifted value cannot wrap around. */
const narrowed = (known: Interval, { low, high }: Attributes): Interval =>
  intersect(known, interval(low, high)) ??
  fail(
    'never-holds',
    `no value in ${renderInterval(known)} lies in ${renderInterval({ low, high })}`,
    contradiction,
  );

export const assertWithin = defineOp<Attributes>({
  name: 'assert-within',
  attributes: { low: 'integer', high: 'integer' },
  asserts: true,
  narrows: true,

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
    return args[0]!;
  },

  real: ([x]) => x!,
  fixed([x], { attributes: { low, high }, arguments: [type] }) {
    const element = x!.findIndex((value) => value < low || value > high);
    const real = (value: bigint): number => toReal(value, fractionOf(type!.format));
    if (element !== -1)
      throw new Violation(
        `${real(x![element]!)} is not in [${real(low)}, ${real(high)}] (integers ${x![element]} and ${renderInterval({ low, high })})`,
        element,
        'the inputs do not meet the assertion: change them, or widen its bounds; a small residual may need more fractional bits',
      );
    return [...x!];
  },
  lenient: ([x], { attributes: { low, high } }) => ({
    conditions: x!.map((value) => ({ value, bounds: interval(low, high) })),
    value: [...x!],
  }),
  range: ([x], { attributes }) => x!.map((known) => narrowed(known, attributes)),
  error: ([x]) => x!.map(({ error }) => error),
  linear: ([x]) => [...x!],

  // 0 ≤ x − low < 2^w, and 0 ≤ high − x < 2^w unless the first says it already
  lower([x], { attributes }, constraints, ranges) {
    x!.forEach((value, element) => {
      constraints.element(element);
      const known = ranges.arguments[0]![element]!;
      assertInterval(constraints, value, narrowed(known, attributes), known);
    });
    return [...x!];
  },

  commitment: { carries: true },

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

  work: { form: (_, forms) => anyForm(forms) },
});
