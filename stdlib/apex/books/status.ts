// The books in one line each.
import type { Status } from './records.ts';
import { cell } from './sql.ts';
import type { Queries } from './sql.ts';

export async function summarize(queries: Queries): Promise<Status> {
  const [row] = await queries.query(
    `select plan_digest, epoch,
       (select count(*)::integer from registrations where superseded_by is null) as clients,
       (select count(*)::integer from registrations) as registrations,
       (select count(*)::integer from windows) as windows,
       (select count(*)::integer from verdicts where accepted) as accepted,
       (select count(*)::integer from verdicts where not accepted) as rejected
     from books`,
  );
  return {
    planDigest: cell.optionalText(row!, 'plan_digest'),
    epoch: cell.integer(row!, 'epoch'),
    clients: cell.integer(row!, 'clients'),
    registrations: cell.integer(row!, 'registrations'),
    windows: cell.integer(row!, 'windows'),
    accepted: cell.integer(row!, 'accepted'),
    rejected: cell.integer(row!, 'rejected'),
  };
}
