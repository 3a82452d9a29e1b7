// Whether a registration may enter the books, and how: a pure function of what stands in them.
//   the client has none      → current
//   the provider's word      → current
//   never                    → refused
//   any,    with consent     → current
//   linked, with consent     → pending, until its link is accepted
import { hasConsent, type SignedRegistration } from '../documents/index.ts';
import type { Reregister } from '../documents/index.ts';
import type { Commitment, EnteredBy, IssuedWindow, RegistrationRecord } from './records.ts';
import { refusal, unknownRegistration } from './refusal.ts';
import type { Refusal } from './refusal.ts';

export interface RegisterChoice {
  /** The plan's. */
  readonly policy: Reregister;
  /** The provider's word: it takes the place of the client's current one, without consent, policy or link. */
  readonly replace?: boolean | undefined;
}

/** The facts of the books about a registration that is to be entered. */
export interface AdmissionFacts {
  readonly epoch: number;
  /** Whether the window that it names is in the books. */
  readonly windowKnown: boolean;
  readonly lastWindow: IssuedWindow | undefined;
  /** The registration that it names as the one to be replaced. */
  readonly named: RegistrationRecord | undefined;
  /** The client's, whatever the case of its name. */
  readonly current: RegistrationRecord | undefined;
  readonly pending: RegistrationRecord | undefined;
  /** The last accepted answer of the current one. */
  readonly answer: Commitment | undefined;
}

export type Admission =
  { readonly standing: 'pending' } | { readonly standing: 'current'; readonly entered: EnteredBy };

/** The first thing that speaks against a registration, or how it enters. */
export function admit(
  registration: SignedRegistration,
  facts: AdmissionFacts,
  { policy, replace = false }: RegisterChoice,
): Admission | Refusal {
  const { client, window, replaces } = registration;
  const { current, named } = facts;
  if (window !== null && !facts.windowKnown)
    return refusal(
      'unknown-window',
      `the registration of ${client} compensates for window ${window}, which these books do not have`,
      'register with the last window of this provider and plan',
    );
  if (current === undefined && replaces === null) return { standing: 'current', entered: 'first' };
  if (replace) return { standing: 'current', entered: 'replace' };
  if (replaces === null)
    return refusal(
      'taken-name',
      `the name ${client} is registered, and this registration replaces none`,
      'if you are that client, register with --replaces and the folder of your former state; otherwise choose another name. The provider may overrule it: enroll --replace',
    );
  if (named === undefined || current === undefined || !isOf(named, current))
    return refusal(
      'not-current',
      `the registration of ${client} replaces ${short(replaces)}, which is no registration of that client in these books`,
      'register with --replaces and the state of the current registration, or without it where the client has none here',
    );
  if (!hasConsent(registration, named.signer))
    return refusal(
      'taken-name',
      `the name ${client} is registered, and the key of registration ${short(replaces)} did not sign this one`,
      'sign with the key of the former state: register with --replaces. Where that key is lost the provider may overrule it: enroll --replace',
    );
  if (named.standing !== 'current')
    return refusal(
      'not-current',
      `the registration of ${client} replaces ${short(replaces)}, which is ${named.standing}; the current one is ${short(current.digest)}`,
      'register with --replaces and the state of the current registration',
    );
  if (policy === 'never')
    return refusal(
      'no-reregistration',
      `the plan lets no client register anew, and ${client} is registered`,
      'the registration in the books stands; the provider may overrule the plan: enroll --replace',
    );
  if (policy === 'any') return { standing: 'current', entered: 'consent' };
  return linkable(registration, current, facts) ?? { standing: 'pending' };
}

/** The first reason against linking a registration to the current one. */
function linkable(
  { client, unscoped, window }: SignedRegistration,
  current: RegistrationRecord,
  { lastWindow, answer, pending, epoch }: AdmissionFacts,
): Refusal | undefined {
  if (unscoped !== current.unscoped)
    return refusal(
      'other-unscoped',
      `the registration of ${client} has another digest of the tensors out of scope than the one that it replaces`,
      'register with --replaces, which takes over their salt, and with the same tensors; where they have changed the provider may overrule it: enroll --replace',
    );
  if (window !== (lastWindow?.digest ?? null))
    return refusal(
      'outdated-registration',
      `the registration of ${client} names ${window === null ? 'no window' : `window ${short(window)}`}, and the last one is ${short(lastWindow!.digest)}`,
      'register again, with the newest window (--window)',
    );
  // One of the current epoch is younger than every window.
  if (lastWindow && current.epoch < epoch && answer?.windowDigest !== lastWindow.digest)
    return refusal(
      'unanswered-window',
      `${client} has not answered window ${short(lastWindow.digest)} with registration ${short(current.digest)}`,
      'the client answers it with its former state first: what the window masks would not be linked otherwise',
    );
  if (pending)
    return refusal(
      'pending-registration',
      `registration ${short(pending.digest)} of ${client} waits for its link`,
      'the client proves the link of that one; the provider may drop it: enroll --replace',
    );
  return undefined;
}

/** Why a registration that is in the books is not entered once more. */
export function outdated({ client, digest, standing, supersededBy }: RegistrationRecord): Refusal {
  return standing === 'dropped'
    ? refusal(
        'superseded',
        `registration ${short(digest)} of ${client} was dropped when the provider entered ${short(supersededBy!)}`,
        'the client registers anew, and replaces its current registration',
      )
    : refusal(
        'superseded',
        `${client} has registered again, as ${short(supersededBy!)}: registration ${short(digest)} is superseded`,
        'use the newest registration of the client, with the receipt that it has',
      );
}

/** Why a registration that is not pending takes neither challenge nor link. */
export function notPending(digest: string, found: RegistrationRecord | undefined): Refusal {
  if (found === undefined) return unknownRegistration(digest);
  if (found.standing !== 'current') return outdated(found);
  return refusal(
    'not-pending',
    `registration ${short(digest)} of ${found.client} is current: there is nothing to link`,
    'enroll it again for its receipt',
  );
}

const isOf = (a: RegistrationRecord, b: RegistrationRecord): boolean =>
  a.client.toLowerCase() === b.client.toLowerCase();

const short = (digest: string): string => `${digest.slice(0, 16)}…`;
