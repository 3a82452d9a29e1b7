// Registrations: entered in the current epoch, one that is not superseded for each client.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { NewRegistration, Registration } from './records.ts';
import { cell } from './sql.ts';
import type { Queries, Row, Sql } from './sql.ts';

/** Enters a registration as the client's current one. The same digest again changes nothing. */
export async function enterRegistration(sql: Sql, entry: NewRegistration): Promise<Registration> {
  return sql.transaction(async (queries) => {
    // The row of the books is held by whoever registers or closes an epoch: one at a time.
    const [books] = await queries.query('select epoch, plan_digest from books for update');
    const known = await registrationByDigest(queries, entry.digest);
    if (known !== undefined) return sameAs(known, entry);
    const plan = cell.optionalText(books!, 'plan_digest');
    if (plan === null) {
      await queries.query('update books set plan_digest = $1', [entry.planDigest]);
    } else if (plan !== entry.planDigest) {
      fail(
        'other-plan',
        `the books are of plan ${plan}, the registration is of plan ${entry.planDigest}`,
        'model, layout and formats must be the same; another plan has books of its own',
      );
    }
    await queries.query(
      'update registrations set superseded_by = $1 where client = $2 and superseded_by is null',
      [entry.digest, entry.client],
    );
    const [row] = await queries.query(
      `insert into registrations (digest, client, plan_digest, root, unscoped, document, epoch)
       values ($1, $2, $3, $4, $5, $6, $7) returning *`,
      [
        entry.digest,
        entry.client,
        entry.planDigest,
        entry.root,
        entry.unscoped,
        entry.document,
        cell.integer(books!, 'epoch'),
      ],
    );
    await queries.query(
      `insert into commitments (registration_digest, sequence, root, unscoped)
       values ($1, 0, $2, $3)`,
      [entry.digest, entry.root, entry.unscoped],
    );
    return registration(row!);
  });
}

export async function registrationByDigest(
  queries: Queries,
  digest: string,
): Promise<Registration | undefined> {
  const [row] = await queries.query('select * from registrations where digest = $1', [digest]);
  return row && registration(row);
}

/** The client's registration that is not superseded. */
export async function registrationOf(
  queries: Queries,
  client: string,
): Promise<Registration | undefined> {
  const [row] = await queries.query(
    'select * from registrations where client = $1 and superseded_by is null',
    [client],
  );
  return row && registration(row);
}

/** All registrations, superseded ones too, oldest first. */
export async function allRegistrations(queries: Queries): Promise<readonly Registration[]> {
  return (await queries.query('select * from registrations order by number')).map(registration);
}

function sameAs(known: Registration, entry: NewRegistration): Registration {
  const fields = ['client', 'planDigest', 'root', 'unscoped', 'document'] as const;
  for (const field of fields) {
    if (known[field] === entry[field]) continue;
    fail(
      'other-entry',
      `registration ${entry.digest} is in the books with another ${field}`,
      'a digest names one document: compute it anew',
    );
  }
  return known;
}

function registration(row: Row): Registration {
  return {
    client: cell.text(row, 'client'),
    digest: cell.text(row, 'digest'),
    planDigest: cell.text(row, 'plan_digest'),
    root: cell.text(row, 'root'),
    unscoped: cell.text(row, 'unscoped'),
    document: cell.text(row, 'document'),
    epoch: cell.integer(row, 'epoch'),
    supersededBy: cell.optionalText(row, 'superseded_by'),
    recordedAt: cell.time(row, 'recorded_at'),
  };
}
