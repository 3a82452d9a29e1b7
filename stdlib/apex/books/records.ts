// What stands in the books. Digests are SHA-256 in lower-case hex; roots are decimal field elements.

/** An entry: a document, from which the books read everything else. */
export interface NewEntry {
  /** Digest of the document; where it is signed, of its text without the signature. */
  readonly digest: string;
  /** JSON text, kept byte for byte. */
  readonly document: string;
}

/** A registration with its place in the books. */
export interface Registration extends NewEntry {
  readonly client: string;
  /** One plan for all the books. */
  readonly planDigest: string;
  /** Root of the tree over the leaves of all weights in scope. */
  readonly root: string;
  /** Digest of the tensors out of scope. */
  readonly unscoped: string;
  /** The last window whose dead positions the client has compensated for. */
  readonly windowDigest: string | null;
  /** The client's key, base64 SPKI. */
  readonly signer: string;
  /** It may be used with windows of this epoch and later ones. It never changes. */
  readonly epoch: number;
  /** The client's next registration, which took its place. */
  readonly supersededBy: string | null;
  readonly recordedAt: Date;
}

/** A window without its document, which may have megabytes. */
export interface IssuedWindow {
  readonly digest: string;
  /** Digest of the window before it; null in epoch 1. */
  readonly predecessor: string | null;
  /** The epoch that it closed. */
  readonly epoch: number;
  readonly recordedAt: Date;
}

export interface Window extends IssuedWindow, NewEntry {}

/** A bundle, by what it claims. */
export interface Claim {
  readonly bundleDigest: string;
  readonly registrationDigest: string;
  readonly windowDigest: string;
  /** The root from which commitments of blocks are kept; null where none is. */
  readonly kept: string | null;
}

/** What a verifier found out about a bundle. */
export interface Finding extends Claim {
  readonly accepted: boolean;
  /** Why not; null for an accepted bundle. */
  readonly reason: Reason | null;
  /** The root over the commitments of all blocks with S ≠ ∅. */
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

/** The commitment of a client by an accepted bundle. */
export interface Commitment {
  readonly registrationDigest: string;
  readonly windowDigest: string;
  /** The window's epoch. */
  readonly epoch: number;
  /** The root over the commitments of all blocks with S ≠ ∅. */
  readonly root: string;
  readonly verdict: number;
}

/** A registration that is not superseded, and what became of it. */
export interface Standing {
  readonly registration: Registration;
  /** How many windows it has answered. */
  readonly answered: number;
  /** The last accepted one. */
  readonly current: Commitment | undefined;
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
