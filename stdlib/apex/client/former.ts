// The registration that a new one replaces, as its own state knows it: its key consents, and the salt of its digest of the unscoped
// tensors is taken on. Under a plan with `linked` the weights in scope are taken on, too: θ_u of its answer to the last window.
import type { KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { refuseHistory } from '../documents/history.ts';
import { checkPlan, planDigest, type Plan } from '../documents/plan.ts';
import type { Receipt } from '../documents/receipt.ts';
import { checkSuccession, windowDigest, type Window } from '../documents/window.ts';
import { readKnownWindow } from './answers.ts';
import { clientKey, eraseFormer, openState, type State } from './state.ts';

/** The state of a registration that is to be replaced. Its folder is absolute. */
export interface Former extends State {
  readonly receipt: Receipt;
  /** The key that signed its registration. */
  readonly key: KeyObject;
}

export interface Successor {
  readonly plan: Plan;
  readonly client: string;
  /** The window that the new registration compensates for. */
  readonly window?: Window;
}

/**
 * Refuses early what the provider would refuse.
 * @throws LetheError `no-state`, `no-receipt`, `other-plan`, `other-client`, `no-reregistration`, `bad-history`; `job-locked` where the
 *   state before it has still to be erased, and another process works in it; under `linked` also `outdated-registration` and
 *   `unanswered-window`.
 */
export async function openFormer(folder: string, successor: Successor): Promise<Former> {
  const { plan, client, window } = successor;
  const state = await openState(resolve(folder));
  const { registration, receipt } = state;
  checkPlan(plan, planDigest(state.plan), `the registration in ${folder}`);
  if (plan.reregister === 'never')
    fail(
      'no-reregistration',
      'under this plan no client replaces its registration (--reregister never)',
      'ask the provider: with `enroll --replace` it can enter a registration that names none',
    );
  if (registration.client !== client)
    fail(
      'other-client',
      `${folder} holds the registration of ${registration.client}, and the new one is of ${client}`,
      `name the client ${registration.client}, or leave --replaces out`,
    );
  if (!receipt)
    return fail(
      'no-receipt',
      `the provider has not confirmed the registration in ${folder}`,
      'keep its receipt with `lethe apex status --receipt`; where it was never entered, leave --replaces out',
    );
  // It may have been killed when its receipt was kept. Once it is erased itself, nobody knows the state before it.
  await eraseFormer(state);
  const former = { ...state, receipt, key: await clientKey(state) };
  await checkWindow(former, window, plan.reregister === 'linked');
  return former;
}

async function checkWindow(
  former: Former,
  window: Window | undefined,
  linked: boolean,
): Promise<void> {
  const { folder, receipt, answers, compensated } = former;
  const last = answers.at(-1);
  const known = last ? await readKnownWindow(former, last) : compensated;
  const epoch = window?.epoch ?? 0;
  const newest = Math.max(known?.epoch ?? 0, receipt.epoch - 1);
  if (epoch < newest) {
    if (!linked) return;
    fail(
      'outdated-registration',
      `a window of epoch ${newest} was issued, and ${window ? `--window is of epoch ${epoch}` : 'no --window is given'}`,
      'give the newest window that the provider has issued',
    );
  }
  if (!window) return;
  checkSuccession(known, window);
  if (epoch === receipt.epoch - 1 && windowDigest(window) !== receipt.window)
    refuseHistory('is another than the one that the receipt names');
  // Masked before it was entered: dead for it, and no part of an answer.
  if (!linked || epoch < receipt.epoch || last?.window === windowDigest(window)) return;
  fail(
    'unanswered-window',
    `${folder} has not answered the window of epoch ${epoch}`,
    `answer it first, for θ_u is registered: \`lethe apex unlearn WINDOW --state ${folder}\`, and send the bundle to the provider`,
  );
}
