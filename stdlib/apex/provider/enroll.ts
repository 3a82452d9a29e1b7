// A registration enters the books, and with it the leaves of all weights, where the plan says that they are kept. The client
// gets a signed receipt for the epoch; or, where the registration has to be linked to the one that it replaces, a challenge.
import type { KeyObject } from 'node:crypto';
import type { Books, BooksAccess, NewEntry, RegistrationRecord } from '../books/index.ts';
import { canonicalText, type Json } from '../documents/canonical.ts';
import { parseChallenge, type Challenge } from '../documents/challenge.ts';
import { noHistory, uncompensatedCount } from '../documents/history.ts';
import { checkPlan, planDigest, type Plan } from '../documents/plan.ts';
import { receiptDocument, type Receipt } from '../documents/receipt.ts';
import {
  registrationDigest,
  registrationDocument,
  type SignedRegistration,
} from '../documents/registration.ts';
import { parseWindow } from '../documents/window.ts';
import type { Report } from '../report.ts';
import { drawChallenge } from './challenge.ts';
import type { Provider } from './folder.ts';
import { keepLeaves, missingLeaves } from './keep-leaves.ts';
import { isHeld, sweep } from './kept.ts';

export interface EnrollOptions {
  readonly provider: Provider;
  /** The books are held for an instant; where leaves are kept, for one before they are hashed, and for one after. */
  readonly withBooks: BooksAccess;
  readonly registration: SignedRegistration;
  /** The client's file of leaves, where the provider keeps them. */
  readonly leaves?: string | undefined;
  /** The provider's word: the registration takes the place of the client's current one, without consent, policy or link. */
  readonly replace?: boolean | undefined;
  readonly report?: Report;
}

/** The registration is the client's current one. */
export interface Entered {
  readonly kind: 'entered';
  readonly entry: RegistrationRecord;
  readonly receipt: Receipt;
  /** The signed receipt. */
  readonly document: Json;
  /** Positions that died after the window that the client has compensated for: nothing makes up for them. */
  readonly uncompensated: number;
}

/** The registration waits for its link. */
export interface Challenged {
  readonly kind: 'pending';
  readonly entry: RegistrationRecord;
  readonly challenge: Challenge;
  /** The signed challenge. */
  readonly document: Json;
}

export type Enrolled = Entered | Challenged;

/**
 * Enters a registration in the current epoch. One that was entered before gives the same receipt or the same challenge, and its leaves
 * are written again where they are given. Throws `other-plan`, `no-leaves`, `root-mismatch`, or as the books refuse it (`Books.register`).
 */
export async function enroll(options: EnrollOptions): Promise<Enrolled> {
  const { provider, withBooks, registration, replace } = options;
  const { plan, signingKey } = provider;
  checkPlan(plan, registration.plan, `the registration of ${registration.client}`);
  const key = await signingKey();
  const entry = {
    digest: registrationDigest(registration),
    document: canonicalText(registrationDocument(registration)),
  };
  if (plan.keeps === 'leaves') {
    const choice = { policy: plan.reregister, replace };
    const known = await withBooks((books) => books.foreseeRegistration(entry, choice));
    await keepLeaves(options, known !== undefined);
  }
  return withBooks(async (books) => {
    const entered = await entering(options, books, entry).catch((error: unknown) =>
      withoutLeaves(provider, books, entry, error),
    );
    await sweep(provider, books, registration.client);
    return entered.standing === 'pending'
      ? challengeFor(plan, books, entered, key)
      : receiptFor(plan, books, entered, key);
  });
}

/** Throws as the books; `no-leaves` where another enrollment of the same registration was refused meanwhile, and has removed them. */
async function entering(
  { provider: { plan, leaves }, registration, replace }: EnrollOptions,
  books: Books,
  entry: NewEntry,
): Promise<RegistrationRecord> {
  const choice = { policy: plan.reregister, replace };
  if (plan.keeps === 'leaves') {
    await books.foreseeRegistration(entry, choice);
    if (!(await leaves.has(entry.digest))) missingLeaves(registration);
  }
  return books.register(entry, choice);
}

/** The signed challenge of a pending registration. */
async function challengeFor(
  { signer }: Plan,
  books: Books,
  entry: RegistrationRecord,
  key: KeyObject,
): Promise<Challenged> {
  const { document } = await drawChallenge(books, entry, key);
  const challenge = parseChallenge(document, 'the challenge in the books', signer);
  return { kind: 'pending', entry, challenge, document: JSON.parse(document) as Json };
}

/** The signed receipt of a current registration. */
export async function receiptFor(
  plan: Plan,
  books: Books,
  entry: RegistrationRecord,
  key: KeyObject,
): Promise<Entered> {
  const receipt = await receiptOf(plan, books, entry);
  const uncompensated = await uncompensatedOf(plan, books, entry);
  return {
    kind: 'entered',
    entry,
    receipt,
    document: receiptDocument(receipt, key),
    uncompensated,
  };
}

/** Leaves that were written for a registration that is refused meanwhile are removed. */
async function withoutLeaves(
  { leaves }: Provider,
  books: Books,
  { digest }: NewEntry,
  error: unknown,
): Promise<never> {
  const known = await books.registration(digest);
  if (!known || !isHeld(known)) await leaves.remove(digest);
  throw error;
}

/** The receipt of an entry. The window of the epoch before is the last one that was issued before it. */
export async function receiptOf(
  plan: Plan,
  books: Books,
  { digest, epoch }: Pick<RegistrationRecord, 'digest' | 'epoch'>,
): Promise<Receipt> {
  const before = (await books.windows()).find((window) => window.epoch === epoch - 1);
  return { plan: planDigest(plan), registration: digest, epoch, window: before?.digest ?? null };
}

/** How many positions died between the window that a registration names and the epoch of its entry. */
export async function uncompensatedOf(
  plan: Plan,
  books: Books,
  { epoch, windowDigest }: Pick<RegistrationRecord, 'epoch' | 'windowDigest'>,
): Promise<number> {
  const windows = await books.windows();
  const compensated = windows.find(({ digest }) => digest === windowDigest)?.epoch ?? 0;
  if (compensated === epoch - 1) return 0;
  const last = await books.lastWindow();
  const history = last ? parseWindow(last.document, 'the last window', plan).history : noHistory;
  return uncompensatedCount(plan, history, { compensated, epoch });
}
