// A bound of the distance between a hint's value for the reals and its value for the integers of the arguments, in real units, rounded
// upwards. The value moves when the arguments are off by their errors, and the code loses something in float64.
import type { Accuracy } from '../../../ops/op.ts';
import { toReal } from '../../../numbers/rounding.ts';
import { productUp, quotientUp, rootUp, sumUp } from '../../../numbers/upward.ts';
import {
  eitherOf,
  exactly,
  lossOfElement,
  lossOfNumber,
  lossOfProduct,
  lossOfQuotient,
  lossOfRoot,
  lossOfSum,
  type Loss,
} from './loss.ts';
import { combined, type Condition, type Formula } from './formula.ts';

/** An argument's element, and the fractional bits of its integers. */
export type Argument = Accuracy & { readonly fraction: number };

interface Range {
  readonly low: number;
  readonly high: number;
}

/** The values for the integers of the arguments, the values for the reals, and a bound of the distance between corresponding ones. */
interface Span {
  readonly fixed: Range;
  readonly real: Range;
  readonly error: number;
  /** The loss in computing the values for the reals. */
  readonly loss: Loss;
}

/** Infinity where nothing bounds it. */
export function movementOf(formula: Formula, args: readonly Argument[]): number {
  const { error, loss } = spanOf(formula, args.map(spanOfArgument));
  return sumUp(error, loss.most);
}

function spanOfArgument({ interval: { low, high }, error, fraction }: Argument): Span {
  const fixed = outward(toReal(low, fraction), toReal(high, fraction));
  // An inexact real may be any float64.
  const loss = error === 0 ? lossOfElement(fixed, fraction) : exactly();
  return { fixed, real: outward(fixed.low - error, fixed.high + error), error, loss };
}

/** Wider by more than the rounding of a float64. */
function outward(low: number, high: number): Range {
  const by = (x: number): number => Math.abs(x) * 2 ** -50 + Number.MIN_VALUE;
  return { low: low - by(low), high: high + by(high) };
}

const everything: Range = { low: -Infinity, high: Infinity };

/** Both ranges by the same rule. */
const both = (
  of: (range: 'fixed' | 'real') => Range,
  error: number,
  loss: (real: Range) => Loss,
): Span => {
  const real = of('real');
  return { fixed: of('fixed'), real, error, loss: loss(real) };
};

function spanOf(formula: Formula, args: readonly Span[]): Span {
  switch (formula.kind) {
    case 'number': {
      const range = { low: formula.value, high: formula.value };
      return both(
        () => range,
        0,
        () => lossOfNumber(formula.value),
      );
    }
    case 'element':
      return args[formula.argument]!;
    case 'root': {
      const of = spanOf(formula.of, args);
      return both(
        (range) => rootOf(of[range]),
        of.error === 0 ? 0 : errorOfRoot(of),
        (real) => lossOfRoot(real, of),
      );
    }
    case 'operation':
      return spanOfOperation(formula.is, spanOf(formula.left, args), spanOf(formula.right, args));
    case 'choice': {
      const then = spanOf(formula.then, narrowed(formula.when, true, args));
      const otherwise = spanOf(formula.otherwise, narrowed(formula.when, false, args));
      // A comparison of inexact values may take the other side, and the values of both sides may be far apart.
      const error = isExact(formula.when, args) ? Math.max(then.error, otherwise.error) : Infinity;
      return both(
        (range) => hullOf([then[range], otherwise[range]]),
        error,
        () => eitherOf(then.loss, otherwise.loss),
      );
    }
  }
}

const rootOf = ({ low, high }: Range): Range =>
  outward(Math.sqrt(Math.max(0, low)), Math.sqrt(Math.max(0, high)));

/** |√a − √b| is at most √|a − b|, and |a − b| / (√a + √b). */
function errorOfRoot({ fixed, real, error }: Span): number {
  if (!(real.low >= 0 && fixed.low >= 0)) return Infinity;
  const sum = (Math.sqrt(fixed.low) + Math.sqrt(real.low)) * (1 - 2 ** -50);
  return Math.min(rootUp(error), sum > 0 ? quotientUp(error, sum) : Infinity);
}

