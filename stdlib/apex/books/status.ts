// The books in one line, and their clients in one line each.
import { challengeOf } from './challenges.ts';
import { currentCommitment } from './commitments.ts';
import type { Standing, Status } from './records.ts';
import { currentRegistrations, pendingOf } from './registrations.ts';
import { cell } from './sql.ts';
import type { Queries } from './sql.ts';

export async function summarize(queries: Queries): Promise<Status> {
  const [row] = await queries.query(
    `select plan_digest, epoch,
       (select count(*)::integer from registrations where standing = 'current') as clients,
       (select count(*)::integer from registrations) as registrations,
       (select count(*)::integer from registrations where standing = 'pending') as pending,
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
    pending: cell.integer(row!, 'pending'),
    windows: cell.integer(row!, 'windows'),
    accepted: cell.integer(row!, 'accepted'),
    rejected: cell.integer(row!, 'rejected'),
  };
}

export async function standings(queries: Queries): Promise<readonly Standing[]> {
  const counts = await queries.query(
    'select registration_digest, count(*)::integer as answered from commitments group by 1',
  );
  const answered = new Map(
    counts.map((row) => [cell.text(row, 'registration_digest'), cell.integer(row, 'answered')]),
  );
  const standing: Standing[] = [];
  for (const registration of await currentRegistrations(queries)) {
    const pending = await pendingOf(queries, registration.client);
    standing.push({
      registration,
      answered: answered.get(registration.digest) ?? 0,
      current: await currentCommitment(queries, registration.digest),
      pending: pending && {
        registration: pending,
        challenge: await challengeOf(queries, pending.digest),
      },
    });
  }
  return standing;
}
