// Links that were accepted: each makes a pending registration current, and the one that it replaces superseded.
import { challengeOf } from './challenges.ts';
import { checkNewLink } from './entries.ts';
import { notPending } from './admission.ts';
import type { LinkRecord, NewLink, RegistrationRecord } from './records.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { makeCurrent, registrationByDigest } from './registrations.ts';
import { cell } from './sql.ts';
import type { Queries, Row, Sql } from './sql.ts';

export type LinkOutcome =
  | {
      readonly kind: 'accepted';
      /** Which is current now. */
      readonly registration: RegistrationRecord;
      /** The one that was accepted first. */
      readonly link: LinkRecord;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Enters a verified link, in one transaction. A registration that was linked before stays as it is. */
export async function acceptLink(sql: Sql, link: NewLink): Promise<LinkOutcome> {
  checkNewLink(link);
  const { registrationDigest, bundleDigest, measured } = link;
  return sql.transaction(async (queries): Promise<LinkOutcome> => {
    await queries.query('select epoch from books for update');
    const registration = await registrationByDigest(queries, registrationDigest);
    const known = await linkOf(queries, registrationDigest);
    if (known && registration?.standing === 'current')
      return { kind: 'accepted', registration, link: known };
    if (registration?.standing !== 'pending')
      return { kind: 'refused', refusal: notPending(registrationDigest, registration) };
    if (!(await challengeOf(queries, registrationDigest)))
      return {
        kind: 'refused',
        refusal: refusal(
          'no-challenge',
          `no nonce was drawn for registration ${registrationDigest}`,
          'enroll it again: the nonce is drawn then',
        ),
      };
    const entered = await makeCurrent(queries, registration, 'link');
    const [row] = await queries.query(
      `insert into links (registration_digest, bundle_digest, measured)
       values ($1, $2, $3::text::jsonb) returning *`,
      [registrationDigest, bundleDigest, JSON.stringify(measured)],
    );
    return { kind: 'accepted', registration: entered, link: linkIn(row!) };
  });
}

export async function linkOf(
  queries: Queries,
  registrationDigest: string,
): Promise<LinkRecord | undefined> {
  const [row] = await queries.query('select * from links where registration_digest = $1', [
    registrationDigest,
  ]);
  return row && linkIn(row);
}

const linkIn = (row: Row): LinkRecord => ({
  registrationDigest: cell.text(row, 'registration_digest'),
  bundleDigest: cell.text(row, 'bundle_digest'),
  measured: cell.json(row, 'measured'),
  recordedAt: cell.time(row, 'recorded_at'),
});
