// What gates force together, where one by one they force no more: a second look at what is left unknown. It starts from
// bounds by all rules (range.ts), follows which variables are never 0, and takes the equations that are left together
// (elimination.ts), products among them (monomials.ts).
//
// It only runs when something is unknown after the first rules; its work is counted, and what is beyond the budget stays
// unknown. So a large circuit that is determined costs nothing more, and one that is not a bounded amount.
import type { Term, Variable } from '../../constraints/expression.ts';
import type { ProductGate } from '../../constraints/gates.ts';
import type { ConstraintSystem } from '../../constraints/system.ts';
import { product, square, contains, type Interval } from '../../numbers/interval.ts';
import { AffineClasses } from './affine.ts';
import type { Arithmetic } from './arithmetic.ts';
import { eliminate, type Budget, type Row } from './elimination.ts';
import type { Equations } from './equations.ts';
import { equationOfProduct, Monomials, type Monomial, type Resolved } from './monomials.ts';
import { neverZeros } from './never-zero.ts';
import { forcedUnknowns } from './radix.ts';
import { boundVariables } from './range.ts';

/** Terms, for the life of an analysis. */
export const mostWork = 500_000;

export class Refinement {
  readonly bounds: readonly Interval[];
  /** Variables that are 0 in no witness. */
  readonly neverZero: Uint8Array;
  readonly #system: ConstraintSystem;
  readonly #arithmetic: Arithmetic;
  readonly #affine: AffineClasses;
  readonly #monomials: Monomials;
  readonly #products: ProductGate[] = [];
  readonly #budget: Budget = { left: mostWork };
  /** Monomials that are known, though not both of their variables are. */
  readonly #known = new Set<Monomial>();

  constructor(
    system: ConstraintSystem,
    equations: Equations,
    bounds: readonly Interval[],
    arithmetic: Arithmetic,
  ) {
    this.#system = system;
    this.#arithmetic = arithmetic;
    this.#affine = new AffineClasses(arithmetic.field);
    this.#monomials = new Monomials(system.variables);
    for (const equation of equations.ofGate) {
      if (!equation) continue;
      let constant = equation.constant;
      const open = equation.terms.filter(({ coefficient, variable }) => {
        const { low, high } = bounds[variable]!;
        if (low === high) constant += coefficient * low;
        return low !== high;
      });
      const [u, v] = open;
      if (u && v && open.length === 2)
        this.#affine.relate(u.coefficient, u.variable, v.coefficient, v.variable, constant);
    }
    const resolve = (variable: Variable, within: readonly Interval[]): Resolved =>
      this.#resolve(variable, within);
    this.bounds = boundVariables(system, equations, arithmetic, { bounds, resolve });
    this.neverZero = neverZeros(system, equations, this.bounds, arithmetic.field);
    for (const { gate } of system.gates) if (gate.kind === 'product') this.#products.push(gate);
  }

