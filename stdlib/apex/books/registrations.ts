// Registrations: entered in the current epoch, one that is not superseded for each client.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { readNewRegistration, sameDocument } from './entries.ts';
import { checkPlanDigest } from './plan.ts';
import type { NewEntry, Registration } from './records.ts';
import { cell } from './sql.ts';
import type { Queries, Row, Sql } from './sql.ts';
import { windowByDigest } from './windows.ts';

/** Enters a registration as the client's current one. The same digest again changes nothing. */
export async function enterRegistration(sql: Sql, entry: NewEntry): Promise<Registration> {
  const { digest, document } = entry;
  const { client, plan, root, unscoped, window, signer } = readNewRegistration(entry);
  return sql.transaction(async (queries) => {
    // The row of the books is held by whoever registers or closes an epoch: one at a time.
    const [books] = await queries.query('select epoch, plan_digest from books for update');
    const known = await registrationByDigest(queries, digest);
    if (known !== undefined) return sameDocument(known, entry);
    await checkPlanDigest(queries, cell.optionalText(books!, 'plan_digest'), plan);
    if (window !== null && !(await windowByDigest(queries, window)))
      fail(
        'unknown-window',
        `the registration of ${client} compensates for window ${window}, which these books do not have`,
        'register with the last window of this provider and plan',
      );
    await queries.query(
      'update registrations set superseded_by = $1 where client = $2 and superseded_by is null',
      [digest, client],
    );
    const epoch = cell.integer(books!, 'epoch');
    const [row] = await queries.query(
      `insert into registrations (digest, client, plan_digest, root, unscoped, window_digest, signer, document, epoch)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning *`,
      [digest, client, plan, `${root}`, unscoped, window, signer, document, epoch],
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

/** All of a client, superseded ones too, oldest first. */
export async function registrationsOf(
  queries: Queries,
  client: string,
): Promise<readonly Registration[]> {
  const rows = await queries.query(
    'select * from registrations where client = $1 order by number',
    [client],
  );
  return rows.map(registration);
}

/** All registrations, superseded ones too, oldest first. */
export async function allRegistrations(queries: Queries): Promise<readonly Registration[]> {
  return (await queries.query('select * from registrations order by number')).map(registration);
}

/** Those that are not superseded, oldest first. */
export async function currentRegistrations(queries: Queries): Promise<readonly Registration[]> {
  const rows = await queries.query(
    'select * from registrations where superseded_by is null order by number',
  );
  return rows.map(registration);
}

function registration(row: Row): Registration {
  return {
    client: cell.text(row, 'client'),
    digest: cell.text(row, 'digest'),
    planDigest: cell.text(row, 'plan_digest'),
    root: cell.text(row, 'root'),
    unscoped: cell.text(row, 'unscoped'),
    windowDigest: cell.optionalText(row, 'window_digest'),
    signer: cell.text(row, 'signer'),
    document: cell.text(row, 'document'),
    epoch: cell.integer(row, 'epoch'),
    supersededBy: cell.optionalText(row, 'superseded_by'),
    recordedAt: cell.time(row, 'recorded_at'),
  };
}
