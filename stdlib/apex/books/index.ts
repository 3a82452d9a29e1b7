// The provider's books: registrations, windows, verdicts and commitments in an embedded PostgreSQL.
export { inTurn, openedFor } from './access.ts';
export type { BooksAccess } from './access.ts';
export type { RegisterChoice } from './admission.ts';
export { booksIn } from './books.ts';
export type { Books } from './books.ts';
export type { Outcome, Prospect } from './decide.ts';
export type { LinkOutcome } from './links.ts';
export { migrate } from './migrate.ts';
export { migrations, retired } from './migrations/index.ts';
export type { Migration } from './migrations/index.ts';
export { openBooks } from './open.ts';
export type { OpenOptions } from './open.ts';
export type {
  ChallengeRecord,
  Claim,
  Commitment,
  Finding,
  EnteredBy,
  Foreseen,
  IssuedWindow,
  LinkRecord,
  NewEntry,
  NewLink,
  Pending,
  Reason,
  RegistrationRecord,
  RegistrationStanding,
  Standing,
  Status,
  Verdict,
  Window,
} from './records.ts';
export { isRefusalCode } from './refusal.ts';
export type { Refusal, RefusalCode } from './refusal.ts';
export type { Cell, Database, Queries, Row, Sql } from './sql.ts';
export type { VerdictFilter } from './verdicts.ts';
