// A registration enters the books, and with it the leaves of all weights, where the plan says that they are kept. The client
// gets a signed receipt for the epoch.
import type { Books, Registration as Entry } from '../books/index.ts';
import { canonicalText, type Json } from '../documents/canonical.ts';
import { noHistory, uncompensatedCount } from '../documents/history.ts';
import { checkPlan, planDigest, type Plan } from '../documents/plan.ts';
import { receiptDocument, type Receipt } from '../documents/receipt.ts';
import {
  registrationDigest,
  registrationDocument,
  type Registration,
} from '../documents/registration.ts';
import { parseWindow } from '../documents/window.ts';
import type { Report } from '../report.ts';
import type { Provider } from './folder.ts';
import { keepLeaves } from './keep-leaves.ts';
import { sweep } from './kept.ts';

export interface EnrollOptions {
  readonly provider: Provider;
  readonly books: Books;
  readonly registration: Registration;
  /** The client's file of leaves, where the provider keeps them. */
  readonly leaves?: string | undefined;
  readonly report?: Report;
}

export interface Enrolled {
  readonly entry: Entry;
  readonly receipt: Receipt;
  /** The signed receipt. */
  readonly document: Json;
  /** Positions that died after the window that the client has compensated for: nothing makes up for them. */
  readonly uncompensated: number;
}

/**
 * Enters a registration in the current epoch. One that was entered before gives the same receipt, and its leaves are written again
 * where they are given. Throws `other-plan`, `no-leaves`, `root-mismatch`, or as the books refuse it.
 */
export async function enroll(options: EnrollOptions): Promise<Enrolled> {
  const { provider, books, registration } = options;
  const { plan, signingKey } = provider;
  checkPlan(plan, registration.plan, `the registration of ${registration.client}`);
  const key = await signingKey();
  if (plan.keeps === 'leaves') await keepLeaves(options);
  const entry = await enter(books, registration);
  await sweep(provider, books, registration.client);
  const receipt = await receiptOf(plan, books, entry);
  const uncompensated = await uncompensatedOf(plan, books, entry);
  return { entry, receipt, document: receiptDocument(receipt, key), uncompensated };
}

/** The receipt of an entry. The window of the epoch before is the last one that was issued before it. */
export async function receiptOf(
  plan: Plan,
  books: Books,
  { digest, epoch }: Pick<Entry, 'digest' | 'epoch'>,
): Promise<Receipt> {
  const before = (await books.windows()).find((window) => window.epoch === epoch - 1);
  return { plan: planDigest(plan), registration: digest, epoch, window: before?.digest ?? null };
}

/** How many positions died between the window that a registration names and the epoch of its entry. */
export async function uncompensatedOf(
  plan: Plan,
  books: Books,
  { epoch, windowDigest }: Pick<Entry, 'epoch' | 'windowDigest'>,
): Promise<number> {
  const windows = await books.windows();
  const compensated = windows.find(({ digest }) => digest === windowDigest)?.epoch ?? 0;
  if (compensated === epoch - 1) return 0;
  const last = await books.lastWindow();
  const history = last ? parseWindow(last.document, 'the last window', plan).history : noHistory;
  return uncompensatedCount(plan, history, { compensated, epoch });
}

const enter = (books: Books, registration: Registration): Promise<Entry> =>
  books.register({
    digest: registrationDigest(registration),
    document: canonicalText(registrationDocument(registration)),
  });
