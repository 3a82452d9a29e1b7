// Why the books do not enter an accepted verdict: a pure function of what stands in them.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { Diagnostic } from '../../../compiler/diagnostics/diagnostic.ts';
import type { ReasonCode } from '../documents/index.ts';
import type { Commitment, Foreseen, RegistrationRecord, Verdict, Window } from './records.ts';

/** Codes that refuse bundles, registrations (admission.ts) and links (links.ts). */
const codes = [
  ...(['unknown-registration', 'pending-registration', 'superseded', 'unknown-window'] as const),
  ...(['late-registration', 'replayed-bundle', 'already-unlearned', 'older-window'] as const),
  ...(['stale-commitment', 'taken-name', 'not-current', 'no-reregistration'] as const),
  ...(['other-unscoped', 'outdated-registration', 'unanswered-window'] as const),
  ...(['not-pending', 'no-challenge'] as const),
] as const satisfies readonly ReasonCode[];

export type RefusalCode = (typeof codes)[number];

/** Whether the books refuse what a client has sent by this code. */
export const isRefusalCode = (code: string): code is RefusalCode =>
  (codes as readonly string[]).includes(code);

export interface Refusal extends Diagnostic {
  readonly code: RefusalCode;
  readonly hint: string;
}

/** What the books hold about a claim. */
export interface Facts {
  readonly registration: RegistrationRecord | undefined;
  readonly window: Window | undefined;
  /** The last accepted commitment of the registration. */
  readonly current: Commitment | undefined;
}

/** The facts of a claim that nothing speaks against. */
export interface Admitted {
  readonly registration: RegistrationRecord;
  readonly window: Window;
  readonly current: Commitment | undefined;
}

/** The first thing that speaks against a claim, or what it is judged with. */
export function judge(claim: Foreseen, facts: Facts): Refusal | Admitted {
  const { registration, window, current } = facts;
  if (registration === undefined) return unknownRegistration(claim.registrationDigest);
  if (window === undefined) {
    return refusal(
      'unknown-window',
      `no window ${claim.windowDigest} was issued from these books`,
      'check that the bundle was made for a window of this provider and plan',
    );
  }
  if (registration.standing === 'pending') {
    return refusal(
      'pending-registration',
      `registration ${registration.digest} of ${registration.client} waits for its link`,
      'the client proves the link first (`lethe apex link`), or answers with the registration that it replaces',
    );
  }
  if (registration.standing !== 'current') {
    return refusal(
      'superseded',
      `registration ${registration.digest} of ${registration.client} was ${registration.standing}; it has registered again, as ${registration.supersededBy}`,
      'the client unlearns with its newest registration, in a window issued after it',
    );
  }
  if (registration.epoch > window.epoch) {
    return refusal(
      'late-registration',
      `the registration was entered in epoch ${registration.epoch}, after the window closed epoch ${window.epoch}`,
      'use a window that was issued after the registration: a curvature chosen with the mask in sight proves nothing',
    );
  }
  if (current?.windowDigest === window.digest) {
    return refusal(
      'already-unlearned',
      `verdict ${current.verdict} accepted another bundle for this registration and window`,
      'nothing is to be done: the first verdict stands',
    );
  }
  // There is no chain of roots: without this order an older window would bring back the weights of a newer one.
  if (current !== undefined && window.epoch < current.epoch) {
    return refusal(
      'older-window',
      `the window is of epoch ${window.epoch}, and one of epoch ${current.epoch} was answered`,
      'nothing is to be done: the newer window holds the masks of all before it',
    );
  }
  if (claim.kept !== null && claim.kept !== current?.root) {
    return refusal(
      'stale-commitment',
      `the bundle keeps commitments of root ${claim.kept}, the last accepted one is ${current?.root ?? 'none'}`,
      'the client unlearns anew from the answer that was accepted last, or proves every block',
    );
  }
  return { registration, window, current };
}

export function replayed(first: Verdict): Refusal {
  return refusal(
    'replayed-bundle',
    `verdict ${first.number} accepted bundle ${first.bundleDigest}`,
    'nothing is to be done: the first verdict stands',
  );
}

export const unknownRegistration = (digest: string): Refusal =>
  refusal(
    'unknown-registration',
    `no registration ${digest} is in the books`,
    'the client registers before the window is issued',
  );

export function refusal(code: RefusalCode, message: string, hint: string): Refusal {
  return { code, message, hint };
}

export const raise = ({ code, message, hint }: Refusal): never => fail(code, message, hint);
