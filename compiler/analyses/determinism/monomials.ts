// Products as linear equations over monomials: with left = α a + β and right = γ b + δ,
//
//   out = s (αγ · ab + αδ · a + βγ · b + βδ)
//
// where ab is a column of its own, one for all products of a and b. Equal factors give equal products by this, and a product
// by a constant is a sum.
import type { Variable } from '../../constraints/expression.ts';
import type { ProductGate } from '../../constraints/gates.ts';
import type { PrimeField } from '../../numbers/field.ts';
import type { Affine } from './affine.ts';
import type { Row } from './elimination.ts';

/** A product of two variables, or a square. */
export interface Monomial {
  readonly column: number;
  readonly a: Variable;
  readonly b: Variable;
}

export class Monomials {
  readonly #byKey = new Map<string, Monomial>();
  readonly #byColumn = new Map<number, Monomial>();
  readonly #first: number;
  /** Variables of monomials. */
  readonly factors = new Set<Variable>();

  /** Columns from `first` on are monomials. */
  constructor(first: number) {
    this.#first = first;
  }

  of(u: Variable, v: Variable): Monomial {
    const [a, b] = u < v ? [u, v] : [v, u];
    const key = `${a},${b}`;
    const known = this.#byKey.get(key);
    if (known) return known;
    const monomial = { column: this.#first + this.#byKey.size, a, b };
    this.factors.add(a).add(b);
    this.#byKey.set(key, monomial);
    this.#byColumn.set(monomial.column, monomial);
    return monomial;
  }

  at(column: number): Monomial | undefined {
    return this.#byColumn.get(column);
  }
}

/** A variable as an image of another one; undefined stands for the constant `offset`. */
export type Resolved = Affine | { readonly root?: undefined; readonly offset: bigint };

/** The equation of a product without its constant: Σ c v = −k. */
export function equationOfProduct(
  { scale, out }: ProductGate,
  left: Resolved,
  right: Resolved,
  monomials: Monomials,
  { centered }: PrimeField,
): Row {
  const row: Row = new Map();
  const addTerm = (column: number, coefficient: bigint): void => {
    const sum = centered((row.get(column) ?? 0n) + coefficient);
    if (sum === 0n) row.delete(column);
    else row.set(column, sum);
  };
  addTerm(out, -1n);
  if (left.root !== undefined) addTerm(left.root, scale * left.factor * right.offset);
  if (right.root !== undefined) addTerm(right.root, scale * right.factor * left.offset);
  if (left.root !== undefined && right.root !== undefined)
    addTerm(monomials.of(left.root, right.root).column, scale * left.factor * right.factor);
  return row;
}
