// The provider's books of one plan: who registered what in which epoch, which window closed it, which bundle was judged how,
// and what each client is committed to now.
//   one owner for each name:   whatever replaces a registration has the consent of its key, or the provider's word
//   registration before mask:  a registration may be used with a window iff registration.epoch ≤ window.epoch
//   windows in order:          accepted windows of a registration have ascending epochs
import type { RegisterChoice } from './admission.ts';
import { challengeOf, enterChallenge } from './challenges.ts';
import { commitmentsOf, currentCommitment, currentRoots } from './commitments.ts';
import { decide, foresee } from './decide.ts';
import type { Outcome, Prospect } from './decide.ts';
import { checkClaim, checkFinding } from './entries.ts';
import { acceptLink, linkOf } from './links.ts';
import type { LinkOutcome } from './links.ts';
import type {
  ChallengeRecord,
  Commitment,
  Finding,
  Foreseen,
  IssuedWindow,
  LinkRecord,
  NewEntry,
  NewLink,
  RegistrationRecord,
  Standing,
  Status,
  Verdict,
  Window,
} from './records.ts';
import {
  allRegistrations,
  enterRegistration,
  foreseeRegistration,
  pendingOf,
  registrationByDigest,
  registrationOf,
  registrationsOf,
} from './registrations.ts';
import type { Database } from './sql.ts';
import { standings, summarize } from './status.ts';
import { verdictsWhere } from './verdicts.ts';
import type { VerdictFilter } from './verdicts.ts';
import { allWindows, enterWindow, lastWindow, windowByDigest } from './windows.ts';

export interface Books {
  /**
   * Enters a registration in the current epoch: as the client's current one, or, under the policy `linked`, as a pending one. The
   * one that it replaces is superseded and keeps its place. The same digest again returns the first entry as it stands now.
   * `replace` is the provider's word: the registration is current at once, and one that is pending is dropped.
   * @throws LetheError `bad-books-entry` (another digest than the document's), `bad-document`, `other-plan`, `other-entry`
   *   (another text under the same digest), `unknown-window` (it compensates for one that was never issued), `superseded` (it was
   *   entered before, and is superseded or was dropped); for a name that is registered: `taken-name`, `not-current`,
   *   `no-reregistration`, `other-unscoped`, `outdated-registration`, `unanswered-window`, `pending-registration`.
   */
  register(entry: NewEntry, choice: RegisterChoice): Promise<RegistrationRecord>;

  /**
   * Before the long work: throws what `register` would throw, and enters nothing.
   * @returns the entry where the registration is in the books.
   */
  foreseeRegistration(
    entry: NewEntry,
    choice: RegisterChoice,
  ): Promise<RegistrationRecord | undefined>;

  /**
   * Enters the challenge of a pending registration. The first one stands, and is returned.
   * @throws LetheError `bad-books-entry` (it says other than the books), `bad-document`, `unknown-registration`, `not-pending`,
   *   `superseded`.
   */
  enterChallenge(entry: NewEntry): Promise<ChallengeRecord>;

  /**
   * Enters a verified link: the pending registration is current, and the one that it replaces is superseded. A registration that was
   * linked before stays as it is. Refusals are returned, not thrown.
   * @throws LetheError `bad-books-entry`.
   */
  acceptLink(link: NewLink): Promise<LinkOutcome>;

  /**
   * Enters a window, which closes the current epoch. The same digest again returns the first entry.
   * @throws LetheError `bad-books-entry`, `bad-document`, `other-entry`, `other-plan`; `stale-window` (of another epoch);
   *   `bad-history` (it drops a position, changes an epoch, has a new position in another epoch, or does not follow the last).
   */
  issueWindow(entry: NewEntry): Promise<Window>;

  /** Before verifying: whether the claim stands, and with what. Nothing is entered and nothing is held. */
  beginVerdict(claim: Foreseen): Promise<Prospect>;

  /**
   * Enters what the verifier found. An accepted finding is judged again in the same transaction; refusals are returned, not thrown.
   * @throws LetheError `bad-books-entry`.
   */
  recordVerdict(finding: Finding): Promise<Outcome>;

  registration(digest: string): Promise<RegistrationRecord | undefined>;
  /** The client's current registration, whatever the case of its name. */
  registrationOf(client: string): Promise<RegistrationRecord | undefined>;
  /** The client's registration that waits for its link. */
  pendingOf(client: string): Promise<RegistrationRecord | undefined>;
  /** All of a client, whatever their standing, oldest first. */
  registrationsOf(client: string): Promise<readonly RegistrationRecord[]>;
  registrations(): Promise<readonly RegistrationRecord[]>;
  /** The first one that was drawn for a registration. */
  challenge(registrationDigest: string): Promise<ChallengeRecord | undefined>;
  /** The link by which a registration became current. */
  link(registrationDigest: string): Promise<LinkRecord | undefined>;
  window(digest: string): Promise<Window | undefined>;
  /** The newest one. */
  lastWindow(): Promise<Window | undefined>;
  windows(): Promise<readonly IssuedWindow[]>;
  verdicts(filter?: VerdictFilter): Promise<readonly Verdict[]>;
  /** The last accepted commitment of the client's current registration. */
  commitment(client: string): Promise<Commitment | undefined>;
  /** The last roots of all current registrations, and those that challenges of pending ones name. */
  currentRoots(): Promise<readonly string[]>;
  /** All that the client was ever committed to, over all its registrations, oldest first. */
  history(client: string): Promise<readonly Commitment[]>;
  /** One for each current registration, oldest first. */
  standings(): Promise<readonly Standing[]>;
  status(): Promise<Status>;

  close(): Promise<void>;
}

/** The books in a database of the newest schema. */
export function booksIn(database: Database): Books {
  return {
    register: (entry, choice) => enterRegistration(database, entry, choice),
    foreseeRegistration: (entry, choice) => foreseeRegistration(database, entry, choice),
    enterChallenge: (entry) => enterChallenge(database, entry),
    acceptLink: (link) => acceptLink(database, link),
    issueWindow: (entry) => enterWindow(database, entry),
    beginVerdict: async (claim) => {
      checkClaim(claim);
      return foresee(database, claim);
    },
    recordVerdict: async (finding) => {
      checkFinding(finding);
      return decide(database, finding);
    },
    registration: (digest) => registrationByDigest(database, digest),
    registrationOf: (client) => registrationOf(database, client),
    pendingOf: (client) => pendingOf(database, client),
    registrationsOf: (client) => registrationsOf(database, client),
    registrations: () => allRegistrations(database),
    challenge: (digest) => challengeOf(database, digest),
    link: (digest) => linkOf(database, digest),
    window: (digest) => windowByDigest(database, digest),
    lastWindow: () => lastWindow(database),
    windows: () => allWindows(database),
    verdicts: (filter = {}) => verdictsWhere(database, filter),
    commitment: async (client) => {
      const registration = await registrationOf(database, client);
      return registration && currentCommitment(database, registration.digest);
    },
    currentRoots: () => currentRoots(database),
    history: (client) => commitmentsOf(database, client),
    standings: () => standings(database),
    status: () => summarize(database),
    close: () => database.close(),
  };
}
