// Proves that a matrix A of integers is symmetric, and a lower bound of its eigenvalues.
//
//   A = E + Σ_k w_k r_k r_kᵀ  with w_k > 0:  the sum is positive semidefinite, so λ_min(A) ≥ λ_min(E), and by
//   Gershgorin's theorem λ_min(E) ≥ min_i (E_ii − Σ_(j≠i) |E_ij|).
//
// E is known by construction (A is computed as φ I + RᵀR), or by a certificate: an assertion that the entries of
// A − Σ_k w_k r_k r_kᵀ lie in intervals (stdlib/definite.ts).
import type { Expression } from '../../constraints/expression.ts';
import { interval, magnitude, type Interval } from '../../numbers/interval.ts';
import { keyOf, type Facts, type Symbol } from './facts.ts';
import { add, expand, ofMonomials, samePolynomial, type Polynomial } from './polynomial.ts';

/** Entries (i, j), row by row. */
export type Matrix = readonly (readonly Expression[])[];

export function isSymmetric(matrix: Matrix): boolean {
  return matrix.every((row, i) => row.every((entry, j) => keyOf(entry) === keyOf(matrix[j]![i]!)));
}

/** A lower bound of the eigenvalues of a symmetric matrix, in units of its last place; undefined where none is proved. */
export function eigenvalueBound(matrix: Matrix, facts: Facts): Bound | undefined {
  const entries = matrix.map((row) => row.map((entry) => expand(entry, facts)));
  const certified = certificates(facts);
  const split = entries.map((row) => row.map((entry) => entry && splitEntry(entry, certified)));
  const scale = split[0]?.[0]?.scale;
  if (scale === undefined) return undefined;
  const parts: Part[][] = [];
  for (const row of split) {
    const own = row.flatMap((part) => (part?.scale === scale ? [part] : []));
    if (own.length < row.length) return undefined;
    parts.push(own);
  }
  if (!isGram(parts.map((row) => row.map(({ gram }) => gram)))) return undefined;
  const radii = parts.map((row, i) =>
    row.reduce((total, { rest }, j) => (i === j ? total - rest.low : total + magnitude(rest)), 0n),
  );
  return { least: -radii.reduce((most, each) => (each > most ? each : most)), scale };
}

/** λ_min ≥ least / scale. */
export interface Bound {
  readonly least: bigint;
  readonly scale: bigint;
}

/** scale · entry = rest + gram. */
interface Part {
  readonly scale: bigint;
  readonly rest: Interval;
  readonly gram: Polynomial;
}

/** By the symbol m: forms c m − gram that are known to lie in an interval. */
type Certificates = ReadonlyMap<Symbol, Part>;

function certificates(facts: Facts): Certificates {
  const found = new Map<Symbol, Part>();
  for (const { terms, interval: own } of facts.forms) {
    const linear = terms.filter(({ variable }) => !facts.products.has(variable));
    const [entry] = linear;
    if (linear.length !== 1 || !entry || terms.length < 2) continue;
    const sign = entry.coefficient < 0n ? -1n : 1n;
    const others = terms.filter((term) => term !== entry);
    const gram = expand(
      {
        terms: others.map((term) => ({ ...term, coefficient: -sign * term.coefficient })),
        constant: 0n,
      },
      facts,
    );
    const rest = sign < 0n ? interval(-own.high, -own.low) : own;
    if (gram && isQuadratic(gram) && !found.has(entry.variable))
      found.set(entry.variable, { scale: sign * entry.coefficient, rest, gram });
  }
  return found;
}

function splitEntry(entry: Polynomial, certified: Certificates): Part | undefined {
  const constant = entry.get('')?.coefficient ?? 0n;
  const gram = ofMonomials([...entry.values()].filter(({ symbols }) => symbols.length > 0));
  if (isQuadratic(gram)) return { scale: 1n, rest: interval(constant, constant), gram };
  const [only] = gram.values();
  if (gram.size > 1 || only!.symbols.length !== 1 || only!.coefficient !== 1n || constant !== 0n)
    return undefined;
  return certified.get(only!.symbols[0]!);
}

const isQuadratic = (p: Polynomial): boolean =>
  [...p.values()].every(({ symbols }) => symbols.length === 2);

/**
 * Whether the quadratic forms are Σ_k w_k r_ki r_kj for all i and j, with w_k > 0. The symbols r_ki of column i are those
 * whose squares stand in (i, i). Two of them belong to one row k where their product stands in (i, j). That is only a guess:
 * the sum that it gives is compared with the forms.
 */
function isGram(forms: readonly (readonly Polynomial[])[]): boolean {
  const columns = forms.map((row, i) => squares(row[i]!));
  const rows = new Rows();
  forms.forEach((row, i) =>
    row.forEach((form, j) => {
      if (j <= i) return;
      for (const { symbols } of form.values()) {
        const [a, b] = symbols as [Symbol, Symbol];
        for (const [r, s] of [
          [a, b],
          [b, a],
        ] as const)
          if (columns[i]!.has(r) && columns[j]!.has(s)) rows.join(at(i, r), at(j, s));
      }
    }),
  );
  const byRow = new Map<string, { column: number; symbol: Symbol; weight: bigint }[]>();
  columns.forEach((weights, column) =>
    weights.forEach((weight, symbol) => {
      const row = rows.of(at(column, symbol));
      byRow.set(row, [...(byRow.get(row) ?? []), { column, symbol, weight }]);
    }),
  );
  const sums = forms.map((row) => row.map((): Polynomial => new Map()));
  for (const entries of byRow.values()) {
    const weight = entries[0]!.weight;
    if (weight <= 0n || entries.some((each) => each.weight !== weight)) return false;
    if (new Set(entries.map(({ column }) => column)).size < entries.length) return false;
    for (const a of entries)
      for (const b of entries) {
        const symbols = [a.symbol, b.symbol].sort((x, y) => x - y);
        const own = ofMonomials([{ coefficient: weight, symbols }]);
        sums[a.column]![b.column] = add(sums[a.column]![b.column]!, own);
      }
  }
  return forms.every((row, i) => row.every((form, j) => samePolynomial(form, sums[i]![j]!)));
}

/** The symbols whose squares stand in a form, with their coefficients. */
const squares = (form: Polynomial): ReadonlyMap<Symbol, bigint> =>
  new Map(
    [...form.values()].flatMap(({ coefficient, symbols: [a, b] }) =>
      a === b ? [[a!, coefficient] as const] : [],
    ),
  );

const at = (column: number, symbol: Symbol): string => `${column}:${symbol}`;

/** Disjoint sets. */
class Rows {
  readonly #parents = new Map<string, string>();

  of(item: string): string {
    const parent = this.#parents.get(item);
    if (parent === undefined) return item;
    const root = this.of(parent);
    this.#parents.set(item, root);
    return root;
  }

  join(a: string, b: string): void {
    const [x, y] = [this.of(a), this.of(b)];
    if (x !== y) this.#parents.set(x, y);
  }
}
