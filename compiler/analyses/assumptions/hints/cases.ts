// A hint's formula as cases: conditions on the arguments, and the value where they hold. The cases cover all arguments; where
// several hold, as at a tie, each one's value is the hint's.
import { add, type Polynomial } from '../polynomial.ts';
import { Unreadable, type Condition, type Formula } from './formula.ts';
import type { Inequality, Known } from './inequalities.ts';
import type { Comparison } from './syntax.ts';
import { fraction, times, valueOfNumber, type Value } from './values.ts';

export interface Case {
  readonly conditions: readonly Inequality[];
  readonly value: Value;
}

const mostCases = 64;

/** `known` is what holds of the arguments; `element` the value of an argument's element. Throws Unreadable. */
export function casesOf(
  formula: Formula,
  known: Known,
  element: (argument: number) => Value,
): Case[] {
  const cases = new Cases(element).of(formula, known);
  return cases.filter(({ conditions }) => known.and(...conditions).isPossible());
}

class Cases {
  readonly #element: (argument: number) => Value;

  constructor(element: (argument: number) => Value) {
    this.#element = element;
  }

  of(formula: Formula, known: Known): Case[] {
    switch (formula.kind) {
      case 'number':
        return [{ conditions: [], value: valueOfNumber(formula.value) }];
      case 'element':
        return [{ conditions: [], value: this.#element(formula.argument) }];
      case 'root':
        return this.of(formula.of, known).map(({ conditions, value }) => ({
          conditions,
          value: rootOf(value, known.and(...conditions)),
        }));
      case 'operation':
        return this.#pairs(formula.left, formula.right, known).flatMap(({ conditions, a, b }) =>
          combine(formula.is, a, b, known.and(...conditions)).map((each) => ({
            value: each.value,
            conditions: [...conditions, ...each.conditions],
          })),
        );
      case 'choice':
        return [true, false].flatMap((holds) =>
          this.#when(formula.when, holds, known).flatMap((conditions) => {
            const inside = known.and(...conditions);
            if (!inside.isPossible()) return [];
            const side = holds ? formula.then : formula.otherwise;
            return this.of(side, inside).map((each) => ({
              value: each.value,
              conditions: [...conditions, ...each.conditions],
            }));
          }),
        );
    }
  }

  /** Alternatives that cover all arguments for which the condition holds, or does not. */
  #when(condition: Condition, holds: boolean, known: Known): (readonly Inequality[])[] {
    if (condition.kind === 'comparison')
      return this.#pairs(condition.left, condition.right, known).flatMap(({ conditions, a, b }) =>
        signsWhere(condition.is, holds).map((sign) => [
          ...conditions,
          signOf(differenceOf(a, b), sign),
        ]),
      );
    const [left, right] = [condition.left, condition.right].map((each) =>
      this.#when(each, holds, known),
    );
    if ((condition.is === '&&') !== holds) return [...left!, ...right!];
    return limited(left!.flatMap((a) => right!.map((b) => [...a, ...b])));
  }

  #pairs(left: Formula, right: Formula, known: Known) {
    return limited(
      this.of(left, known).flatMap((one) =>
        this.of(right, known).map((other) => ({
          conditions: [...one.conditions, ...other.conditions],
          a: one.value,
          b: other.value,
        })),
      ),
    );
  }
}

function limited<T>(cases: T[]): T[] {
  if (cases.length > mostCases) throw new Unreadable(`has more than ${mostCases} cases`);
  return cases;
}

type Sign = 'negative' | 'not positive' | 'zero' | 'not negative' | 'positive';

/** The signs of left − right where the comparison holds, or does not: one of them is true. */
function signsWhere(is: Comparison, holds: boolean): readonly Sign[] {
  switch (is) {
    case '>=':
      return [holds ? 'not negative' : 'negative'];
    case '>':
      return [holds ? 'positive' : 'not positive'];
    case '<=':
      return [holds ? 'not positive' : 'positive'];
    case '<':
      return [holds ? 'negative' : 'not negative'];
    case '===':
      return holds ? ['zero'] : ['negative', 'positive'];
  }
}

