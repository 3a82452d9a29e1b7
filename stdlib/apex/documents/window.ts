// A window: one request to forget, signed by the provider, with the history of all windows of its plan so far. It may be used
// with registrations of its epoch and earlier ones, so that nobody could choose a curvature when the mask was known.
import type { KeyObject } from 'node:crypto';
import { fail, LetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { weightCount } from '../model/index.ts';
import { canonicalText, digestOf, type Json } from './canonical.ts';
import { documentVersion, Fields } from './fields.ts';
import {
  checkExtends,
  historyFields,
  readHistory,
  refuseHistory,
  type History,
} from './history.ts';
import { windowLimits } from './limits.ts';
import { readChoice, type MaskChoice } from './mask.ts';
import { checkPlan, type Plan } from './plan.ts';
import { isSigned, signaturePattern, signDocument } from './signature.ts';

export interface Window {
  /** Digest of the plan. */
  readonly plan: string;
  /** The epoch that it closes. */
  readonly epoch: number;
  /** Digest of the window before it; null in epoch 1. */
  readonly predecessor: string | null;
  /** How the mask of this window was chosen. */
  readonly mask: MaskChoice;
  /** Every position that this window or an earlier one masked. */
  readonly history: History;
}

const kind = 'apex-window';

const unsigned = ({
  plan,
  epoch,
  predecessor,
  mask,
  history,
}: Window): { readonly [key: string]: Json } => ({
  lethe: kind,
  version: documentVersion,
  plan,
  epoch,
  predecessor,
  mask: { score: mask.score, budget: mask.budget, masked: mask.masked },
  history: historyFields(history),
});

/** Digest of the text that is signed. */
export const windowDigest = (window: Window): string => digestOf(unsigned(window));

export const windowDocument = (window: Window, key: KeyObject): Json => ({
  ...unsigned(window),
  signature: signDocument(unsigned(window), key),
});

/** A window of this plan. Throws `bad-document`, `other-plan`; `forged-window` unless the plan's signer signed it. */
export function parseWindow(text: string, file: string, plan: Plan): Window {
  const weights = weightCount(plan.scope);
  const { window, signature } = readWindow(text, file, windowLimits(weights));
  checkPlan(plan, window.plan, file);
  const last = window.history.positions.at(-1) ?? 0;
  if (last >= weights)
    fail('bad-document', `${file}: position ${last} of ${weights} weights`, 'the file is damaged');
  if (!isSigned(unsigned(window), signature, plan.signer)) throw forged(file);
  return window;
}

/** Any window; nothing is known of its signer. Throws `bad-document`. */
export function readWindow(
  text: string,
  file: string,
  limits = windowLimits(),
): { window: Window; signature: string } {
  const fields = Fields.parse(text, file, kind, limits);
  const window = readFields(fields);
  const signature = fields.text('signature', signaturePattern);
  fields.end();
  return { window, signature };
}

function readFields(fields: Fields): Window {
  const plan = fields.digest('plan');
  const epoch = fields.whole('epoch', 1, 2 ** 31 - 1);
  const predecessor = fields.optionalDigest('predecessor');
  if ((epoch === 1) !== (predecessor === null))
    fields.refuse('the window of epoch 1 has no predecessor, and every other one has');
  const mask = fields.object('mask', readChoice);
  const history = fields.object('history', (each) => readHistory(each, epoch));
  if (history.positions.length === 0) fields.refuse('nothing is masked');
  return { plan, epoch, predecessor, mask, history };
}

/** A window as whoever has checked its signature keeps it. */
export const renderCheckedWindow = (window: Window): string => canonicalText(unsigned(window));

/** Reads a text that `renderCheckedWindow` wrote. Throws `bad-document`. */
export function parseCheckedWindow(text: string, file: string): Window {
  const fields = Fields.parse(text, file, kind, windowLimits());
  const window = readFields(fields);
  fields.end();
  return window;
}

/**
 * Who knows `before` may answer `after`; windows between the two may have been skipped.
 * Throws `older-window`, `other-plan`, `bad-history`.
 */
export function checkSuccession(before: Window | undefined, after: Window): void {
  if (!before) return;
  if (after.plan !== before.plan)
    fail('other-plan', 'the window is of another plan than the one before it');
  if (after.epoch < before.epoch)
    fail(
      'older-window',
      `the window is of epoch ${after.epoch}, and one of epoch ${before.epoch} is known`,
      'answer the newest window: it holds the masks of all before it',
    );
  const digest = windowDigest(before);
  if (after.epoch === before.epoch && windowDigest(after) !== digest)
    refuseHistory(`of epoch ${after.epoch} is another than the one that is known`);
  if (after.epoch === before.epoch + 1 && after.predecessor !== digest)
    refuseHistory(`names another predecessor than ${digest.slice(0, 16)}…`);
  checkExtends(before.history, after.history, before.epoch, after.epoch);
}

const forged = (file: string): LetheError =>
  new LetheError([
    {
      code: 'forged-window',
      message: `${file}: the signature is not that of the plan's provider`,
      hint: 'ask the provider for the window again; do not use this one',
    },
  ]);
