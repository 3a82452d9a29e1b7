// div-mod: x = q · y + r with 0 ≤ r < y, for integers x and y ≥ 1: q = ⌊x / y⌋ rounds towards −∞ and r is never negative. The
// quotients come first along a new first axis, then the remainders.
import { fail } from '../diagnostics/diagnostic.ts';
import { renderType } from '../ir/program.ts';
import { floorDivide, hull, interval, type Interval } from '../numbers/interval.ts';
import { quotientUp, realUp, sumUp } from '../numbers/upward.ts';
import { arithmeticType, countArguments, intervalOf, numericArgument } from './shared/arguments.ts';
import { atLeastOne, divide, rangesOfDivision } from './shared/division.ts';
import { broadcastTypes, zip } from './shared/elementwise.ts';
import { defineOp, Violation, type Call } from './op.ts';
import { limbForm } from './shared/work.ts';

/** The elements that broadcasting pairs. */
function pairs<T>(args: readonly ArrayLike<T>[], { result, ...call }: Call): [T, T][] {
  const each = { ...call, result: { ...result, shape: result.shape.slice(1) } };
  return zip(args, each, ([x, y]) => [x!, y!]);
}

/** Quotient and remainder of every pair, in the order of the result. */
function divided<T, R>(
  args: readonly ArrayLike<T>[],
  call: Call,
  f: (x: T, y: T, position: number) => readonly [R, R],
): R[] {
  const both = pairs(args, call).map(([x, y], position) => f(x, y, position));
  return [...both.map(([q]) => q), ...both.map(([, r]) => r)];
}

export const divMod = defineOp({
  name: 'div-mod',
  asserts: true,

  type(args) {
    countArguments('div-mod', args, 2);
    for (const each of args)
      if (numericArgument('div-mod', each).fraction !== 0)
        fail(
          'format-mismatch',
          `div-mod expects integers, got ${renderType(each)}`,
          'rescale to a format without fractional bits',
        );
    const [x, y] = args.map(intervalOf) as [Interval, Interval];
    if (!atLeastOne(y))
      fail('never-holds', `div-mod by ${renderType(args[1]!)}`, 'divisors are at least 1');
    const range = hull(...rangesOfDivision([x, y]));
    return arithmeticType('div-mod', [2, ...broadcastTypes(args)], range, 0);
  },

  real: (args, call) =>
    Float64Array.from(
      divided(args, call, (x, y) => [Math.floor(x / y), x - y * Math.floor(x / y)]),
    ),
  fixed: (args, call) =>
    divided(args, call, (x, y, element) => {
      if (y < 1n)
        throw new Violation(`${x} is divided by ${y}`, element, 'divisors are at least 1');
      const quotient = floorDivide(x, y);
      return [quotient, x - y * quotient];
    }),
  lenient(args, call) {
    const { high } = intervalOf(call.arguments[1]!);
    return {
      conditions: pairs(args, call).map(([, y]) => ({ value: y, bounds: interval(1n, high) })),
      value: divided(args, call, (x, y) => {
        const quotient = floorDivide(x, y < 1n ? 1n : y);
        return [quotient, x - y * quotient];
      }),
    };
  },
  range: (args, call) => divided(args, call, (x, y) => rangesOfDivision([x, y])),
  // ⌊a⌋ and ⌊b⌋ are less than |a − b| + 1 apart.
  error: (args, call) =>
    divided(args, call, (x, y) => {
      if (x.error === 0 && y.error === 0) return [0, 0];
      const divisors = atLeastOne(y.interval);
      if (y.error > 0 || x.error === Infinity || !divisors) return [Infinity, Infinity];
      const moved = quotientUp(x.error, Number(divisors.low) * (1 - 2 ** -51));
      return [sumUp(moved, 1), realUp(divisors.high, 0)];
    }),
  lower(args, call, constraints, ranges) {
    const known = pairs(ranges.arguments, call);
    return divided(args, call, (x, y, position) => {
      constraints.element(position);
      return divide(constraints, [x, y], known[position]!);
    });
  },

  work: { form: ({ result }) => limbForm(result) },
});
