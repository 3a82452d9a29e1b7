// A polynomial as one in a single symbol, whose coefficients are polynomials in the others.
import type { Symbol } from '../facts.ts';
import { add, ofMonomials, type Monomial, type Polynomial } from '../polynomial.ts';
import { times } from './values.ts';

/** The coefficients of 1, y, y², … */
export function powersOf(y: Symbol, p: Polynomial): Polynomial[] {
  const byPower: Monomial[][] = [[]];
  for (const { coefficient, symbols } of p.values()) {
    const rest = symbols.filter((symbol) => symbol !== y);
    (byPower[symbols.length - rest.length] ??= []).push({ coefficient, symbols: rest });
  }
  return Array.from(byPower, (monomials) => ofMonomials(monomials ?? []));
}

/** The polynomial with `value` in place of y. */
export const valueAt = (powers: readonly Polynomial[], value: Polynomial): Polynomial =>
  powers.reduceRight<Polynomial>((total, own) => add(times(total, value), own), new Map());

/** The quotient by y − root; undefined where that does not divide the polynomial. */
export function divideBy(
  powers: readonly Polynomial[],
  root: Polynomial,
): Polynomial[] | undefined {
  const quotient: Polynomial[] = [];
  let carried: Polynomial = new Map();
  for (const own of powers.toReversed()) {
    quotient.unshift(carried);
    carried = add(own, times(carried, root));
  }
  return carried.size === 0 ? quotient.slice(0, -1) : undefined;
}
