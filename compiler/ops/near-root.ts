// near-root: an x in a box with −τ ≤ Σ_k a_k x^k < τ, element by element, for coefficients a_0, a_1 … that are the arguments. The prover
// chooses among those x: declared a relation. `root` is forced to one.
//
// The bound rests on nothing declared: on the box the equation's slope is shown to be at least μ > 0 in size, so that x is at most
// (τ + the errors of the coefficients) / μ away from the root (shared/roots/distance.ts).
import { fractionOf, type Format } from '../ir/format.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import {
  contains,
  intersect,
  interval,
  magnitude,
  scaled,
  type Interval,
} from '../numbers/interval.ts';
import { toReal } from '../numbers/rounding.ts';
import { sumUp } from '../numbers/upward.ts';
import { zip } from './shared/elementwise.ts';
import { rootDistance } from './shared/roots/distance.ts';
import {
  boxOf,
  factorsOf,
  fractionOfEquation,
  placeOf,
  typeOfRoot,
  writeEquation,
} from './shared/roots/equation.ts';
import { accepted, findNearRoot, nearRootsOf, passes } from './shared/roots/near.ts';
import { lowerNearRoot } from './shared/roots/lower-near.ts';
import { derivative, valueAt, valueOver } from './shared/roots/polynomial.ts';
import { noRealRoot } from './shared/roots/refusals.ts';
import { realRoots } from './shared/roots/real.ts';
import { defineOp, Violation, type Accuracy, type Call } from './op.ts';
import { elementsOf, elementwiseGates, limbForm } from './shared/work.ts';

type Attributes = {
  readonly to: Format;
  readonly low: bigint;
  readonly high: bigint;
  /** τ, in units of the equation's last place. */
  readonly tolerance: bigint;
};

const tau = (call: Call<Attributes>): number =>
  toReal(call.attributes.tolerance, fractionOfEquation(call));

/** The coefficients of every element, in units of the equation's last place. */
function equations<T>(
  args: readonly (readonly T[])[],
  call: Call<Attributes>,
  times: (coefficient: T, factor: bigint) => T,
): T[][] {
  const factors = factorsOf(call);
  return zip(args, call, (each) => each.map((c, k) => times(c, factors[k]!)));
}

const integers = (args: readonly (readonly bigint[])[], call: Call<Attributes>): bigint[][] =>
  equations(args, call, (c, factor) => c * factor);

const intervals = (args: readonly (readonly Interval[])[], call: Call<Attributes>): Interval[][] =>
  equations(args, call, scaled);

/** How much the equation changes at most between the two numbers of the box that are next to a root. */
const steepest = (args: readonly (readonly Accuracy[])[], call: Call<Attributes>): bigint =>
  intervals(
    args.map((arg) => arg.map(({ interval }) => interval)),
    call,
  )
    .map((own) => magnitude(valueOver(derivative(own), nextToRoots(own, call))))
    .reduce((a, b) => (b > a ? b : a), 0n);

/** The integers that pass, for coefficients in their intervals. */
const passing = (
  own: readonly Interval[],
  call: Call<Attributes>,
  tolerance = call.attributes.tolerance,
): Interval => nearRootsOf(placeOf('near-root', call), own, tolerance).roots;

/** The two numbers next to each root: they pass the least tolerance, or are next to those that do. */
function nextToRoots(own: readonly Interval[], call: Call<Attributes>): Interval {
  const { low, high } = passing(own, call, 1n);
  return intersect(interval(low - 1n, high + 1n), boxOf(call.attributes))!;
}

export const nearRoot = defineOp<Attributes>({
  name: 'near-root',
  attributes: { to: 'format', low: 'integer', high: 'integer', tolerance: 'integer' },
  asserts: true,

  type(args, attributes) {
    if (attributes.tolerance < 1n)
      fail(
        'bad-bounds',
        `near-root: a tolerance of ${attributes.tolerance} last places of the equation accepts nothing`,
        'at least one last place; or `root`, which needs no tolerance',
      );
    return typeOfRoot('near-root', args, attributes);
  },

  real: realRoots,
  fixed: (args, call) =>
    integers(args, call).map((coefficients, element) => {
      const { tolerance } = call.attributes;
      const x = findNearRoot(coefficients, boxOf(call.attributes));
      const value = valueAt(coefficients, x);
      if (!passes(value, tolerance))
        throw new Violation(
          `the equation is ${toReal(value, fractionOfEquation(call))} at its nearest number, past the tolerance ${tau(call)}`,
          element,
          'a larger tolerance, or a format with more fractional bits',
        );
      return x;
    }),
  lenient(args, call) {
    const bounds = accepted(call.attributes.tolerance);
    const equations = integers(args, call);
    const value = equations.map((own) => findNearRoot(own, boxOf(call.attributes)));
    return {
      conditions: equations.map((own, i) => ({ value: valueAt(own, value[i]!), bounds })),
      value,
    };
  },
  range: (args, call) => intervals(args, call).map((own) => passing(own, call)),
  error: (args, call) => rootDistance(args, call, { ...call.attributes, rounding: 0 }),

  lower(args, call, constraints, ranges) {
    const factors = factorsOf(call);
    const known = intervals(ranges.arguments, call);
    const { tolerance } = call.attributes;
    return zip(args, call, (coefficients, position) => {
      constraints.element(position);
      return lowerNearRoot(constraints, {
        coefficients,
        factors,
        known: known[position]!,
        box: boxOf(call.attributes),
        roots: ranges.result[position]!,
        tolerance,
      });
    });
  },

  choice: {
    relation: (call) => `an x with Σ a_k x^k from ${-tau(call)} to below ${tau(call)}`,
    follows: true,
    premises: () => [],
    admits(value, args, call) {
      const { tolerance } = call.attributes;
      integers(args, call).forEach((coefficients, element) => {
        const x = value[element]!;
        const left = valueAt(coefficients, x);
        if (!contains(boxOf(call.attributes), interval(x, x)))
          throw new Violation(`${x} is outside of the box`, element);
        if (!passes(left, tolerance))
          throw new Violation(`the equation is ${left} at ${x}, past the tolerance`, element);
      });
    },
    // The honest one is next to the root: at most one last place away.
    honestError: (args, call) =>
      rootDistance(args, call, { ...call.attributes, tolerance: 0n, rounding: 0 }).map((distance) =>
        sumUp(distance, 2 ** -fractionOf(call.result.format)),
      ),
  },

  formula: (operands, call) =>
    `−τ ≤ ${writeEquation(operands)} < τ = ${Number(tau(call).toPrecision(6))}`,
  precision: {
    unbounded: noRealRoot,
    completeness(args, call) {
      const half = (steepest(args, call) + 1n) / 2n;
      if (half <= call.attributes.tolerance) return undefined;
      const needed = toReal(half, fractionOfEquation(call));
      return {
        message: `between two numbers of the format the equation changes by up to ${2 * needed}, and the tolerance is ${tau(call)}`,
        hint: `a tolerance of ${needed} always admits the nearest number; or give x more fractional bits, or leave the tolerance out`,
      };
    },
  },

  // Powers of the unknown, times each coefficient.
  work: {
    gates: (call, forms) =>
      elementwiseGates(call, forms) + elementsOf(call.result) * call.arguments.length ** 2,
    form: ({ result }) => limbForm(result),
  },
});
