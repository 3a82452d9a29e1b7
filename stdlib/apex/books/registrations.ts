// Registrations: entered in the current epoch, with a standing; one current and at most one pending for each client.
import type { SignedRegistration } from '../documents/index.ts';
import { admit, outdated } from './admission.ts';
import type { Admission, AdmissionFacts, RegisterChoice } from './admission.ts';
import { currentCommitment } from './commitments.ts';
import { readNewRegistration, sameDocument } from './entries.ts';
import { checkPlanDigest } from './plan.ts';
import type { EnteredBy, NewEntry, RegistrationRecord, RegistrationStanding } from './records.ts';
import { raise } from './refusal.ts';
import { cell } from './sql.ts';
import type { Queries, Row, Sql } from './sql.ts';
import { lastWindow, windowByDigest } from './windows.ts';

/** Enters a registration, as current or as pending. The same digest again changes nothing, but by the provider's word. */
export async function enterRegistration(
  sql: Sql,
  entry: NewEntry,
  choice: RegisterChoice,
): Promise<RegistrationRecord> {
  const registration = readNewRegistration(entry);
  return sql.transaction(async (queries) => {
    // The row of the books is held by whoever registers, links or closes an epoch: one at a time.
    const [books] = await queries.query('select epoch, plan_digest from books for update');
    await checkPlanDigest(queries, cell.optionalText(books!, 'plan_digest'), registration.plan);
    const known = await registrationByDigest(queries, entry.digest);
    if (known !== undefined) {
      const same = checkKnown(known, entry);
      return same.standing === 'pending' && choice.replace
        ? makeCurrent(queries, same, 'replace')
        : same;
    }
    const epoch = cell.integer(books!, 'epoch');
    const facts = await factsOf(queries, registration, epoch);
    const admission = admit(registration, facts, choice);
    if ('code' in admission) return raise(admission);
    return insert(queries, entry, { registration, admission, epoch });
  });
}

/**
 * The first thing that `enterRegistration` would refuse is thrown. Nothing is entered, and nothing is held.
 * @returns the entry where the registration is in the books.
 */
export async function foreseeRegistration(
  queries: Queries,
  entry: NewEntry,
  choice: RegisterChoice,
): Promise<RegistrationRecord | undefined> {
  const registration = readNewRegistration(entry);
  const known = await registrationByDigest(queries, entry.digest);
  if (known !== undefined) return checkKnown(known, entry);
  const [books] = await queries.query('select epoch from books');
  const facts = await factsOf(queries, registration, cell.integer(books!, 'epoch'));
  const admission = admit(registration, facts, choice);
  return 'code' in admission ? raise(admission) : undefined;
}

/** Throws `other-entry`, `superseded`. */
function checkKnown(known: RegistrationRecord, entry: NewEntry): RegistrationRecord {
  const same = sameDocument(known, entry);
  if (same.standing === 'superseded' || same.standing === 'dropped') raise(outdated(same));
  return same;
}

async function factsOf(
  queries: Queries,
  { client, window, replaces }: SignedRegistration,
  epoch: number,
): Promise<AdmissionFacts> {
  const current = await registrationOf(queries, client);
  return {
    epoch,
    windowKnown: window !== null && (await windowByDigest(queries, window)) !== undefined,
    lastWindow: await lastWindow(queries),
    named: replaces === null ? undefined : await registrationByDigest(queries, replaces),
    current,
    pending: await pendingOf(queries, client),
    answer: current && (await currentCommitment(queries, current.digest)),
  };
}

