// A challenge: the nonce that a provider draws, and signs, for a registration that is to replace another one. It is drawn after
// the commitments of both stand in the books, once for each registration. The blocks that a link compares follow from it.
import type { KeyObject } from 'node:crypto';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { digestOf, type Json } from './canonical.ts';
import { documentVersion, Fields } from './fields.ts';
import { isSigned, signaturePattern, signDocument } from './signature.ts';

export interface Challenge {
  /** Digest of the plan. */
  readonly plan: string;
  /** Digest of the new registration. */
  readonly registration: string;
  /** Digest of the registration that it replaces. */
  readonly replaces: string;
  /** The epoch in which the new registration stands. */
  readonly epoch: number;
  /** Digest of the last window that was issued before that epoch; null in epoch 1. */
  readonly window: string | null;
  /** Root over the c_b that were accepted last for the replaced registration; null where it has answered no window. */
  readonly commitments: bigint | null;
  /** 256 random bits, hexadecimal. */
  readonly nonce: string;
}

const kind = 'apex-challenge';

const unsigned = (challenge: Challenge): { readonly [key: string]: Json } => {
  const { plan, registration, replaces, epoch, window, commitments, nonce } = challenge;
  return {
    lethe: kind,
    version: documentVersion,
    ...{ plan, registration, replaces, epoch, window },
    commitments: commitments === null ? null : `${commitments}`,
    nonce,
  };
};

/** Digest of the text that is signed. */
export const challengeDigest = (challenge: Challenge): string => digestOf(unsigned(challenge));

export const challengeDocument = (challenge: Challenge, key: KeyObject): Json => ({
  ...unsigned(challenge),
  signature: signDocument(unsigned(challenge), key),
});

export interface ReadChallenge {
  readonly challenge: Challenge;
  readonly signature: string;
}

/** A challenge of which nothing is known but its text. Throws `bad-document`. */
export function readChallenge(text: string, file: string): ReadChallenge {
  const fields = Fields.parse(text, file, kind);
  const challenge = {
    plan: fields.digest('plan'),
    registration: fields.digest('registration'),
    replaces: fields.digest('replaces'),
    epoch: fields.whole('epoch', 1, 2 ** 31 - 1),
    window: fields.optionalDigest('window'),
    commitments: fields.optionalElement('commitments'),
    nonce: fields.digest('nonce'),
  };
  if ((challenge.epoch === 1) !== (challenge.window === null))
    fields.refuse('a window was issued before each epoch but the first');
  if (challenge.window === null && challenge.commitments !== null)
    fields.refuse('commitments answer a window');
  const signature = fields.text('signature', signaturePattern);
  fields.end();
  return { challenge, signature };
}

/** Throws `bad-document`; `forged-challenge` unless `signer` signed it. */
export function parseChallenge(text: string, file: string, signer: string): Challenge {
  const { challenge, signature } = readChallenge(text, file);
  if (!isSigned(unsigned(challenge), signature, signer))
    fail(
      'forged-challenge',
      `${file}: the signature is not that of the plan's signer`,
      'ask the provider for the challenge again',
    );
  return challenge;
}
