// Every reason for which a provider refuses what a client sends. docs/bring-your-model.md has the same codes, with what to do.

/** The fault that each code names: codes of bundles first, in the order in which a verifier looks; then of registrations and their links. */
export const reasons = {
  'bad-bundle':
    'the file is no bundle of this version, has another length than its header gives, or holds what is no field element',
  'other-plan': 'it was made under another plan',
  'bad-coverage': 'blocks, tiles or proofs are other ones than the window asks of this client',
  'bad-opening': 'the opening of the registered root has another number of siblings',
  'unknown-registration': 'the registration that it names is not in the books',
  'pending-registration': 'the registration waits for its link, or another one of the client does',
  superseded: 'another registration of the client has taken the place of this one',
  'unknown-window': 'the window that it names was not issued from these books',
  'late-registration': 'the registration was entered after the window was issued',
  'older-window': 'the client has answered a newer window',
  'already-unlearned': 'another bundle of this registration was accepted for this window',
  'replayed-bundle': 'this very bundle was accepted before',
  'stale-commitment':
    'commitments are kept from another bundle than the one that was accepted last',
  'other-receipt': 'it was made with another receipt than the books give',
  'forged-bundle': 'the signature is not that of the key in the registration',
  'root-mismatch':
    'the leaves do not open the registered root, or the commitments do not give the root that the header names',
  'bad-proof': 'a proof cannot be read, or does not verify for its tile',

  'bad-document': 'the document is no registration, or a part of it is not as it must be',
  'forged-registration': 'the signature is not that of the key in the registration',
  'taken-name': 'another registration has the name of the client, and has not consented',
  'not-current': 'the registration that it replaces is not the current one of the client',
  'no-reregistration': 'the plan allows no client to register anew',
  'other-unscoped': 'the tensors out of scope are not those of the replaced registration',
  'outdated-registration': 'it does not compensate for the last window',
  'unanswered-window': 'the replaced registration has not answered the last window',

  'bad-link':
    'the file is no link of this version, has another length than its header gives, or holds what is no field element',
  'forged-link': 'the signature is not that of the key in the registration',
  'not-pending': 'the registration waits for no link',
  'no-challenge': 'no nonce was drawn for the registration',
  'other-challenge': 'the link answers another challenge than the one in the books',
} as const satisfies Readonly<Record<string, string>>;

export type ReasonCode = keyof typeof reasons;

export const isReasonCode = (code: string): code is ReasonCode => Object.hasOwn(reasons, code);