/** Polynomials of integers are integers: one that is positive is at least 1. */
const ends: Readonly<Record<Sign, Omit<Inequality, 'polynomial'>>> = {
  negative: { to: -1n },
  'not positive': { to: 0n },
  zero: { from: 0n, to: 0n },
  'not negative': { from: 0n },
  positive: { from: 1n },
};

const signOf = (polynomial: Polynomial, sign: Sign): Inequality => ({ polynomial, ...ends[sign] });

/** A polynomial with the sign of a − b. */
function differenceOf(a: Value, b: Value): Polynomial {
  // Roots are not negative, so they have the order of their squares.
  if (a.power !== b.power) throw new Unreadable('compares a square root with something else');
  return add(times(a.numerator, b.denominator), times(b.numerator, a.denominator), -1n);
}

function combine(
  is: Extract<Formula, { kind: 'operation' }>['is'],
  a: Value,
  b: Value,
  known: Known,
): Case[] {
  switch (is) {
    case '+':
      return only(sumOf(a, b, 1n));
    case '-':
      return only(sumOf(a, b, -1n));
    case '*':
      return only(productOf(a, b, known));
    case '/':
      return only(productOf(a, inverseOf(b, known), known));
    case 'max':
    case 'min': {
      const difference = differenceOf(a, b);
      const [first, second] = is === 'max' ? [a, b] : [b, a];
      return [
        { conditions: [signOf(difference, 'not negative')], value: first },
        { conditions: [signOf(difference, 'not positive')], value: second },
      ];
    }
  }
}

const only = (value: Value): Case[] => [{ conditions: [], value }];

const isZero = ({ numerator }: Value): boolean => numerator.size === 0;

function sumOf(a: Value, b: Value, sign: bigint): Value {
  if (isZero(b)) return a;
  if (isZero(a) && sign === 1n) return b;
  if (a.power !== 1 || b.power !== 1) throw new Unreadable('adds a square root to something');
  return fraction(
    add(times(a.numerator, b.denominator), times(b.numerator, a.denominator), sign),
    times(a.denominator, b.denominator),
  );
}

function productOf(a: Value, b: Value, known: Known): Value {
  const power = a.power === 2 || b.power === 2 ? 2 : 1;
  const [x, y] = [a, b].map((value) => (value.power === power ? value : squareOf(value, known)));
  return fraction(
    times(x!.numerator, y!.numerator),
    times(x!.denominator, y!.denominator),
    power,
    (symbol) => known.isPositive(symbol),
  );
}

/** The same number as the root of its square. */
function squareOf({ numerator, denominator }: Value, known: Known): Value {
  if (!isAtLeast(numerator, 0n, known))
    throw new Unreadable('multiplies a square root by something that can be negative');
  return {
    power: 2,
    numerator: times(numerator, numerator),
    denominator: times(denominator, denominator),
  };
}

function inverseOf({ power, numerator, denominator }: Value, known: Known): Value {
  if (isAtLeast(numerator, 1n, known))
    return { power, numerator: denominator, denominator: numerator };
  const negative = add(new Map(), numerator, -1n);
  if (power === 1 && isAtLeast(negative, 1n, known))
    return { power, numerator: add(new Map(), denominator, -1n), denominator: negative };
  throw new Unreadable('divides by something that can be 0, as far as the circuit shows');
}

function rootOf({ power, numerator, denominator }: Value, known: Known): Value {
  if (power === 2) throw new Unreadable('takes a root of a root');
  if (!isAtLeast(numerator, 0n, known))
    throw new Unreadable(
      'takes the root of something that can be negative, as far as the circuit shows',
    );
  return { power: 2, numerator, denominator };
}

function isAtLeast(p: Polynomial, least: bigint, known: Known): boolean {
  const found = known.least(p);
  return found !== undefined && found >= least;
}
