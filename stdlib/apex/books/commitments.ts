// The commitments of clients: a row for each accepted bundle, the one of the newest window is current.
import type { Commitment, RegistrationRecord } from './records.ts';
import { cell } from './sql.ts';
import type { Queries, Row } from './sql.ts';

/** The commitment of a registration's last accepted bundle. */
export async function currentCommitment(
  queries: Queries,
  registrationDigest: string,
): Promise<Commitment | undefined> {
  const [row] = await queries.query(
    'select * from commitments where registration_digest = $1 order by epoch desc limit 1',
    [registrationDigest],
  );
  return row && commitmentIn(row);
}

/** A registration's answer to the window of an epoch. */
export async function commitmentAt(
  queries: Queries,
  registrationDigest: string,
  epoch: number,
): Promise<Commitment | undefined> {
  const [row] = await queries.query(
    'select * from commitments where registration_digest = $1 and epoch = $2',
    [registrationDigest, epoch],
  );
  return row && commitmentIn(row);
}

/**
 * The last roots of all current registrations, and those that challenges of pending ones name, or will name: of the answer to
 * the window before the pending one's epoch.
 */
export async function currentRoots(queries: Queries): Promise<string[]> {
  const rows = await queries.query(
    `(select distinct on (commitments.registration_digest) commitments.root from commitments
      join registrations on registrations.digest = commitments.registration_digest
      where registrations.standing = 'current'
      order by commitments.registration_digest, commitments.epoch desc)
     union
     (select commitments.root from commitments
      join registrations on registrations.awaits = commitments.registration_digest
      where commitments.epoch = registrations.epoch - 1)`,
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
     where registrations.name = lower($1)
     order by registrations.number, commitments.epoch`,
    [client],
  );
  return rows.map(commitmentIn);
}

export async function enterCommitment(
  queries: Queries,
  registration: RegistrationRecord,
  entry: Commitment,
): Promise<void> {
  await queries.query(
    `insert into commitments (registration_digest, registration_epoch, window_digest, epoch, root, verdict)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      entry.registrationDigest,
      registration.epoch,
      entry.windowDigest,
      entry.epoch,
      entry.root,
      entry.verdict,
    ],
  );
}

const commitmentIn = (row: Row): Commitment => ({
  registrationDigest: cell.text(row, 'registration_digest'),
  windowDigest: cell.text(row, 'window_digest'),
  epoch: cell.integer(row, 'epoch'),
  root: cell.text(row, 'root'),
  verdict: cell.integer(row, 'verdict'),
});
