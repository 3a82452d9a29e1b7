// piecewise: a polynomial on each of several pieces, rounded once, in place of a function. On the piece [first, last] that holds x
//
//   y = floor((Σ_k c_k (x − first)^k + 2^(s−1)) / 2^s)
//
// The distance to the function is proved for the coefficients that the line has, whatever they are (functions/distance.ts).
import { fail } from '../diagnostics/diagnostic.ts';
import {
  checkFormat,
  formatInterval,
  fractionOf,
  numeric,
  renderFormat,
  type Format,
} from '../ir/format.ts';
import { isName, renderType } from '../ir/program.ts';
import { clamp, contains, hull, interval, type Interval } from '../numbers/interval.ts';
import { roundShift, toReal } from '../numbers/rounding.ts';
import { productUp, sumUp } from '../numbers/upward.ts';
import { distanceOnPart } from '../functions/distance.ts';
import { findFunction, slopeNear } from '../functions/elementary.ts';
import { isBuiltIn, realFunction } from '../functions/registry.ts';
import {
  listPieces,
  pieceAt,
  rangeOf,
  reachedPieces,
  valueAt,
  type Piece,
  type Pieces,
  type Reached,
} from '../functions/pieces.ts';
import { constant } from '../constraints/expression.ts';
import { countArguments, numericArgument } from './shared/arguments.ts';
import { evaluatePieces } from './shared/evaluate-pieces.ts';
import { roundedInterval, roundedQuotient } from './shared/rounded-quotient.ts';
import { defineOp, Violation } from './op.ts';
import { elementsOf, elementwiseGates, limbForm } from './shared/work.ts';

type Attributes = Pieces & {
  /** The name of the function, which stands for what is meant. */
  readonly function: string;
  readonly to: Format;
};

/** The parts of pieces that arguments of an interval reach, and an interval of the polynomials there. */
interface Domain {
  readonly reached: readonly Reached[];
  readonly values: Interval;
}

const domains = new WeakMap<Attributes, Map<string, Domain>>();

/** Throws `outside-pieces`. */
function domainOf(attributes: Attributes, x: Interval): Domain {
  const known = domains.get(attributes) ?? new Map<string, Domain>();
  domains.set(attributes, known);
  const key = `${x.low} ${x.high}`;
  const before = known.get(key);
  if (before) return before;
  const reached = reachedPieces(listPieces(attributes), x);
  const isCovered = reached[0]?.part.low === x.low && reached.at(-1)!.part.high === x.high;
  if (!isCovered)
    fail(
      'outside-pieces',
      `piecewise ${attributes.function}: its argument may be ${x.low} to ${x.high}, and the pieces do not cover that`,
      'assert that the argument is within the pieces (assertWithin), or let `map` choose them anew',
    );
  const domain = { reached, values: hull(...reached.map(rangeOf)) };
  known.set(key, domain);
  return domain;
}

/** The interval of the value. Throws `never-holds`. */
function resultOf(attributes: Attributes, { values }: Domain): Interval {
  const { to, shift, function: name } = attributes;
  const result = roundedInterval(values, shift);
  if (contains(formatInterval(to), result)) return result;
  const real = (x: bigint): number => toReal(x, fractionOf(to));
  return fail(
    'never-holds',
    `${name} can be ${real(result.low)} to ${real(result.high)}, past ${renderFormat(to)}`,
    'widen the format, or assert narrower bounds of the argument (assertWithin)',
  );
}

function checkPieces(attributes: Attributes): void {
  const { origin, unit, widths, coefficients, shift } = attributes;
  const refuse = (what: string): never =>
    fail('bad-pieces', `piecewise ${attributes.function}: ${what}`, 'let `map` choose the pieces');
  if (!isName(attributes.function)) refuse('the function has no name');
  if (!Number.isSafeInteger(shift) || shift < 0 || shift > mostBits) refuse(`a shift of ${shift}`);
  if (unit < 1n || unit >> BigInt(mostBits)) refuse(`a unit of ${unit}`);
  const isWidth = (width: number): boolean =>
    Number.isSafeInteger(width) && width >= 0 && width <= mostBits;
  if (widths.length === 0 || !widths.every(isWidth)) refuse('widths that are none');
  if (coefficients.length === 0 || coefficients.length % widths.length !== 0)
    refuse(`${coefficients.length} coefficients for ${widths.length} pieces`);
  if (coefficients.length > mostTerms * widths.length) refuse('a degree that is too high');
  const isAligned = ({ first, last }: Piece): boolean =>
    (first - origin) % (last + 1n - first) === 0n;
  const pieces = listPieces(attributes);
  if (!pieces.every(isAligned)) refuse('a piece does not start at a multiple of its length');
  // The digits of x − origin say the piece: they are unique below p, and of no negative number.
  if (origin > attributes.start || pieces.at(-1)!.last - origin >= 1n << BigInt(mostBits))
    refuse(`an origin that is not 0 to 2^${mostBits} integers before all pieces`);
}

