// How far apart two accepted values of a declared element can be, for the same inputs.
//
// Let F(a) = c a + d lie in [l, h], where c and d depend on known symbols alone and no value of c is 0. Two witnesses with
// the same inputs agree on c and d, so that |c| |a − a'| ≤ h − l and |a − a'| ≤ (h − l) / min |c|.
import { contains, interval, magnitude, type Interval } from '../../numbers/interval.ts';
import type { BoundedForm, Facts, Symbol } from './facts.ts';
import { expand, ofMonomials, rangeOf, type Polynomial } from './polynomial.ts';

/** Decides of a symbol whether the inputs force its value. */
export type IsKnown = (symbol: Symbol) => boolean;

/** In units of the element's last place; undefined where no form ties the symbol to known ones. */
export function spreadOf(
  symbol: Symbol,
  forms: readonly ExpandedForm[],
  { intervals }: Facts,
  isKnown: IsKnown,
): bigint | undefined {
  let least: bigint | undefined;
  for (const { polynomial, interval: own, symbols } of forms) {
    if (!symbols.has(symbol)) continue;
    const others = [...symbols].filter((other) => other !== symbol);
    const slope = others.every(isKnown) ? slopeOf(polynomial, symbol) : undefined;
    const range = slope && rangeOf(slope, intervals);
    if (!range || contains(range, interval(0n, 0n))) continue;
    const size = range.low > 0n ? range.low : magnitude(interval(range.high, range.high));
    const spread = (own.high - own.low) / size;
    if (least === undefined || spread < least) least = spread;
  }
  return least;
}

export interface ExpandedForm {
  readonly polynomial: Polynomial;
  /** [l, h]. */
  readonly interval: Interval;
  readonly symbols: ReadonlySet<Symbol>;
}

/** The bounded forms with their products written out. */
export function expandForms(facts: Facts): ExpandedForm[] {
  return facts.forms.flatMap(({ terms, interval: own }: BoundedForm) => {
    const polynomial = expand({ terms, constant: 0n }, facts);
    if (!polynomial) return [];
    const symbols = new Set([...polynomial.values()].flatMap((monomial) => monomial.symbols));
    return [{ polynomial, interval: own, symbols }];
  });
}

/** c where the polynomial is c a + d; undefined where a has a power. */
function slopeOf(polynomial: Polynomial, a: Symbol): Polynomial | undefined {
  const slope = [];
  for (const { coefficient, symbols } of polynomial.values()) {
    const rest = symbols.filter((symbol) => symbol !== a);
    if (symbols.length - rest.length > 1) return undefined;
    if (rest.length < symbols.length) slope.push({ coefficient, symbols: rest });
  }
  return ofMonomials(slope);
}
