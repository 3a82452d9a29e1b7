// Polynomials in several variables with integer coefficients. Nothing is reduced modulo p unless it is said.
import type { Expression, Variable } from '../../constraints/expression.ts';
import type { PrimeField } from '../../numbers/field.ts';
import {
  intersect,
  interval,
  magnitude,
  product,
  scaled,
  sum,
  type Interval,
} from '../../numbers/interval.ts';
import type { Bounded } from './bounded.ts';

/** coefficient · Π factors. */
export interface PolynomialTerm {
  readonly coefficient: bigint;
  /** In ascending order. */
  readonly factors: readonly Variable[];
}

/** The terms, without any that is 0, by their factors. */
export type Polynomial = ReadonlyMap<string, PolynomialTerm>;

/** The sum of the terms. */
export function polynomial(terms: Iterable<PolynomialTerm>): Polynomial {
  const sums = new Map<string, PolynomialTerm>();
  for (const { coefficient, factors } of terms) {
    const key = factors.join();
    const total = (sums.get(key)?.coefficient ?? 0n) + coefficient;
    if (total === 0n) sums.delete(key);
    else sums.set(key, { coefficient: total, factors });
  }
  return sums;
}

export const fromForm = ({ terms, constant }: Expression): Polynomial =>
  polynomial([
    ...terms.map(({ coefficient, variable }) => ({ coefficient, factors: [variable] })),
    { coefficient: constant, factors: [] },
  ]);

/** a + factor · b. */
export const plus = (a: Polynomial, b: Polynomial, factor = 1n): Polynomial =>
  polynomial([
    ...a.values(),
    ...[...b.values()].map((term) => ({ ...term, coefficient: factor * term.coefficient })),
  ]);

export const times = (a: Polynomial, b: Polynomial): Polynomial =>
  polynomial(
    [...a.values()].flatMap((left) =>
      [...b.values()].map((right) => ({
        coefficient: left.coefficient * right.coefficient,
        factors: [...left.factors, ...right.factors].sort((u, v) => u - v),
      })),
    ),
  );

/** With signed coefficients modulo p. */
export const reduced = (a: Polynomial, { centered }: PrimeField, factor = 1n): Polynomial =>
  polynomial(
    [...a.values()].map((term) => ({ ...term, coefficient: centered(factor * term.coefficient) })),
  );

const exponentOf = (x: Variable, factors: readonly Variable[]): number =>
  factors.filter((factor) => factor === x).length;

export const degreeIn = (x: Variable, a: Polynomial): number =>
  Math.max(0, ...[...a.values()].map(({ factors }) => exponentOf(x, factors)));

/** a(x + by) − a(x). */
export function stepOf(x: Variable, by: bigint, a: Polynomial): Polynomial {
  const shifted = polynomial([
    { coefficient: 1n, factors: [x] },
    { coefficient: by, factors: [] },
  ]);
  return [...a.values()].reduce((total, { coefficient, factors }) => {
    const rest = factors.filter((factor) => factor !== x);
    let power = polynomial([{ coefficient, factors: rest }]);
    for (let left = exponentOf(x, factors); left > 0; left--) power = times(power, shifted);
    return plus(total, plus(power, polynomial([{ coefficient, factors }]), -1n));
  }, polynomial([]));
}

/** An interval of the polynomial's integers. */
export const polynomialBounds = (a: Polynomial, boundsOf: Bounded['boundsOf']): Interval =>
  [...a.values()].reduce(
    (total, { coefficient, factors }) => sum(total, scaled(powers(factors, boundsOf), coefficient)),
    interval(0n, 0n),
  );

/** Parts of x's interval that are looked at for the least value of a polynomial. */
const mostParts = 200;

/**
 * At most the least value. The terms are put together by their factors besides x, and each sum of powers of x is bounded part by part:
 * so 3 x² + 3 x + 1 is not negative.
 */
export function leastIn(x: Variable, a: Polynomial, boundsOf: Bounded['boundsOf']): bigint {
  const groups = new Map<string, { factors: Variable[]; inX: PolynomialTerm[] }>();
  for (const { coefficient, factors } of a.values()) {
    const others = factors.filter((factor) => factor !== x);
    const group = groups.get(others.join()) ?? { factors: others, inX: [] };
    group.inX.push({ coefficient, factors: factors.filter((factor) => factor === x) });
    groups.set(others.join(), group);
  }
  return [...groups.values()].reduce((total, { factors, inX }) => {
    // The least values are looked for: of a sum that negative factors multiply, those with the other sign.
    const others = powers(factors, boundsOf);
    const sign = others.high <= 0n ? -1n : 1n;
    const values = inParts(x, plus(polynomial([]), polynomial(inX), sign), boundsOf(x));
    return total + product(scaled(others, sign), values).low;
  }, 0n);
}

/** The values of a polynomial in x alone: the part with the least ones is split, again and again. */
function inParts(x: Variable, a: Polynomial, whole: Interval): Interval {
  const over = (own: Interval) => ({ own, values: boundsIn(x, a, own) });
  let parts = [over(whole)];
  const { high } = parts[0]!.values;
  while (parts.length < mostParts) {
    const worst = parts.reduce((a, b) => (b.values.low < a.values.low ? b : a));
    const { low, high } = worst.own;
    if (low === high || worst.values.low >= 0n) break;
    const middle = (low + high) >> 1n;
    const halves = [interval(low, middle), interval(middle + 1n, high)];
    parts = [...parts.filter((part) => part !== worst), ...halves.map(over)];
  }
  const low = parts.map(({ values }) => values.low).reduce((a, b) => (b < a ? b : a));
  return interval(low, high);
}

/**
 * In powers of x, and of x less its middle or an end: there the terms may hide less of each other, as at an end where the slope is 0.
 */
const boundsIn = (x: Variable, a: Polynomial, { low, high }: Interval): Interval =>
  [0n, low, (low + high) >> 1n, high]
    .map((center) => {
      const moved = plus(a, stepOf(x, center, a));
      return polynomialBounds(moved, () => interval(low - center, high - center));
    })
    .reduce((one, other) => intersect(one, other)!);

/** How far apart two values of the polynomial can be that differ in x alone. */
export const spanIn = (x: Variable, a: Polynomial, boundsOf: Bounded['boundsOf']): bigint =>
  [...a.values()].reduce((total, { coefficient, factors }) => {
    const others = powers(
      factors.filter((factor) => factor !== x),
      boundsOf,
    );
    const { low, high } = power(boundsOf(x), exponentOf(x, factors));
    return total + magnitude(scaled(others, coefficient)) * (high - low);
  }, 0n);

const powers = (factors: readonly Variable[], boundsOf: Bounded['boundsOf']): Interval =>
  [...new Set(factors)].reduce(
    (total, factor) => product(total, power(boundsOf(factor), exponentOf(factor, factors))),
    interval(1n, 1n),
  );

function power({ low, high }: Interval, exponent: number): Interval {
  const [a, b] = [low ** BigInt(exponent), high ** BigInt(exponent)];
  if (exponent % 2 === 1 || low >= 0n) return interval(a, b);
  if (high <= 0n) return interval(b, a);
  return interval(exponent === 0 ? 1n : 0n, a > b ? a : b);
}
