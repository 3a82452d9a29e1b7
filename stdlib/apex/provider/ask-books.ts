// The facts of the books about a bundle, by its header. They are read at once: nobody waits for the books while the bundle is verified.
import type { Books, RegistrationRecord, Window } from '../books/index.ts';
import type { BundleHeader } from '../bundle/header.ts';
import type { Plan } from '../documents/plan.ts';
import { receiptDigest } from '../documents/receipt.ts';
import { receiptOf } from './enroll.ts';
import { refuse, type Refusal } from './refused.ts';

/** A claim against which the books have nothing. */
export interface OpenClaim {
  readonly registration: RegistrationRecord;
  readonly window: Window;
  /** Digest of the receipt that the client has. */
  readonly receipt: string;
  /** The answer from which commitments are kept, where the bundle keeps some. */
  readonly kept: KeptFrom | undefined;
}

export interface KeptFrom {
  readonly window: Window;
  /** Over its commitments. */
  readonly root: string;
}

export interface Asked {
  /** Whose registration it is, and the registered key. */
  readonly client: string;
  readonly signer: string;
  /** Digest of the bundle that was accepted for this registration and window. */
  readonly accepted: string | undefined;
  readonly claim: OpenClaim | Refusal;
}

/** Refuses `unknown-registration`. */
export async function askBooks(plan: Plan, books: Books, header: BundleHeader): Promise<Asked> {
  const names = { registrationDigest: header.registration, windowDigest: header.window };
  const kept = header.kept === null ? null : `${header.kept}`;
  const prospect = await books.beginVerdict({ ...names, kept });
  const { registration } = prospect.kind === 'replayed' ? { registration: undefined } : prospect;
  if (prospect.kind === 'replayed' || registration === undefined)
    return refuse('unknown-registration', `no registration ${header.registration} is in the books`);
  const { client, signer } = registration;
  const [first] = await books.verdicts({ ...names, accepted: true });
  const asked = { client, signer, accepted: first?.bundleDigest };
  if (prospect.kind === 'refused') {
    const { code, message } = prospect.refusal;
    return { ...asked, claim: { code, text: message } };
  }
  const { window, current } = prospect;
  const receipt = receiptDigest(await receiptOf(plan, books, registration));
  // The books have compared its root with the one that the header names.
  const last = kept === null ? undefined : current;
  const from = last && { window: (await books.window(last.windowDigest))!, root: last.root };
  return { ...asked, claim: { registration, window, receipt, kept: from } };
}