/** A field element holds so many bits. */
const mostBits = 252;

/** Coefficients of a piece: more are of no use, and take long to bound. */
const mostTerms = 32;

export const piecewise = defineOp<Attributes>({
  name: 'piecewise',
  attributes: {
    function: 'text',
    origin: 'integer',
    unit: 'integer',
    start: 'integer',
    widths: 'numbers',
    shift: 'number',
    coefficients: 'integers',
    to: 'format',
  },

  type(args, attributes) {
    countArguments('piecewise', args, 1);
    numericArgument('piecewise', args[0]!);
    checkFormat(attributes.to);
    if (!numeric(attributes.to))
      fail(
        'format-mismatch',
        `piecewise ${attributes.function} gives a number, not ${renderFormat(attributes.to)}`,
        'a format of q(…) or u(…)',
      );
    checkPieces(attributes);
    return { shape: args[0]!.shape, format: attributes.to };
  },

  real: ([x], { attributes }) => x!.map(realFunction(attributes.function)),

  fixed([x], { attributes }) {
    const pieces = listPieces(attributes);
    return x!.map((value, element) => {
      const piece = pieceAt(pieces, value);
      if (!piece) throw new Violation(`no piece holds ${value}`, element);
      return roundShift(valueAt(piece, value), attributes.shift);
    });
  },

  lenient([x], { attributes }) {
    const pieces = listPieces(attributes);
    const bounds = interval(pieces[0]!.first, pieces.at(-1)!.last);
    return {
      conditions: x!.map((value) => ({ value, bounds })),
      value: x!.map((value) => {
        const inside = clamp(value, bounds);
        return roundShift(valueAt(pieceAt(pieces, inside)!, inside), attributes.shift);
      }),
    };
  },

  range: ([x], { attributes }) =>
    x!.map((each) => resultOf(attributes, domainOf(attributes, each))),

  // |y − f(x')| ≤ |p(x) − f(x)| + rounding + |f(x) − f(x')| for an x that is at most e from the real x'.
  error([x], { attributes, arguments: [type] }) {
    const { function: name, to, shift } = attributes;
    const [f, fraction, resultFraction] = [
      findFunction(name),
      fractionOf(type!.format),
      fractionOf(to),
    ];
    // Nothing is known of an author's function that no module has defined.
    if (!f) return x!.map(() => Infinity);
    const how = { function: name, fraction, scale: shift + resultFraction };
    const rounding = shift > 0 ? 2 ** -(resultFraction + 1) : 0;
    const known = new Map<string, number>();
    return x!.map(({ interval: own, error }) => {
      const key = `${own.low} ${own.high} ${error}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const { reached } = domainOf(attributes, own);
      const distances = reached.map(({ piece, part }) =>
        distanceOnPart(piece, part, how, resultFraction),
      );
      const moved = error === 0 ? 0 : productUp(slopeNear(f, own, { fraction, error }), error);
      const bound = sumUp(Math.max(...distances), rounding, moved);
      known.set(key, bound);
      return bound;
    });
  },

  lower([xs], { attributes, arguments: [type] }, constraints, ranges) {
    const { shift, function: name } = attributes;
    const what = `piecewise ${name} of ${renderType(type!)}`;
    return xs!.map((x, element) => {
      constraints.element(element);
      const own = ranges.arguments[0]![element]!;
      const { reached, values } = domainOf(attributes, own);
      const to = ranges.result[element]!;
      if (to.low === to.high) return constant(to.low);
      const value = evaluatePieces(constraints, x, { pieces: attributes, known: own, reached });
      if (shift === 0) return value;
      return roundedQuotient(constraints, value, { from: values, to, shift, what });
    });
  },

  precision: {
    unbounded: {
      why: 'with the error of its argument, the real argument may lie where the function is not defined, or its distance is not proved on every piece',
      cure: 'assert a range of the argument that keeps off that place (assertWithin), or let `map` choose the pieces anew',
    },
  },

  premises: ({ attributes: { function: name } }) =>
    isBuiltIn(name) ? [] : [{ kind: 'derivative-bounds', function: name }],

  // Digits, indicators and a power for each coefficient; the distance of each piece to the function is derived once.
  work: {
    gates(call, forms) {
      const { widths, coefficients } = call.attributes;
      const each = coefficients.length + 2 * widths.length + 32;
      return elementwiseGates(call, forms) + elementsOf(call.result) * each + 1000 * widths.length;
    },
    form: ({ attributes: { widths }, result }) => ({
      terms: limbForm(result).terms + widths.length,
      constants: true,
    }),
  },
});
