// A receipt: the provider's signed word for the epoch in which it entered a registration. Live and dead positions follow from
// this epoch, so that provider, client and auditor must know the same one.
import type { KeyObject } from 'node:crypto';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { digestOf, type Json } from './canonical.ts';
import { documentVersion, Fields } from './fields.ts';
import { refuseHistory } from './history.ts';
import { checkPlan, type Plan } from './plan.ts';
import { registrationDigest, type Registration } from './registration.ts';
import { isSigned, signaturePattern, signDocument } from './signature.ts';
import type { Window } from './window.ts';

export interface Receipt {
  /** Digest of the plan. */
  readonly plan: string;
  /** Digest of the registration. */
  readonly registration: string;
  /** The epoch in which it was entered. */
  readonly epoch: number;
  /** Digest of the last window issued before, that of the epoch before; null in epoch 1. */
  readonly window: string | null;
}

const kind = 'apex-receipt';

const unsigned = ({
  plan,
  registration,
  epoch,
  window,
}: Receipt): { readonly [key: string]: Json } => ({
  lethe: kind,
  version: documentVersion,
  plan,
  registration,
  epoch,
  window,
});

/** Digest of the text that is signed. */
export const receiptDigest = (receipt: Receipt): string => digestOf(unsigned(receipt));

/** The same for the same receipt: Ed25519 takes no random numbers. */
export const receiptDocument = (receipt: Receipt, key: KeyObject): Json => ({
  ...unsigned(receipt),
  signature: signDocument(unsigned(receipt), key),
});

/** Throws `bad-document`; `forged-receipt` unless `signer` signed it. */
export function parseReceipt(text: string, file: string, signer: string): Receipt {
  const fields = Fields.parse(text, file, kind);
  const receipt = {
    plan: fields.digest('plan'),
    registration: fields.digest('registration'),
    epoch: fields.whole('epoch', 1, 2 ** 31 - 1),
    window: fields.optionalDigest('window'),
  };
  if ((receipt.epoch === 1) !== (receipt.window === null))
    fields.refuse('a window was issued before each epoch but the first');
  const signature = fields.text('signature', signaturePattern);
  fields.end();
  if (!isSigned(unsigned(receipt), signature, signer))
    fail(
      'forged-receipt',
      `${file}: the signature is not that of the plan's provider`,
      'ask the provider for the receipt again; do not use this one',
    );
  return receipt;
}

/** Throws `other-plan`, `other-receipt` unless the receipt is for this registration. */
export function checkReceipt(plan: Plan, registration: Registration, receipt: Receipt): void {
  checkPlan(plan, receipt.plan, 'the receipt');
  if (receipt.registration !== registrationDigest(registration))
    fail(
      'other-receipt',
      `the receipt is for registration ${receipt.registration.slice(0, 16)}…`,
      'use the receipt that the provider gave for this registration',
    );
}

/**
 * Throws `late-registration` for a window before the receipt's epoch, `bad-history` where the first one after it does not
 * follow the window that the receipt names.
 */
export function checkReceiptWindow(receipt: Receipt, window: Window): void {
  if (window.epoch < receipt.epoch)
    fail(
      'late-registration',
      `the registration was entered in epoch ${receipt.epoch}, after the window closed epoch ${window.epoch}`,
      'use a window that was issued after the registration',
    );
  if (window.epoch === receipt.epoch && window.predecessor !== receipt.window)
    refuseHistory('does not follow the window that the receipt names');
}
