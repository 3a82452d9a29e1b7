// What a provider enters in its books before it verifies: registrations, and the windows that close their epoch.
import type { KeyObject } from 'node:crypto';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { Books, Registration as Entry } from '../books/index.ts';
import { canonicalText, type Json } from '../documents/canonical.ts';
import { maskDocument, touchedBlocks, type Mask } from '../documents/mask.ts';
import { checkPlan, type Plan } from '../documents/plan.ts';
import {
  registrationDigest,
  registrationDocument,
  type Registration,
} from '../documents/registration.ts';
import { digestOf } from '../documents/canonical.ts';
import { windowDigest, windowDocument, type Window } from '../documents/window.ts';

/** Enters a registration in the current epoch. Throws `other-plan`, or as the books refuse it. */
export function enroll(plan: Plan, books: Books, registration: Registration): Promise<Entry> {
  checkPlan(plan, registration.plan, `the registration of ${registration.client}`);
  return books.register({
    client: registration.client,
    digest: registrationDigest(registration),
    planDigest: registration.plan,
    root: `${registration.root}`,
    unscoped: registration.unscoped,
    document: canonicalText(registrationDocument(registration)),
  });
}

/** Signs a mask for the registrations of this epoch and earlier ones, and closes the epoch. */
export async function issueWindow(
  plan: Plan,
  books: Books,
  mask: Mask,
  key: KeyObject,
): Promise<{ window: Window; document: Json; digest: string }> {
  checkPlan(plan, mask.plan, 'the mask');
  touchedBlocks(plan.scope, mask.bits);
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
