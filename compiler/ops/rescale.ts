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
import { sumUp } from '../numbers/upward.ts';
import { constant, linear, offset, type Expression } from '../constraints/expression.ts';
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
    const bounds = formatInterval(call.result.format);
    return x!.map((element) => {
      const natural = rounded(element, shiftOf(call));
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

  // x + 2^(s−1) = q · 2^s + r,  0 ≤ r < 2^s,  low ≤ q ≤ high. Both sides are range-checked and differ by less
  // than p, so the equation holds over the integers, and q and r are unique.
  lower([xs], call, constraints, ranges) {
    const shift = shiftOf(call);
    return xs!.map((x, element) => {
      constraints.element(element);
      const [from, to] = [ranges.arguments[0]![element]!, ranges.result[element]!];
      const natural = rounded(from, shift);
      if (natural.low === natural.high) return constant(natural.low);
      if (shift > 0) return quotient(x, from, to);
      if (contains(to, from)) return x;
      const sealed = constraints.seal(x);
      assertInterval(constraints, sealed, to, from);
      return sealed;
    });

    function quotient(x: Expression, from: Interval, to: Interval): Expression {
      const half = 1n << BigInt(shift - 1);
      const [remainder] = constraints.ranged(1, shift, (read) => [
        read(x) + half - (roundShift(read(x), shift) << BigInt(shift)),
      ]);
      const natural = rounded(from, shift);
      const width = spanBits(to);
      // Where every x fits, q may be checked into a wider range that costs less: the equation alone determines it.
      const most = contains(to, natural) ? Math.max(width, widestQuotient(from, to, shift)) : width;
      const reach = reachOf(from, to, shift, most);
      if (reach >= modulus) tooWide(call, reach);
      const [above] = constraints.ranged(
        1,
        width,
        (read) => [roundShift(read(x), shift) - to.low],
        most,
      );
      const q = offset(above!, to.low);
      // The upper end, where it is not the end of `width` bits and not already implied by x.
      const checked = interval(to.low, to.low + (1n << BigInt(width)) - 1n);
      if (!contains(to, natural)) assertInterval(constraints, q, to, intersect(checked, natural)!);
      constraints.assertZero(
        offset(linear([x, q, remainder!], [1n, -(1n << BigInt(shift)), -1n]), half),
      );
      return q;
    }
  },

  // Without rounding it is the value itself.
  linear: ([x], call) => x!.map((value) => (shiftOf(call) === 0 ? value : undefined)),
});

/** How far q · 2^s + r − x can reach, for q of `width` bits above the low end. */
function reachOf(x: Interval, { low }: Interval, shift: number, width: number): bigint {
  const quotients = interval(low, low + (1n << BigInt(width)));
  return ((magnitude(quotients) + 1n) << BigInt(shift)) + magnitude(x) + (1n << BigInt(shift));
}

/** The widest check of q that cannot wrap around; one whole limb more than needed is never cheaper. */
function widestQuotient(x: Interval, to: Interval, shift: number): number {
  let width = spanBits(to) + 11;
  while (width > 0 && reachOf(x, to, shift, width) >= modulus) width--;
  return width;
}

function tooWide(call: Call<Attributes>, reach: bigint): never {
  fail(
    'too-wide',
    `rescale of ${renderType(call.arguments[0]!)}: quotient and remainder reach ${bitLength(reach)} bits, past the field`,
    'rescale an operand earlier',
  );
}
