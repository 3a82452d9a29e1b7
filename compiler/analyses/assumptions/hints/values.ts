// Values that a hint's formula can have: quotients of polynomials in the symbols of the facts, and square roots of them.
import { ofMonomials, type Monomial, type Polynomial } from '../polynomial.ts';
import { multiply } from '../polynomial.ts';
import { Unreadable } from './formula.ts';

/** v^power = numerator / denominator, with a denominator above 0 and, for a root, v ≥ 0. */
export interface Value {
  readonly power: 1 | 2;
  readonly numerator: Polynomial;
  readonly denominator: Polynomial;
}

export const constantOf = (coefficient: bigint): Polynomial =>
  ofMonomials([{ coefficient, symbols: [] }]);

/** The number itself: a float64 is an integer times a power of two. */
export function valueOfNumber(x: number): Value {
  if (!Number.isFinite(x)) throw new Unreadable(`has the number ${x}`);
  let [integer, denominator] = [x, 1n];
  for (; !Number.isInteger(integer); integer *= 2) denominator *= 2n;
  return fraction(constantOf(BigInt(integer)), constantOf(denominator));
}

/**
 * Removes the powers of two and the symbols that divide both. It removes only symbols for which `isPositive` is true, so that the
 * denominator stays above 0.
 */
export function fraction(
  numerator: Polynomial,
  denominator: Polynomial,
  power: Value['power'] = 1,
  isPositive: (symbol: number) => boolean = () => false,
): Value {
  if (numerator.size === 0) return { power, numerator, denominator: constantOf(1n) };
  const monomials = [...numerator.values(), ...denominator.values()];
  let twos = 0n;
  while (monomials.every(({ coefficient }) => (coefficient >> twos) % 2n === 0n)) twos++;
  const common = monomials
    .map(({ symbols }) => symbols)
    .reduce(commonOf)
    .filter(isPositive);
  const divide = ({ coefficient, symbols }: Monomial): Monomial => ({
    coefficient: coefficient >> twos,
    symbols: without(symbols, common),
  });
  const [n, d] = [numerator, denominator].map((p) => ofMonomials([...p.values()].map(divide)));
  return { power, numerator: n!, denominator: d! };
}

/** The common symbols of both, as often as both have them. */
function commonOf(a: Monomial['symbols'], b: Monomial['symbols']): readonly number[] {
  const left = [...b];
  return a.filter((symbol) => {
    const at = left.indexOf(symbol);
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}

function without(symbols: Monomial['symbols'], others: Monomial['symbols']): number[] {
  const left = [...symbols];
  for (const other of others) left.splice(left.indexOf(other), 1);
  return left;
}

/** Throws Unreadable where the polynomials grow too large. */
export function times(...factors: readonly Polynomial[]): Polynomial {
  return factors.reduce((a, b) => {
    const both = multiply(a, b);
    if (!both) throw new Unreadable('is too large a formula');
    return both;
  });
}
