// The facts of the books about a link, by the registration that it is for. They are read at once: nobody waits for the books while the link is
// verified.
import type { Books, RegistrationRecord } from '../books/index.ts';
import { parseChallenge, type Challenge } from '../documents/challenge.ts';
import { noHistory, type History } from '../documents/history.ts';
import type { Plan } from '../documents/plan.ts';
import { parseWindow } from '../documents/window.ts';
import { refuse } from './refused.ts';

/** A link that can be accepted. */
export interface OpenLink {
  readonly kind: 'open';
  /** The pending registration. */
  readonly registration: RegistrationRecord;
  /** The one that it replaces. */
  readonly replaced: RegistrationRecord;
  readonly challenge: Challenge;
  /** The history of all windows before the epoch of the pending registration. */
  readonly history: History;
}

/** A registration that was linked before. */
export interface LinkedBefore {
  readonly kind: 'linked';
  readonly registration: RegistrationRecord;
}

/** Refuses `unknown-registration`, `superseded`, `not-pending`, `no-challenge`. */
export async function askLink(
  plan: Plan,
  books: Books,
  digest: string,
): Promise<OpenLink | LinkedBefore> {
  const registration = await books.registration(digest);
  if (!registration)
    return refuse('unknown-registration', `no registration ${digest} is in the books`);
  const { standing, client } = registration;
  if (standing === 'current' && (await books.link(digest))) return { kind: 'linked', registration };
  if (standing === 'current')
    refuse('not-pending', `registration ${digest} of ${client} is current: it waits for no link`);
  if (standing !== 'pending')
    refuse('superseded', `registration ${digest} of ${client} was ${standing}`);
  const known = await books.challenge(digest);
  if (!known) return refuse('no-challenge', `no nonce was drawn for registration ${digest}`);
  const challenge = parseChallenge(known.document, 'the challenge in the books', plan.signer);
  const replaced = (await books.registration(challenge.replaces))!;
  return {
    kind: 'open',
    ...{ registration, replaced, challenge },
    history: await historyBefore(plan, books, challenge),
  };
}

async function historyBefore(plan: Plan, books: Books, { window }: Challenge): Promise<History> {
  if (window === null) return noHistory;
  const entry = await books.window(window);
  return parseWindow(entry!.document, 'the window in the books', plan).history;
}
