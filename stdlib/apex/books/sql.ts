// The seam between the books and their database: text with $1, $2 … and rows. PGlite stands behind it here; a client of
// a PostgreSQL server can take its place, because every statement is PostgreSQL's own SQL.

/** What comes back for one column: the books select only texts, 32-bit integers, booleans, JSON and times. */
export type Cell = string | number | boolean | object | null;

export type Row = Readonly<Record<string, Cell>>;

/** Runs one statement. Called in a transaction, it sees that transaction. */
export interface Queries {
  query(text: string, parameters?: readonly Cell[]): Promise<readonly Row[]>;
}

/** A database. */
export interface Sql extends Queries {
  /**
   * Runs `action` in one transaction: committed durably when it returns, rolled back when it throws. READ COMMITTED is
   * enough: the books lock the rows that a decision rests on.
   */
  transaction<T>(action: (queries: Queries) => Promise<T>): Promise<T>;
}

/** A database that was opened here. */
export interface Database extends Sql {
  close(): Promise<void>;
}

/** The columns of a row by type; a wrong type is a bug of the books, not of their user. */
export const cell = {
  text: (row: Row, column: string): string => expectType(row, column, 'string') as string,
  integer: (row: Row, column: string): number => expectType(row, column, 'number') as number,
  boolean: (row: Row, column: string): boolean => expectType(row, column, 'boolean') as boolean,
  optionalText: (row: Row, column: string): string | null =>
    row[column] === null ? null : cell.text(row, column),
  json: (row: Row, column: string): object => expectType(row, column, 'object') as object,
  time: (row: Row, column: string): Date => {
    const value = row[column];
    return value instanceof Date ? value : new Date(cell.text(row, column));
  },
};

function expectType(row: Row, column: string, type: string): Cell {
  const value = row[column];
  if (value === undefined || value === null || typeof value !== type) {
    throw new TypeError(`column ${column} holds ${String(value)}, not a ${type}`);
  }
  return value;
}
