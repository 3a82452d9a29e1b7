// The windows that a provider issues; each closes an epoch of its books.
import type { KeyObject } from 'node:crypto';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { Books } from '../books/index.ts';
import { canonicalText, digestOf, type Json } from '../documents/canonical.ts';
import { maskDocument, touchedBlocks, type Mask } from '../documents/mask.ts';
import { checkPlan, type Plan } from '../documents/plan.ts';
import { parseWindow, windowDigest, windowDocument, type Window } from '../documents/window.ts';

export interface Issued {
  readonly window: Window;
  readonly document: Json;
  readonly digest: string;
}

/**
 * Signs a mask for the registrations of this epoch and earlier ones, and closes the epoch. A mask that was issued before
 * gives its first window again: who registered since has seen it, and could have fitted a curvature to it.
 * Throws `other-plan`, `bad-mask`, `known-mask`.
 */
export async function issueWindow(
  plan: Plan,
  books: Books,
  mask: Mask,
  key: KeyObject,
): Promise<Issued> {
  checkPlan(plan, mask.plan, 'the mask');
  touchedBlocks(plan.scope, mask.bits);
  const known = await issuedBefore(plan, books, mask);
  if (known) return known;
  const { epoch } = await books.status();
  const window: Window = { epoch, mask };
  const document = windowDocument(window, key);
  const digest = windowDigest(window);
  const entry = await books.issueWindow({
    digest,
    maskDigest: digestOf(maskDocument(mask)),
    document: canonicalText(document),
  });
  if (entry.epoch !== epoch)
    fail(
      'stale-window',
      `the epoch is ${entry.epoch} by now, not ${epoch}`,
      'issue the window again',
    );
  return { window, document, digest };
}

/** The window with this mask, which may have been issued and then lost on its way to a file. */
async function issuedBefore(plan: Plan, books: Books, mask: Mask): Promise<Issued | undefined> {
  const maskDigest = digestOf(maskDocument(mask));
  for (const entry of await books.windows()) {
    const window = parseWindow(entry.document, 'a window in the books', plan.signer);
    if (!Buffer.from(window.mask.bits).equals(mask.bits)) continue;
    if (entry.maskDigest !== maskDigest)
      fail(
        'known-mask',
        `window ${entry.digest.slice(0, 16)}… has the same bits, under another score or budget`,
        'issue the mask of that window again, or choose another one: who registered since has seen these bits',
      );
    return { window, document: JSON.parse(entry.document) as Json, digest: entry.digest };
  }
  return undefined;
}
