// rescale: to another format with no more fractional bits, x ↦ floor((x + 2^(s−1)) / 2^s): the system's one
// rounding rule. With s = 0 it is the assertion that x fits the format.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import {
  fractionOf,
  checkFormat,
  formatInterval,
  numeric,
  renderFormat,
  type Format,
} from '../ir/format.ts';
import { contains, intersect, interval, renderInterval } from '../numbers/interval.ts';
import { roundShift, toReal } from '../numbers/rounding.ts';
import { sumUp } from '../numbers/upward.ts';
import { constant } from '../constraints/expression.ts';
import { countArguments, intervalOf, numericArgument } from './shared/arguments.ts';
import { defineOp, Violation, type Call } from './op.ts';
import { roundedInterval, roundedQuotient } from './shared/rounded-quotient.ts';
import { assertInterval } from './shared/within.ts';
import { anyForm, limbForm } from './shared/work.ts';

type Attributes = { readonly to: Format };

function shiftOf({ attributes, arguments: [x] }: Call<Attributes>): number {
  return numericArgument('rescale', x!).fraction - (numeric(attributes.to)?.fraction ?? 0);
}

export const rescale = defineOp<Attributes>({
  name: 'rescale',
  attributes: { to: 'format' },
  asserts: true,

  type(args, { to }) {
    countArguments('rescale', args, 1);
    checkFormat(to);
    const from = numericArgument('rescale', args[0]!);
    const target = numeric(to);
    if (!target || target.fraction > from.fraction)
      fail(
        'format-mismatch',
        `rescale of ${renderType(args[0]!)} to ${renderFormat(to)}`,
        'the target has at most as many fractional bits; align adds some, exactly',
      );
    if (
      !intersect(
        roundedInterval(intervalOf(args[0]!), from.fraction - target.fraction),
        formatInterval(to),
      )
    )
      fail(
        'never-holds',
        `no value of ${renderType(args[0]!)} fits ${renderFormat(to)}`,
        'widen the target format',
      );
    return { shape: args[0]!.shape, format: to };
  },

  real: ([x]) => x!,

  fixed([x], call) {
    const bounds = formatInterval(call.result.format);
    const real = (value: bigint): number => toReal(value, fractionOf(call.result.format));
    return x!.map((value, element) => {
      const quotient = roundShift(value, shiftOf(call));
      if (!contains(bounds, interval(quotient, quotient)))
        throw new Violation(
          `${real(quotient)} does not fit ${renderFormat(call.result.format)}, which holds ${real(bounds.low)} to ${real(bounds.high)}`,
          element,
          'widen the format of the rescale, or scale the inputs down',
        );
      return quotient;
    });
  },

  lenient([x], call) {
    const bounds = formatInterval(call.result.format);
    const value = x!.map((each) => roundShift(each, shiftOf(call)));
    return { conditions: value.map((each) => ({ value: each, bounds })), value };
  },

  range([x], call) {
    const bounds = formatInterval(call.result.format);
    return x!.map((element) => {
      const natural = roundedInterval(element, shiftOf(call));
      return (
        intersect(natural, bounds) ??
        fail(
          'never-holds',
          `no value in ${renderInterval(natural)} fits ${renderFormat(call.result.format)}`,
          'widen the target format',
        )
      );
    });
  },

  error([x], call) {
    const rounding = shiftOf(call) > 0 ? 2 ** -(fractionOf(call.attributes.to) + 1) : 0;
    return x!.map(({ error }) => sumUp(error, rounding));
  },

  lower([xs], call, constraints, ranges) {
    const shift = shiftOf(call);
    const what = `rescale of ${renderType(call.arguments[0]!)}`;
    return xs!.map((x, element) => {
      constraints.element(element);
      const [from, to] = [ranges.arguments[0]![element]!, ranges.result[element]!];
      const natural = roundedInterval(from, shift);
      if (natural.low === natural.high) return constant(natural.low);
      if (shift > 0) return roundedQuotient(constraints, x, { from, to, shift, what });
      if (contains(to, from)) return x;
      const sealed = constraints.seal(x);
      assertInterval(constraints, sealed, to, from);
      return sealed;
    });
  },

  // Without rounding it is the value itself.
  linear: ([x], call) => x!.map((value) => (shiftOf(call) === 0 ? value : undefined)),

  // Without a shift, the value is that of the argument.
  work: {
    form: ({ arguments: [x], result }, forms) =>
      fractionOf(x!.format) === fractionOf(result.format) ? anyForm(forms) : limbForm(result),
  },
});
