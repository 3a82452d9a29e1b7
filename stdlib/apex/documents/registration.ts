// A registration: what a client publishes before any mask is known. Its root commits to the weights and the curvature.
import { digestOf, type Json } from './canonical.ts';
import { documentVersion, Fields } from './fields.ts';
import { isPublicKey, publicKeyPattern } from './signature.ts';

export interface Registration {
  /** How the provider calls the client. */
  readonly client: string;
  /** Digest of the plan. */
  readonly plan: string;
  /** Root of the tree over the leaves of all weights. */
  readonly root: bigint;
  /** `hashUnscoped` of θ_p. */
  readonly unscoped: string;
  /** λ. */
  readonly damping: number;
  /** Digest of the last window whose dead positions the client has compensated for; null for none but the plan's. */
  readonly window: string | null;
  /** The client's Ed25519 key, base64 SPKI: it signs bundles. */
  readonly signer: string;
}

const kind = 'apex-registration';

export const clientPattern = /^[\w.@-]{1,100}$/;

export const registrationDocument = (registration: Registration): Json => ({
  lethe: kind,
  version: documentVersion,
  ...registration,
  root: `${registration.root}`,
});

export const registrationDigest = (registration: Registration): string =>
  digestOf(registrationDocument(registration));

/** Throws `bad-document`. */
export function parseRegistration(text: string, file: string): Registration {
  const fields = Fields.parse(text, file, kind);
  const registration = {
    client: fields.text('client', clientPattern),
    plan: fields.digest('plan'),
    root: fields.element('root'),
    unscoped: fields.digest('unscoped'),
    damping: fields.positive('damping'),
    window: fields.optionalDigest('window'),
    signer: fields.text('signer', publicKeyPattern),
  };
  if (!isPublicKey(registration.signer)) fields.refuse('signer is no Ed25519 key');
  fields.end();
  return registration;
}