async function insert(
  queries: Queries,
  { digest, document }: NewEntry,
  entered: {
    readonly registration: SignedRegistration;
    readonly admission: Admission;
    readonly epoch: number;
  },
): Promise<RegistrationRecord> {
  const { registration, admission, epoch } = entered;
  const { client, plan, root, unscoped, window, signer, replaces } = registration;
  if (admission.standing === 'current') await retire(queries, client, digest);
  const [row] = await queries.query(
    `insert into registrations (digest, client, plan_digest, root, unscoped, window_digest, signer,
       replaces, document, epoch, standing, entered)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning *`,
    [
      ...[digest, client, plan, `${root}`, unscoped, window, signer, replaces, document, epoch],
      ...[admission.standing, admission.standing === 'current' ? admission.entered : null],
    ],
  );
  return recordIn(row!);
}

/** A pending registration takes the place of the client's current one. The row of the books is held. */
export async function makeCurrent(
  queries: Queries,
  { digest, client }: RegistrationRecord,
  entered: EnteredBy,
): Promise<RegistrationRecord> {
  await retire(queries, client, digest);
  const [row] = await queries.query(
    `update registrations set standing = 'current', entered = $2 where digest = $1 returning *`,
    [digest, entered],
  );
  return recordIn(row!);
}

/** The client's current registration is superseded by another one, and a third one that is pending is dropped. */
async function retire(queries: Queries, client: string, by: string): Promise<void> {
  await queries.query(
    `update registrations
     set standing = case standing when 'current' then 'superseded' else 'dropped' end, superseded_by = $1
     where name = lower($2) and digest <> $1 and standing in ('current', 'pending')`,
    [by, client],
  );
}

export async function registrationByDigest(
  queries: Queries,
  digest: string,
): Promise<RegistrationRecord | undefined> {
  const [row] = await queries.query('select * from registrations where digest = $1', [digest]);
  return row && recordIn(row);
}

/** The client's current registration. */
export const registrationOf = (
  queries: Queries,
  client: string,
): Promise<RegistrationRecord | undefined> => standingOf(queries, client, 'current');

/** The client's registration that waits for its link. */
export const pendingOf = (
  queries: Queries,
  client: string,
): Promise<RegistrationRecord | undefined> => standingOf(queries, client, 'pending');

async function standingOf(
  queries: Queries,
  client: string,
  standing: RegistrationStanding,
): Promise<RegistrationRecord | undefined> {
  const [row] = await queries.query(
    'select * from registrations where name = lower($1) and standing = $2',
    [client, standing],
  );
  return row && recordIn(row);
}

/** All of a client, whatever their standing, oldest first. */
export async function registrationsOf(
  queries: Queries,
  client: string,
): Promise<readonly RegistrationRecord[]> {
  const rows = await queries.query(
    'select * from registrations where name = lower($1) order by number',
    [client],
  );
  return rows.map(recordIn);
}

/** All registrations, whatever their standing, oldest first. */
export async function allRegistrations(queries: Queries): Promise<readonly RegistrationRecord[]> {
  return (await queries.query('select * from registrations order by number')).map(recordIn);
}

/** The current ones, oldest first. */
export async function currentRegistrations(
  queries: Queries,
): Promise<readonly RegistrationRecord[]> {
  const rows = await queries.query(
    `select * from registrations where standing = 'current' order by number`,
  );
  return rows.map(recordIn);
}

function recordIn(row: Row): RegistrationRecord {
  return {
    client: cell.text(row, 'client'),
    digest: cell.text(row, 'digest'),
    planDigest: cell.text(row, 'plan_digest'),
    root: cell.text(row, 'root'),
    unscoped: cell.text(row, 'unscoped'),
    windowDigest: cell.optionalText(row, 'window_digest'),
    signer: cell.text(row, 'signer'),
    replaces: cell.optionalText(row, 'replaces'),
    document: cell.text(row, 'document'),
    epoch: cell.integer(row, 'epoch'),
    standing: cell.text(row, 'standing') as RegistrationStanding,
    entered: cell.optionalText(row, 'entered') as EnteredBy | null,
    supersededBy: cell.optionalText(row, 'superseded_by'),
    recordedAt: cell.time(row, 'recorded_at'),
  };
}
