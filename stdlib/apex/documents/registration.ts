// A registration: a client's commitment to its weights and its curvature, published before any mask is known. The key that it
// names signs it, and all that comes after it.
import type { KeyObject } from 'node:crypto';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { digestOf, type Json } from './canonical.ts';
import { documentVersion, Fields } from './fields.ts';
import { isClientName } from './names.ts';
import { isPublicKey, publicKeyPattern } from './public-key.ts';
import { isSigned, signaturePattern, signDocument } from './signature.ts';

export interface Registration {
  /** The client's name at the provider; see `isClientName`. */
  readonly client: string;
  /** Digest of the plan. */
  readonly plan: string;
  /** Root of the tree over the leaves of all weights. */
  readonly root: bigint;
  /** `saltedUnscoped` of θ_p. */
  readonly unscoped: string;
  /** Digest of the last window whose dead positions the client has compensated for; null for none but the plan's. */
  readonly window: string | null;
  /** The client's Ed25519 key, base64 SPKI: it signs this registration, bundles and links. */
  readonly signer: string;
  /** Digest of the client's registration that this one replaces; null for its first one. */
  readonly replaces: string | null;
}

export interface SignedRegistration extends Registration {
  /** By `signer`, base64. */
  readonly signature: string;
  /** By the signer of the registration that is replaced, over the same text; null where none is. */
  readonly consent: string | null;
}

const kind = 'apex-registration';

const unsigned = (registration: Registration): { readonly [key: string]: Json } => {
  const { client, plan, root, unscoped, window, signer, replaces } = registration;
  return {
    lethe: kind,
    version: documentVersion,
    ...{ client, plan, root: `${root}`, unscoped, window, signer, replaces },
  };
};

/** Digest of the text that is signed. */
export const registrationDigest = (registration: Registration): string =>
  digestOf(unsigned(registration));

/** @param former the key of the registration that is replaced, where one is. */
export const signRegistration = (
  registration: Registration,
  key: KeyObject,
  former?: KeyObject,
): SignedRegistration => ({
  ...registration,
  signature: signDocument(unsigned(registration), key),
  consent: former ? signDocument(unsigned(registration), former) : null,
});

export const registrationDocument = (registration: SignedRegistration): Json => {
  const { signature, consent } = registration;
  return { ...unsigned(registration), signature, consent };
};

/** Throws `bad-document`; `forged-registration` unless its own signer signed it. The consent is checked by `hasConsent`. */
export function parseRegistration(text: string, file: string): SignedRegistration {
  const fields = Fields.parse(text, file, kind);
  const client = fields.text('client');
  if (!isClientName(client)) fields.refuse('client is no name of a client');
  const registration = {
    client,
    plan: fields.digest('plan'),
    root: fields.element('root'),
    unscoped: fields.digest('unscoped'),
    window: fields.optionalDigest('window'),
    signer: fields.text('signer', publicKeyPattern),
    replaces: fields.optionalDigest('replaces'),
    signature: fields.text('signature', signaturePattern),
    consent: fields.optionalText('consent', signaturePattern),
  };
  if (!isPublicKey(registration.signer)) fields.refuse('signer is no Ed25519 key');
  if ((registration.consent === null) !== (registration.replaces === null))
    fields.refuse('replaces and consent stand together');
  fields.end();
  if (!isSigned(unsigned(registration), registration.signature, registration.signer))
    fail(
      'forged-registration',
      `${file}: the signature is not that of the key that it names`,
      'the file was changed or damaged on the way: ask the client for it again',
    );
  return registration;
}

/** Whether the key of the registration that is replaced has signed this one. */
export const hasConsent = (registration: SignedRegistration, former: string): boolean =>
  registration.consent !== null && isSigned(unsigned(registration), registration.consent, former);