  /** Variables that the equations force together, given those that are known and sums that are. */
  conclude(
    isKnown: (variable: Variable) => boolean,
    sums: readonly (readonly Term[] | undefined)[],
  ): ReadonlySet<Variable> {
    const forced = new Set<Variable>();
    const { left } = this.#budget;
    if (left < 0) return forced;
    this.#budget.left -= sums.length >> 3;
    const isDetermined = (column: number): boolean => {
      if (forced.has(column)) return true;
      if (column < this.#system.variables) return isKnown(column);
      const monomial = this.#monomials.at(column)!;
      const { a, b } = monomial;
      return this.#known.has(monomial) || (isDetermined(a) && isDetermined(b));
    };
    const rows: Row[] = [];
    const addRow = (row: Row): void => {
      for (const column of row.keys()) if (isDetermined(column)) row.delete(column);
      if (row.size > 0) rows.push(row);
    };
    for (const sum of sums)
      if (sum?.some(({ variable }) => !isKnown(variable)))
        addRow(new Map(sum.map(({ coefficient, variable }) => [variable, coefficient])));
    for (const gate of this.#products) {
      if (isKnown(gate.out) && isKnown(gate.left) && isKnown(gate.right)) continue;
      const [l, r] = [this.#resolve(gate.left), this.#resolve(gate.right)];
      addRow(equationOfProduct(gate, l, r, this.#monomials, this.#arithmetic.field));
    }
    const conclude = (row: Row): void => {
      const terms = [...row].filter(([column]) => !isDetermined(column));
      for (const column of this.#forcedBy(terms, isDetermined)) {
        if (column < this.#system.variables) forced.add(column);
        else this.#known.add(this.#monomials.at(column)!);
      }
    };
    for (const monomial of this.#known) {
      const { column, a, b } = monomial;
      if (!isDetermined(a) || !isDetermined(b))
        this.#factorsOf([[column, 1n]], isDetermined).forEach((variable) => forced.add(variable));
    }
    rows.forEach(conclude);
    const factors = this.#monomials.factors;
    const isDigit = (column: number): boolean => this.#spanOf(column) !== undefined;
    eliminate(rows, {
      field: this.#arithmetic.field,
      isDigit,
      // Rows of digits, and of a monomial with one of its factors, say something: they are what should be left.
      rank: (column) =>
        isDigit(column) ? 3 : factors.has(column) ? 2 : this.#monomials.at(column) ? 1 : 0,
      conclude,
      budget: this.#budget,
    });
    return forced;
  }

  /** The columns that a row forces, by what it says alone. */
  #forcedBy(
    terms: readonly (readonly [column: number, coefficient: bigint])[],
    isDetermined: (column: number) => boolean,
  ): readonly number[] {
    const [only] = terms;
    if (!only) return [];
    if (terms.length === 1) return [only[0], ...this.#factorsOf(terms, isDetermined)];
    if (terms.length === 2) {
      const found = this.#factorsOf(terms, isDetermined);
      if (found.length > 0) return found;
    }
    const unknowns = terms.flatMap(([variable, coefficient]) => {
      const span = this.#spanOf(variable);
      return span === undefined ? [] : [{ variable, coefficient, span }];
    });
    if (unknowns.length < terms.length) return [];
    this.#budget.left -= terms.length;
    return forcedUnknowns(unknowns, this.#arithmetic.field);
  }

  /**
   * What A · ab + B · b is known to be forces b where a is known and A a + B ≠ 0 for sure. What A · a² + B · a is known to be
   * forces a where no other value has it: two values x ≠ y with A x² + B x = A y² + B y have x + y = −B / A.
   */
  #factorsOf(
    terms: readonly (readonly [column: number, coefficient: bigint])[],
    isDetermined: (column: number) => boolean,
  ): Variable[] {
    const quadratic = terms.find(([column]) => column >= this.#system.variables);
    const linear = terms.find((term) => term !== quadratic);
    if (!quadratic || (linear && linear[0] >= this.#system.variables)) return [];
    const { a, b } = this.#monomials.at(quadratic[0])!;
    const { centered, inverse, modulus } = this.#arithmetic.field;
    const critical = linear ? centered(-linear[1] * inverse(quadratic[1])) : 0n;
    if (a === b) {
      if (linear && linear[0] !== a) return [];
      const { low, high } = this.bounds[a]!;
      // Sums of two different values are in [2 low + 1, 2 high − 1].
      const [least, most] = [2n * low + 1n, 2n * high - 1n];
      const meets = [-modulus, 0n, modulus].some((k) => {
        const sum = critical + k;
        return least <= sum && sum <= most;
      });
      return meets ? [] : [a];
    }
    const [known, other] = isDetermined(a) ? [a, b] : [b, a];
    if (!isDetermined(known) || (linear && linear[0] !== other)) return [];
    const { low, high } = this.bounds[known]!;
    const apart = critical < low || critical > high;
    return apart || (critical === 0n && this.neverZero[known] === 1) ? [other] : [];
  }

  /** One less than how many integers a column may be; undefined where that is all. */
  #spanOf(column: number): bigint | undefined {
    const { anything } = this.#arithmetic;
    if (column < this.#system.variables) {
      const own = this.bounds[column]!;
      return own === anything ? undefined : own.high - own.low;
    }
    const { a, b } = this.#monomials.at(column)!;
    const [u, v] = [this.bounds[a]!, this.bounds[b]!];
    if (u === anything || v === anything) return undefined;
    const whole = a === b ? square(u) : product(u, v);
    return contains(anything, whole) ? whole.high - whole.low : undefined;
  }

  #resolve(variable: Variable, bounds: readonly Interval[] = this.bounds): Resolved {
    const { low, high } = bounds[variable]!;
    if (low === high) return { offset: low };
    const affine = this.#affine.find(variable);
    const root = bounds[affine.root]!;
    return root.low === root.high
      ? { offset: this.#arithmetic.field.canonical(affine.factor * root.low + affine.offset) }
      : affine;
  }
}
