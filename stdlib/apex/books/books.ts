// The provider's books of one plan: who registered what in which epoch, which window closed it, which bundle was judged how,
// and what each client is committed to now.
//   registration before mask:  a registration may be used with a window iff registration.epoch ≤ window.epoch
//   windows in order:          accepted windows of a registration have ascending epochs
import { commitmentsOf, currentCommitment, currentRoots } from './commitments.ts';
import { decide, foresee } from './decide.ts';
import type { Outcome, Prospect } from './decide.ts';
import { checkClaim, checkFinding } from './entries.ts';
import type {
  Claim,
  Commitment,
  Finding,
  IssuedWindow,
  NewEntry,
  Registration,
  Standing,
  Status,
  Verdict,
  Window,
} from './records.ts';
import {
  allRegistrations,
  enterRegistration,
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
   * Enters a registration in the current epoch. The client's former one is superseded and keeps its place. The same
   * digest again returns the first entry as it stands now.
   * @throws LetheError `bad-books-entry` (another digest than the document's), `bad-document`, `other-plan`, `other-entry`
   *   (another text under the same digest), `unknown-window` (it compensates for one that was never issued).
   */
  register(entry: NewEntry): Promise<Registration>;

  /**
   * Enters a window, which closes the current epoch. The same digest again returns the first entry.
   * @throws LetheError `bad-books-entry`, `bad-document`, `other-entry`, `other-plan`; `stale-window` (of another epoch);
   *   `bad-history` (it drops a position, changes an epoch, has a new position in another epoch, or does not follow the last).
   */
  issueWindow(entry: NewEntry): Promise<Window>;

  /** Before verifying: whether the claim stands, and with what. Nothing is entered and nothing is held. */
  beginVerdict(claim: Claim): Promise<Prospect>;

  /**
   * Enters what the verifier found. An accepted finding is judged again in the same transaction; refusals are returned, not thrown.
   * @throws LetheError `bad-books-entry`.
   */
  recordVerdict(finding: Finding): Promise<Outcome>;

  registration(digest: string): Promise<Registration | undefined>;
  /** The client's registration that is not superseded. */
  registrationOf(client: string): Promise<Registration | undefined>;
  /** All of a client, superseded ones too, oldest first. */
  registrationsOf(client: string): Promise<readonly Registration[]>;
  registrations(): Promise<readonly Registration[]>;
  window(digest: string): Promise<Window | undefined>;
  /** The newest one. */
  lastWindow(): Promise<Window | undefined>;
  windows(): Promise<readonly IssuedWindow[]>;
  verdicts(filter?: VerdictFilter): Promise<readonly Verdict[]>;
  /** The last accepted commitment of the client's registration that is not superseded. */
  commitment(client: string): Promise<Commitment | undefined>;
  /** The roots of all clients, by their registrations that are not superseded. */
  currentRoots(): Promise<readonly string[]>;
  /** All that the client was ever committed to, over all its registrations, oldest first. */
  history(client: string): Promise<readonly Commitment[]>;
  /** One for each registration that is not superseded, oldest first. */
  standings(): Promise<readonly Standing[]>;
  status(): Promise<Status>;

  close(): Promise<void>;
}

/** The books in a database of the newest schema. */
export function booksIn(database: Database): Books {
  return {
    register: (entry) => enterRegistration(database, entry),
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
    registrationsOf: (client) => registrationsOf(database, client),
    registrations: () => allRegistrations(database),
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
