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
import { modulus } from '../numbers/field.ts';
import {
  bitLength,
  contains,
  intersect,
  interval,
  magnitude,
  renderInterval,
  type Interval,
} from '../numbers/interval.ts';
import { roundShift, toReal } from '../numbers/rounding.ts';
import { linear, offset } from '../constraints/expression.ts';
import { countArguments, intervalOf, numericArgument } from './shared/arguments.ts';
import { defineOp, Violation, type Call } from './op.ts';
import { assertInterval, spanBits } from './shared/within.ts';

type Attributes = { readonly to: Format };

function shiftOf({ attributes, arguments: [x] }: Call<Attributes>): number {
  return numericArgument('rescale', x!).fraction - (numeric(attributes.to)?.fraction ?? 0);
}

const rounded = ({ low, high }: Interval, shift: number): Interval =>
  interval(roundShift(low, shift), roundShift(high, shift));

export const rescale = defineOp<Attributes>({
  name: 'rescale',
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
      !intersect(rounded(intervalOf(args[0]!), from.fraction - target.fraction), formatInterval(to))
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

  range([x], call) {
    const natural = rounded(x!, shiftOf(call));
    return (
      intersect(natural, formatInterval(call.result.format)) ??
      fail(
        'never-holds',
        `no value in ${renderInterval(natural)} fits ${renderFormat(call.result.format)}`,
        'widen the target format',
      )
    );
  },

  error: ([x], call) =>
    x!.error + (shiftOf(call) > 0 ? 2 ** -((numeric(call.attributes.to)?.fraction ?? 0) + 1) : 0),

  // x + 2^(s−1) = q · 2^s + r,  0 ≤ r < 2^s,  low ≤ q ≤ high. Both sides are range-checked and differ by less
  // than p, so the equation holds over the integers, and q and r are unique.
  lower([xs], call, constraints, ranges) {
    const shift = shiftOf(call);
    checkReach(call, ranges.arguments[0]!, ranges.result);
    if (shift === 0)
      return xs!.map((x, element) => {
        constraints.element(element);
        if (contains(ranges.result, ranges.arguments[0]!)) return x;
        const sealed = constraints.seal(x);
        assertInterval(constraints, sealed, ranges.result, ranges.arguments[0]!);
        return sealed;
      });
    const { low } = ranges.result;
    const half = 1n << BigInt(shift - 1);
    const natural = rounded(ranges.arguments[0]!, shift);
    return xs!.map((x, element) => {
      constraints.element(element);
      const [remainder] = constraints.ranged(1, shift, (read) => [
        read(x) + half - (roundShift(read(x), shift) << BigInt(shift)),
      ]);
      const width = spanBits(ranges.result);
      const [above] = constraints.ranged(1, width, (read) => [roundShift(read(x), shift) - low]);
      const quotient = offset(above!, low);
      // The upper end, where it is not the end of `width` bits and not already implied by x.
      const checked = interval(low, low + (1n << BigInt(width)) - 1n);
      assertInterval(constraints, quotient, ranges.result, intersect(checked, natural)!);
      constraints.assertZero(
        offset(linear([x, quotient, remainder!], [1n, -(1n << BigInt(shift)), -1n]), half),
      );
      return quotient;
    });
  },
});

/** Throws `too-wide` when q · 2^s + r − x could reach p. */
function checkReach(call: Call<Attributes>, x: Interval, result: Interval): void {
  const shift = shiftOf(call);
  const width = spanBits(result);
  const quotients = interval(result.low, result.low + (1n << BigInt(width)));
  const reach =
    ((magnitude(quotients) + 1n) << BigInt(shift)) + magnitude(x) + (1n << BigInt(shift));
  if (reach >= modulus)
    fail(
      'too-wide',
      `rescale of ${renderType(call.arguments[0]!)}: quotient and remainder reach ${bitLength(reach)} bits, past the field`,
      'rescale an operand earlier',
    );
}
