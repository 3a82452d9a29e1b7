// The provider's books: registrations, windows, verdicts and commitments in an embedded PostgreSQL.
export { booksIn } from './books.ts';
export type { Books } from './books.ts';
export type { Outcome, Prospect } from './decide.ts';
export { migrate } from './migrate.ts';
export { migrations, retired } from './migrations/index.ts';
export type { Migration } from './migrations/index.ts';
export { openBooks } from './open.ts';
export type { OpenOptions } from './open.ts';
export type {
  Claim,
  Commitment,
  Finding,
  IssuedWindow,
  NewEntry,
  Reason,
  Registration,
  Standing,
  Status,
  Verdict,
  Window,
} from './records.ts';
export type { Refusal, RefusalCode } from './refusal.ts';
export type { Cell, Database, Queries, Row, Sql } from './sql.ts';
export type { VerdictFilter } from './verdicts.ts';
