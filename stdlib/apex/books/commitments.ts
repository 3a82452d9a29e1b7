// The commitments of clients: a row for each step, the newest one is current.
import type { Commitment } from './records.ts';
import { cell } from './sql.ts';
import type { Queries, Row } from './sql.ts';

/** The newest commitment of a registration. */
export async function currentCommitment(
  queries: Queries,
  registrationDigest: string,
): Promise<Commitment | undefined> {
  const [row] = await queries.query(
    'select * from commitments where registration_digest = $1 order by sequence desc limit 1',
    [registrationDigest],
  );
  return row && commitment(row);
}

/** Of all registrations that are not superseded. */
export async function currentRoots(queries: Queries): Promise<string[]> {
  const rows = await queries.query(
    `select distinct on (commitments.registration_digest) commitments.root from commitments
     join registrations on registrations.digest = commitments.registration_digest
     where registrations.superseded_by is null
     order by commitments.registration_digest, commitments.sequence desc`,
  );
  return rows.map((row) => cell.text(row, 'root'));
}

/** All that a client was ever committed to, oldest first. */
export async function commitmentsOf(
  queries: Queries,
  client: string,
): Promise<readonly Commitment[]> {
  const rows = await queries.query(
    `select commitments.* from commitments
     join registrations on registrations.digest = commitments.registration_digest
     where registrations.client = $1
     order by registrations.number, commitments.sequence`,
    [client],
  );
  return rows.map(commitment);
}

export async function enterCommitment(queries: Queries, entry: Commitment): Promise<void> {
  await queries.query(
    `insert into commitments (registration_digest, sequence, root, unscoped, verdict)
     values ($1, $2, $3, $4, $5)`,
    [entry.registrationDigest, entry.sequence, entry.root, entry.unscoped, entry.verdict],
  );
}

function commitment(row: Row): Commitment {
  return {
    registrationDigest: cell.text(row, 'registration_digest'),
    sequence: cell.integer(row, 'sequence'),
    root: cell.text(row, 'root'),
    unscoped: cell.text(row, 'unscoped'),
    verdict: row['verdict'] === null ? null : cell.integer(row, 'verdict'),
  };
}
