// Challenges of pending registrations: one for each, the first one stands.
import { readNewChallenge, refuseEntry, sameDocument } from './entries.ts';
import type { ChallengeRecord, NewEntry, RegistrationRecord } from './records.ts';
import { commitmentAt } from './commitments.ts';
import { notPending } from './admission.ts';
import { registrationByDigest } from './registrations.ts';
import { raise } from './refusal.ts';
import { cell } from './sql.ts';
import type { Queries, Row, Sql } from './sql.ts';

/** Enters a challenge, which says what the books say of the registration. Where there is one, it is returned. */
export async function enterChallenge(sql: Sql, entry: NewEntry): Promise<ChallengeRecord> {
  const challenge = readNewChallenge(entry);
  return sql.transaction(async (queries) => {
    await queries.query('select epoch from books for update');
    const known = await challengeOf(queries, challenge.registration);
    if (known !== undefined)
      return known.digest === entry.digest ? sameDocument(known, entry) : known;
    const registration = await registrationByDigest(queries, challenge.registration);
    if (registration?.standing !== 'pending')
      return raise(notPending(challenge.registration, registration));
    const expected = await expectedOf(queries, registration);
    for (const [field, value] of Object.entries(expected))
      if (challenge[field as keyof typeof expected] !== value)
        refuseEntry(field, `${challenge[field as keyof typeof expected]}`, `${value}`);
    const [row] = await queries.query(
      `insert into challenges
         (registration_digest, digest, replaces, epoch, window_digest, commitments, nonce, document)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning *`,
      [
        ...[registration.digest, entry.digest, challenge.replaces, challenge.epoch],
        ...[challenge.window, expected.commitments === null ? null : `${expected.commitments}`],
        ...[challenge.nonce, entry.document],
      ],
    );
    return challengeIn(row!);
  });
}

/** The fields of the challenge of a pending registration, but for the nonce. */
async function expectedOf(
  queries: Queries,
  { planDigest, replaces, epoch, windowDigest }: RegistrationRecord,
) {
  const answer = await commitmentAt(queries, replaces!, epoch - 1);
  const commitments = answer === undefined ? null : BigInt(answer.root);
  return { plan: planDigest, replaces: replaces!, epoch, window: windowDigest, commitments };
}

export async function challengeOf(
  queries: Queries,
  registrationDigest: string,
): Promise<ChallengeRecord | undefined> {
  const [row] = await queries.query('select * from challenges where registration_digest = $1', [
    registrationDigest,
  ]);
  return row && challengeIn(row);
}

const challengeIn = (row: Row): ChallengeRecord => ({
  digest: cell.text(row, 'digest'),
  document: cell.text(row, 'document'),
  registrationDigest: cell.text(row, 'registration_digest'),
  recordedAt: cell.time(row, 'recorded_at'),
});
