// The nonce of a link: drawn and signed when the registration stands in the books as pending, and kept there.
import { randomBytes, type KeyObject } from 'node:crypto';
import type { Books, ChallengeRecord, RegistrationRecord } from '../books/index.ts';
import { canonicalText } from '../documents/canonical.ts';
import { challengeDigest, challengeDocument, type Challenge } from '../documents/challenge.ts';

/** The challenge of a pending registration. The first one stands, whoever asks, and however often. */
export async function drawChallenge(
  books: Books,
  entry: RegistrationRecord,
  key: KeyObject,
): Promise<ChallengeRecord> {
  const drawn = await books.challenge(entry.digest);
  if (drawn) return drawn;
  const { planDigest: plan, digest: registration, epoch, windowDigest: window, client } = entry;
  const replaces = entry.replaces!;
  const answer = (await books.history(client)).find(
    (each) => each.registrationDigest === replaces && each.epoch === epoch - 1,
  );
  const challenge: Challenge = {
    ...{ plan, registration, replaces, epoch, window },
    commitments: answer === undefined ? null : BigInt(answer.root),
    nonce: randomBytes(32).toString('hex'),
  };
  return books.enterChallenge({
    digest: challengeDigest(challenge),
    document: canonicalText(challengeDocument(challenge, key)),
  });
}
