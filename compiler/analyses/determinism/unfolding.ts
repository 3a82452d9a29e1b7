// Sums as polynomials in one unknown x, with known coefficients: products and sealed sums are put in place of their variables.
//
// x is a sum of unknown variables, by what stands in the products: one variable, or the limbs of a number.
import { fromVariable, type Term, type Variable } from '../../constraints/expression.ts';
import type { ProductGate } from '../../constraints/gates.ts';
import { negatedInverse } from './affine.ts';
import { multiple, type Bounded } from './bounded.ts';
import type { Budget } from './elimination.ts';
import { takeApart, type Equations, type Parts } from './equations.ts';
import { fromForm, plus, polynomial, reduced, times, type Polynomial } from './polynomial.ts';

export interface Unfolding extends Bounded {
  readonly equations: Equations;
  readonly budget: Budget;
  isKnown(variable: Variable): boolean;
  /** The gates of which it is the product. */
  productsOf(out: Variable): readonly ProductGate[];
}

/** Stands for the sum x in polynomials. */
export const x: Variable = -1;

/** polynomial + rest ≡ the sum: the rest is of unknowns that are not part of x. */
export interface Unfolded {
  readonly polynomial: Polynomial;
  readonly rest: readonly Term[];
}

/** Factors that are followed for two sums. */
const mostFactors = 100;

/** A product of polynomials with so many pairs of terms is not followed. */
const mostPairs = 400;

export class Unfolder {
  readonly #context: Unfolding;
  #left = mostFactors;
  /** Products that are being followed: so that none is followed in a circle. */
  readonly #open = new Set<Variable>();

  constructor(context: Unfolding) {
    this.#context = context;
  }

  /** The sum of unknowns that the products among the terms are made of; undefined where there are none. */
  baseOf(terms: readonly Term[]): readonly Term[] | undefined {
    for (const { variable } of terms) {
      const base = this.#follow(variable, ({ left, right }) => {
        for (const factor of [left, right]) {
          if (this.#context.isKnown(factor)) continue;
          const { unknown } = this.#apart(factor);
          const plain = unknown.filter((term) => this.#productsOf(term.variable).length === 0);
          const found = plain.length > 0 ? inMultiples(plain, this.#context) : this.baseOf(unknown);
          if (found) return found;
        }
        return undefined;
      });
      if (base) return base;
    }
    return undefined;
  }

  /** The sum as a polynomial in the base. */
  unfold(terms: readonly Term[], base: readonly Term[]): Unfolded {
    const { field } = this.#context;
    let total = polynomial([]);
    const rest = new Map<Variable, bigint>();
    for (const { coefficient, variable } of terms) {
      const own = this.#follow(variable, (gate) => this.#unfoldProduct(gate, base));
      if (own) total = plus(total, own, coefficient);
      else rest.set(variable, coefficient);
    }
    const multiplier = rest.get(base[0]!.variable);
    if (
      multiplier !== undefined &&
      base.every((t) => rest.get(t.variable) === field.centered(multiplier * t.coefficient))
    ) {
      base.forEach(({ variable }) => rest.delete(variable));
      total = plus(total, polynomial([{ coefficient: multiplier, factors: [x] }]));
    }
    return {
      polynomial: reduced(total, field),
      rest: [...rest].map(([variable, coefficient]) => ({ coefficient, variable })),
    };
  }

  #unfoldProduct(
    { scale, left, right }: ProductGate,
    base: readonly Term[],
  ): Polynomial | undefined {
    const { field, budget } = this.#context;
    const a = this.#unfoldFactor(left, base);
    const b = a && left !== right ? this.#unfoldFactor(right, base) : a;
    if (!a || !b || a.size * b.size > mostPairs) return undefined;
    budget.left -= a.size * b.size;
    return reduced(times(a, b), field, scale);
  }

  #unfoldFactor(factor: Variable, base: readonly Term[]): Polynomial | undefined {
    if (this.#context.isKnown(factor)) return fromForm(fromVariable(factor));
    const { unknown, known } = this.#apart(factor);
    const { polynomial, rest } = this.unfold(unknown, base);
    return rest.length > 0 ? undefined : plus(polynomial, fromForm(known));
  }

  /** The first result that one of its products gives. */
  #follow<T>(out: Variable, give: (gate: ProductGate) => T | undefined): T | undefined {
    if (this.#open.has(out)) return undefined;
    this.#open.add(out);
    let found: T | undefined;
    for (const gate of this.#productsOf(out)) {
      if (found !== undefined || this.#left-- <= 0) break;
      found = give(gate);
    }
    this.#open.delete(out);
    return found;
  }

  #productsOf(out: Variable): readonly ProductGate[] {
    return this.#context.productsOf(out).filter(({ left, right }) => left !== out && right !== out);
  }

  #apart(variable: Variable): Parts {
    const { equations, budget, isKnown } = this.#context;
    const parts = takeApart(fromVariable(variable), equations, isKnown);
    budget.left -= parts.unknown.length + parts.known.terms.length;
    return parts;
  }
}

/** The sum over the coefficient of its oldest variable, which comes first. */
export function inMultiples(terms: readonly Term[], { field }: Bounded): readonly Term[] {
  const sorted = [...terms].sort((a, b) => a.variable - b.variable);
  const by = -negatedInverse(sorted[0]!.coefficient, field);
  return multiple({ terms: sorted, constant: 0n }, by, field).terms;
}
