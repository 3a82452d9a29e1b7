// The windows that a provider issues; each closes an epoch of its books, and holds the masks of all before it.
import type { KeyObject } from 'node:crypto';
import type { Books } from '../books/index.ts';
import { canonicalText, type Json } from '../documents/canonical.ts';
import { extendHistory, noHistory } from '../documents/history.ts';
import { maskPositions, type Mask } from '../documents/mask.ts';
import { checkPlan, type Plan } from '../documents/plan.ts';
import { parseWindow, windowDigest, windowDocument, type Window } from '../documents/window.ts';

export interface Issued {
  readonly window: Window;
  readonly document: Json;
  readonly digest: string;
  /** How many positions it masks first; 0 for a window that was issued before. */
  readonly added: number;
}

/**
 * Signs the union of a mask with all masks before it, for the registrations of this epoch and earlier ones, and closes the epoch.
 * A mask that adds nothing gives the last window again: who registered since has seen it, and has no part in it.
 * Throws `other-plan`, `bad-mask`; `stale-window` where another window was issued meanwhile.
 */
export async function issueWindow(
  plan: Plan,
  books: Books,
  mask: Mask,
  key: KeyObject,
): Promise<Issued> {
  checkPlan(plan, mask.plan, 'the mask');
  const named = maskPositions(plan.scope, mask);
  const { epoch } = await books.status();
  const entry = await books.lastWindow();
  const last = entry && parseWindow(entry.document, 'the last window in the books', plan);
  const before = last?.history ?? noHistory;
  const history = extendHistory(before, named, epoch);
  if (last && history === before)
    return {
      window: last,
      document: JSON.parse(entry.document) as Json,
      digest: entry.digest,
      added: 0,
    };
  const { score, budget, masked } = mask;
  const window: Window = {
    plan: mask.plan,
    epoch,
    predecessor: entry?.digest ?? null,
    mask: { score, budget, masked },
    history,
  };
  const document = windowDocument(window, key);
  const digest = windowDigest(window);
  await books.issueWindow({ digest, document: canonicalText(document) });
  return { window, document, digest, added: history.positions.length - before.positions.length };
}

/** The newest window in the books. Throws as `parseWindow`. */
export async function lastWindow(plan: Plan, books: Books): Promise<Window | undefined> {
  const entry = await books.lastWindow();
  return entry && parseWindow(entry.document, 'the last window in the books', plan);
}
