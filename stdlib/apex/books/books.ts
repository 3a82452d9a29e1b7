// The provider's books of one plan: who registered what in which epoch, which window closed it, which bundle was judged how,
// and which model each client is committed to now.
//   registration before mask:  a registration may be used with a window iff registration.epoch ≤ window.epoch
import { commitmentsOf, currentCommitment, currentRoots } from './commitments.ts';
import { decide, foresee } from './decide.ts';
import type { Outcome, Prospect } from './decide.ts';
import { checkClaim, checkFinding, checkRegistration, checkWindow } from './entries.ts';
import type {
  Claim,
  Commitment,
  Finding,
  NewRegistration,
  NewWindow,
  Registration,
  Status,
  Verdict,
  Window,
} from './records.ts';
import {
  allRegistrations,
  enterRegistration,
  registrationByDigest,
  registrationOf,
} from './registrations.ts';
import type { Database } from './sql.ts';
import { summarize } from './status.ts';
import { verdictsWhere } from './verdicts.ts';
import type { VerdictFilter } from './verdicts.ts';
import { allWindows, enterWindow, windowByDigest } from './windows.ts';

export interface Books {
  /**
   * Enters a registration in the current epoch. The client's former one is superseded and keeps its place. The same
   * digest again returns the first entry as it stands now.
   * @throws LetheError `bad-books-entry`, `other-plan`, `other-entry` (a digest with another content).
   */
  register(entry: NewRegistration): Promise<Registration>;

  /**
   * Enters a window, which closes the current epoch. The same digest again returns the first entry.
   * @throws LetheError `bad-books-entry`, `other-entry`.
   */
  issueWindow(entry: NewWindow): Promise<Window>;

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
  registrations(): Promise<readonly Registration[]>;
  window(digest: string): Promise<Window | undefined>;
  windows(): Promise<readonly Window[]>;
  verdicts(filter?: VerdictFilter): Promise<readonly Verdict[]>;
  /** What the client is committed to now. */
  commitment(client: string): Promise<Commitment | undefined>;
  /** Of all clients, by their registrations that are not superseded. */
  currentRoots(): Promise<readonly string[]>;
  /** All that the client was ever committed to, over all its registrations, oldest first. */
  history(client: string): Promise<readonly Commitment[]>;
  status(): Promise<Status>;

  close(): Promise<void>;
}

/** The books in a database of the newest schema. */
export function booksIn(database: Database): Books {
  return {
    register: async (entry) => {
      checkRegistration(entry);
      return enterRegistration(database, entry);
    },
    issueWindow: async (entry) => {
      checkWindow(entry);
      return enterWindow(database, entry);
    },
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
    registrations: () => allRegistrations(database),
    window: (digest) => windowByDigest(database, digest),
    windows: () => allWindows(database),
    verdicts: (filter = {}) => verdictsWhere(database, filter),
    commitment: async (client) => {
      const registration = await registrationOf(database, client);
      return registration && currentCommitment(database, registration.digest);
    },
    currentRoots: () => currentRoots(database),
    history: (client) => commitmentsOf(database, client),
    status: () => summarize(database),
    close: () => database.close(),
  };
}
