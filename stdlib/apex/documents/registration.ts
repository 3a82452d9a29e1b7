// A registration: what a client publishes before any mask is known. Its root commits to the weights and the curvature.
import { digestOf, type Json } from './canonical.ts';
import { Fields } from './fields.ts';

export interface Registration {
  /** How the provider calls the client. */
  readonly client: string;
  /** Digest of the plan. */
  readonly plan: string;
  /** Root of the tree over all Fisher blocks. */
  readonly root: bigint;
  /** `hashUnscoped` of θ_p. */
  readonly unscoped: string;
  /** λ. */
  readonly damping: number;
}

const kind = 'apex-registration';

export const clientPattern = /^[\w.@-]{1,100}$/;

export const registrationDocument = (registration: Registration): Json => ({
  lethe: kind,
  version: 1,
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
  };
  fields.end();
  return registration;
}
