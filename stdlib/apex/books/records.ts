// What stands in the books. Digests are SHA-256 in lower-case hex; roots are decimal field elements.

/** An entry: a document, from which the books read everything else. */
export interface NewEntry {
  /** Digest of the document; where it is signed, of its text without the signature. */
  readonly digest: string;
  /** JSON text, kept byte for byte. */
  readonly document: string;
}

/** A pending registration waits for its link; a dropped one never became current. */
export type RegistrationStanding = 'pending' | 'current' | 'superseded' | 'dropped';

/** How a registration became current: as the client's first, with the consent of the former one's key, by a link, or by the provider's word. */
export type EnteredBy = 'first' | 'consent' | 'link' | 'replace';

/** A registration with its place in the books. */
export interface RegistrationRecord extends NewEntry {
  readonly client: string;
  /** One plan for all the books. */
  readonly planDigest: string;
  /** Root of the tree over the leaves of all weights in scope. */
  readonly root: string;
  /** Salted digest of the tensors out of scope. */
  readonly unscoped: string;
  /** The last window whose dead positions the client has compensated for. */
  readonly windowDigest: string | null;
  /** The client's key, base64 SPKI. */
  readonly signer: string;
  /** Digest of the registration that it says it replaces. */
  readonly replaces: string | null;
  /** It may be used with windows of this epoch and later ones. It never changes. */
  readonly epoch: number;
  readonly standing: RegistrationStanding;
  /** Null while it is pending, and where it was dropped. */
  readonly entered: EnteredBy | null;
  /** The client's registration that took its place, or for which it was dropped. */
  readonly supersededBy: string | null;
  readonly recordedAt: Date;
}

/** The provider's signed nonce for a pending registration. */
export interface ChallengeRecord extends NewEntry {
  readonly registrationDigest: string;
  readonly recordedAt: Date;
}

/** A link that was verified. */
export interface NewLink {
  readonly registrationDigest: string;
  /** Digest of the file. */
  readonly bundleDigest: string;
  /** Times, bytes: whatever was measured. JSON. */
  readonly measured: object;
}

export interface LinkRecord extends NewLink {
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

/** A claim before the file of the bundle is hashed: whether it was accepted before is not known then. */
export type Foreseen = Omit<Claim, 'bundleDigest'> & Partial<Pick<Claim, 'bundleDigest'>>;

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
  /** A code of `reasons`, of these books or of earlier ones. */
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

/** The current registration of a client, and what became of it. */
export interface Standing {
  readonly registration: RegistrationRecord;
  /** How many windows it has answered. */
  readonly answered: number;
  /** The last accepted one. */
  readonly current: Commitment | undefined;
  /** The client's registration that waits for its link. */
  readonly pending: Pending | undefined;
}

export interface Pending {
  readonly registration: RegistrationRecord;
  /** Undefined until it is drawn. */
  readonly challenge: ChallengeRecord | undefined;
}

export interface Status {
  readonly planDigest: string | null;
  /** The epoch in which a registration would be entered now. */
  readonly epoch: number;
  /** With a current registration. */
  readonly clients: number;
  /** All of them, whatever their standing. */
  readonly registrations: number;
  readonly pending: number;
  readonly windows: number;
  readonly accepted: number;
  readonly rejected: number;
}
