// Linear equations taken together: sparse Gauss-Jordan elimination. Every row that arises is a sum of multiples of given
// rows, so whatever it says by itself is true of all witnesses.
//
// Most equations of a circuit only define something: a column without bounds stands in no other row, also when such rows
// are taken away, one after the other. They are set aside first, because they tell nothing of the others. In the end the
// others are put into them. Work is counted in terms, and ends with the budget.
import type { PrimeField } from '../../numbers/field.ts';
import { negatedInverse } from './affine.ts';

/** Coefficients by column, none of them 0; what is known is left out. */
export type Row = Map<number, bigint>;

export interface Budget {
  /** Terms that may still be worked on. */
  left: number;
}

/** What an inverse costs, in terms. */
const inverseCost = 50;

/** Longer rows are not put into others in the end: they would say little, and chains of sums would grow with their square. */
const longest = 40;

export interface Elimination {
  readonly field: PrimeField;
  readonly budget: Budget;
  /** Which columns to eliminate first: those of low rank. */
  readonly rank: (column: number) => number;
  /** Whether a column has bounds. */
  readonly isDigit: (column: number) => boolean;
  /** Takes each row that arises. */
  readonly conclude: (row: Row) => void;
}

/** Rows are changed. */
export function eliminate(rows: readonly Row[], elimination: Elimination): void {
  const { field, budget, rank, conclude } = elimination;
  const rowsOf = new Map<number, Set<Row>>();
  for (const row of rows)
    for (const column of row.keys()) {
      const own = rowsOf.get(column);
      if (own) own.add(row);
      else rowsOf.set(column, new Set([row]));
    }
  const aside = setAside(rows, rowsOf, elimination);
  const order = [...rowsOf.keys()]
    .filter((column) => rowsOf.get(column)!.size > 0)
    .sort((a, b) => rank(a) - rank(b));
  const pivots = new Map<number, Row>();
  const used = new Set<Row>();
  for (const column of order) {
    const own = rowsOf.get(column)!;
    const pivot = shortest([...own].filter((row) => !used.has(row)));
    if (!pivot) continue;
    budget.left -= own.size * pivot.size;
    if (budget.left < 0) return;
    used.add(pivot);
    pivots.set(column, pivot);
    for (const row of [...own]) {
      if (row === pivot) continue;
      substitute(column, pivot, row, rowsOf);
      conclude(row);
    }
  }
  for (const { row, column } of aside.reverse()) {
    for (const each of [...row.keys()]) {
      const pivot = pivots.get(each);
      if (!pivot || pivot.size > longest) continue;
      budget.left -= pivot.size;
      if (budget.left < 0) return;
      substitute(each, pivot, row);
    }
    conclude(row);
    pivots.set(column, row);
  }

  /** Adds a multiple of the pivot to the row, without the column then. */
  function substitute(
    column: number,
    pivot: Row,
    row: Row,
    index?: ReadonlyMap<number, Set<Row>>,
  ): void {
    const own = pivot.get(column)!;
    if (own !== 1n && own !== -1n) budget.left -= inverseCost;
    const factor = field.centered(negatedInverse(own, field) * row.get(column)!);
    for (const [each, coefficient] of pivot) {
      const old = row.get(each);
      const value = field.centered((old ?? 0n) + factor * coefficient);
      if (value === 0n) {
        row.delete(each);
        index?.get(each)!.delete(row);
      } else {
        row.set(each, value);
        if (old === undefined) index?.get(each)!.add(row);
      }
    }
  }
}

const shortest = (rows: readonly Row[]): Row | undefined =>
  rows.reduce<Row | undefined>(
    (best, row) => (best && best.size <= row.size ? best : row),
    undefined,
  );

interface Aside {
  readonly row: Row;
  /** Found in no other row, but in those that were set aside before. */
  readonly column: number;
}

function setAside(
  rows: readonly Row[],
  rowsOf: ReadonlyMap<number, Set<Row>>,
  { isDigit, rank }: Elimination,
): Aside[] {
  const aside: Aside[] = [];
  const pending = [...rows];
  for (let row = pending.pop(); row; row = pending.pop()) {
    const alone = [...row.keys()].filter((c) => {
      const own = rowsOf.get(c)!;
      return !isDigit(c) && own.size === 1 && own.has(row!);
    });
    if (alone.length === 0) continue;
    aside.push({ row, column: alone.reduce((a, b) => (rank(b) < rank(a) ? b : a)) });
    for (const column of row.keys()) {
      const own = rowsOf.get(column)!;
      own.delete(row);
      if (own.size === 1) pending.push(...own);
    }
  }
  return aside;
}