type Operation = Extract<Formula, { kind: 'operation' }>['is'];

function spanOfOperation(is: Operation, a: Span, b: Span): Span {
  return both(
    (range) => rangeOf(is, a[range], b[range]),
    a.error === 0 && b.error === 0 ? 0 : errorOf(is, a, b),
    (real) => lossOf(is, real, a, b),
  );
}

function lossOf(is: Operation, real: Range, a: Span, b: Span): Loss {
  switch (is) {
    case '+':
    case '-':
      return lossOfSum(real, a, b);
    case '*':
      return lossOfProduct(real, a, b);
    case '/':
      return lossOfQuotient(real, a, b);
    case 'max':
    case 'min':
      return eitherOf(a.loss, b.loss);
  }
}

function errorOf(is: Operation, a: Span, b: Span): number {
  switch (is) {
    case '+':
    case '-':
      return sumUp(a.error, b.error);
    case 'max':
    case 'min':
      return Math.max(a.error, b.error);
    case '*':
      // |a b − a' b'| ≤ |a| |b − b'| + |b'| |a − a'|
      return sumUp(productUp(sizeOf(a.fixed), b.error), productUp(sizeOf(b.real), a.error));
    case '/': {
      // |a / b − a' / b'| ≤ (|a − a'| + |a' / b'| |b − b'|) / |b|
      const [least, quotient] = [leastSize(b.fixed), sizeOf(rangeOf('/', a.real, b.real))];
      const error = sumUp(a.error, productUp(quotient, b.error));
      return least > 0 ? quotientUp(error, least) : Infinity;
    }
  }
}

const sizeOf = ({ low, high }: Range): number => Math.max(Math.abs(low), Math.abs(high));
const leastSize = ({ low, high }: Range): number => (low > 0 ? low : high < 0 ? -high : 0);

function rangeOf(is: keyof typeof combined, a: Range, b: Range): Range {
  const of = combined[is];
  switch (is) {
    case 'max':
    case 'min':
      return { low: of(a.low, b.low), high: of(a.high, b.high) };
    case '-':
      return outward(of(a.low, b.high), of(a.high, b.low));
    case '+':
      return outward(of(a.low, b.low), of(a.high, b.high));
    case '/':
      if (leastSize(b) === 0) return everything;
  }
  const ends = [of(a.low, b.low), of(a.low, b.high), of(a.high, b.low), of(a.high, b.high)];
  if (ends.some(Number.isNaN)) return everything;
  return outward(Math.min(...ends), Math.max(...ends));
}

const hullOf = (ranges: readonly Range[]): Range => ({
  low: Math.min(...ranges.map(({ low }) => low)),
  high: Math.max(...ranges.map(({ high }) => high)),
});

const isExact = (condition: Condition, args: readonly Span[]): boolean =>
  condition.kind === 'logic'
    ? isExact(condition.left, args) && isExact(condition.right, args)
    : [condition.left, condition.right].every((side) => {
        const { error, loss } = spanOf(side, args);
        return error === 0 && loss.most === 0;
      });

/** The arguments where the condition holds, or does not: an element that is compared with a number has its values on one side. */
function narrowed(condition: Condition, holds: boolean, args: readonly Span[]): readonly Span[] {
  if (condition.kind === 'logic')
    return (condition.is === '&&') === holds
      ? narrowed(condition.right, holds, narrowed(condition.left, holds, args))
      : args;
  const { is, left, right } = condition;
  if (left.kind !== 'element' || right.kind !== 'number' || is === '===') return args;
  const own = args[left.argument]!;
  // Only an exact value is surely on the same side as the real number.
  if (own.error > 0) return args;
  const side = ({ low, high }: Range): Range =>
    is.startsWith('>') === holds
      ? { low: Math.max(low, right.value), high }
      : { low, high: Math.min(high, right.value) };
  return args.with(
    left.argument,
    both(
      (range) => side(own[range]),
      0,
      () => own.loss,
    ),
  );
}
