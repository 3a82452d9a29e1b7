// What stands in the books. Digests are SHA-256 in lower-case hex; roots are decimal field elements.

/** What a client registers, before any mask is known. */
export interface NewRegistration {
  readonly client: string;
  /** Of the registration's document. */
  readonly digest: string;
  /** Of model, layout and formats: one for all the books. */
  readonly planDigest: string;
  /** Root of the commitment to the personalized weights in scope. */
  readonly root: string;
  /** Digest of the tensors out of scope. */
  readonly unscoped: string;
  /** The public registration as JSON text, kept byte for byte. */
  readonly document: string;
}

export interface Registration extends NewRegistration {
  /** It may be used with windows of this epoch and later ones. */
  readonly epoch: number;
  /** The client's next registration, which took its place. */
  readonly supersededBy: string | null;
  readonly recordedAt: Date;
}

/** What the provider issues: the signed window with its mask. */
export interface NewWindow {
  readonly digest: string;
  readonly maskDigest: string;
  /** The window as JSON text, kept byte for byte. */
  readonly document: string;
}

export interface Window extends NewWindow {
  /** The epoch that it closed. */
  readonly epoch: number;
  readonly recordedAt: Date;
}

/** A bundle, by what it claims. */
export interface Claim {
  readonly bundleDigest: string;
  readonly registrationDigest: string;
  readonly windowDigest: string;
  readonly rootBefore: string;
}

/** What a verifier found out about a bundle. */
export interface Finding extends Claim {
  readonly accepted: boolean;
  /** Why not; null for an accepted bundle. */
  readonly reason: Reason | null;
  readonly rootAfter: string;
  /** Times, bytes, ε: whatever was measured. JSON. */
  readonly measured: object;
}

export interface Reason {
  readonly code: string;
  readonly text: string;
}

export interface Verdict extends Finding {
  /** Verdicts are numbered from 1 in the order of the books. */
  readonly number: number;
  readonly recordedAt: Date;
}

/** A commitment that was a client's current one from here on. */
export interface Commitment {
  readonly registrationDigest: string;
  /** 0 at registration; one more for each accepted verdict. */
  readonly sequence: number;
  readonly root: string;
  readonly unscoped: string;
  /** The verdict that led here; null at registration. */
  readonly verdict: number | null;
}

export interface Status {
  readonly planDigest: string | null;
  /** The epoch in which a registration would be entered now. */
  readonly epoch: number;
  readonly clients: number;
  readonly registrations: number;
  readonly windows: number;
  readonly accepted: number;
  readonly rejected: number;
}
