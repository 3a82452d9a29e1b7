// Polynomials with integer coefficients over the symbols of a program's facts.
import type { Expression } from '../../constraints/expression.ts';
import { interval, product, scaled, sum, type Interval } from '../../numbers/interval.ts';
import type { Facts, Symbol } from './facts.ts';

export interface Monomial {
  readonly coefficient: bigint;
  /** Ascending; a symbol stands as often as its power. None for the constant. */
  readonly symbols: readonly Symbol[];
}

/** By the names of the symbols; no coefficient is 0. */
export type Polynomial = ReadonlyMap<string, Monomial>;

/** Products of long sums grow fast. A form with more monomials is not followed. */
const mostMonomials = 4096;

/** The form with each product put in place of its symbol; undefined where that grows too large. */
export function expand(e: Expression, { products }: Facts): Polynomial | undefined {
  let total: Polynomial | undefined = ofMonomials([{ coefficient: e.constant, symbols: [] }]);
  for (const { coefficient, variable } of e.terms) {
    const factors = products.get(variable);
    let part: Polynomial | undefined = ofMonomials([{ coefficient: 1n, symbols: [variable] }]);
    if (factors) {
      const [a, b] = factors.map((factor) => expand(factor, { products } as Facts));
      part = a && b && multiply(a, b);
    }
    total = total && part && add(total, part, coefficient);
    if (!total || total.size > mostMonomials) return undefined;
  }
  return total;
}

export function ofMonomials(monomials: Iterable<Monomial>): Polynomial {
  const found = new Map<string, Monomial>();
  for (const { coefficient, symbols } of monomials) {
    const key = symbols.join();
    const both = (found.get(key)?.coefficient ?? 0n) + coefficient;
    if (both === 0n) found.delete(key);
    else found.set(key, { coefficient: both, symbols });
  }
  return found;
}

/** a + factor · b. */
export function add(a: Polynomial, b: Polynomial, factor = 1n): Polynomial {
  const found = new Map(a);
  for (const [key, { coefficient, symbols }] of b) {
    const both = (found.get(key)?.coefficient ?? 0n) + factor * coefficient;
    if (both === 0n) found.delete(key);
    else found.set(key, { coefficient: both, symbols });
  }
  return found;
}

/** Undefined where that grows too large. */
export function multiply(a: Polynomial, b: Polynomial): Polynomial | undefined {
  if (a.size * b.size > mostMonomials) return undefined;
  return ofMonomials(
    [...a.values()].flatMap((x) =>
      [...b.values()].map((y) => ({
        coefficient: x.coefficient * y.coefficient,
        symbols: [...x.symbols, ...y.symbols].sort((p, q) => p - q),
      })),
    ),
  );
}

export const samePolynomial = (a: Polynomial, b: Polynomial): boolean => add(a, b, -1n).size === 0;

/** The interval of a polynomial by those of its symbols; undefined where one has none. */
export function rangeOf(p: Polynomial, intervals: Facts['intervals']): Interval | undefined {
  let total = interval(0n, 0n);
  for (const { coefficient, symbols } of p.values()) {
    let own = interval(1n, 1n);
    for (const symbol of symbols) {
      const known = intervals[symbol];
      if (!known) return undefined;
      own = product(own, known);
    }
    total = sum(total, scaled(own, coefficient));
  }
  return total;
}
