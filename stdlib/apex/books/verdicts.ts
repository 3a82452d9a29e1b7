// The rows of verdicts: a bundle may have many, one of them accepted at most.
import type { Finding, Verdict } from './records.ts';
import { cell } from './sql.ts';
import type { Queries, Row } from './sql.ts';

/** Which verdicts are asked for; those that fit all that is given. */
export interface VerdictFilter {
  readonly bundleDigest?: string;
  readonly registrationDigest?: string;
  readonly windowDigest?: string;
  readonly accepted?: boolean;
}

/** Oldest first. */
export async function verdictsWhere(
  queries: Queries,
  filter: VerdictFilter,
): Promise<readonly Verdict[]> {
  const rows = await queries.query(
    `select * from verdicts
     where ($1::text is null or bundle_digest = $1)
       and ($2::text is null or registration_digest = $2)
       and ($3::text is null or window_digest = $3)
       and ($4::boolean is null or accepted = $4)
     order by number`,
    [
      filter.bundleDigest ?? null,
      filter.registrationDigest ?? null,
      filter.windowDigest ?? null,
      filter.accepted ?? null,
    ],
  );
  return rows.map(verdict);
}

export async function enterVerdict(queries: Queries, finding: Finding): Promise<Verdict> {
  const [row] = await queries.query(
    `insert into verdicts (bundle_digest, registration_digest, window_digest, accepted,
       reason_code, reason_text, kept, root_after, measured)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb) returning *`,
    [
      finding.bundleDigest,
      finding.registrationDigest,
      finding.windowDigest,
      finding.accepted,
      finding.reason?.code ?? null,
      finding.reason?.text ?? null,
      finding.kept,
      finding.rootAfter,
      JSON.stringify(finding.measured),
    ],
  );
  return verdict(row!);
}

function verdict(row: Row): Verdict {
  const code = cell.optionalText(row, 'reason_code');
  return {
    number: cell.integer(row, 'number'),
    bundleDigest: cell.text(row, 'bundle_digest'),
    registrationDigest: cell.text(row, 'registration_digest'),
    windowDigest: cell.text(row, 'window_digest'),
    accepted: cell.boolean(row, 'accepted'),
    reason: code === null ? null : { code, text: cell.text(row, 'reason_text') },
    kept: cell.optionalText(row, 'kept'),
    rootAfter: cell.text(row, 'root_after'),
    measured: cell.json(row, 'measured'),
    recordedAt: cell.time(row, 'recorded_at'),
  };
}
