// Why the books do not enter an accepted verdict: a pure function of what stands in them.
import type { Diagnostic } from '../../../compiler/diagnostics/diagnostic.ts';
import type { Claim, Commitment, Registration, Verdict, Window } from './records.ts';

export type RefusalCode =
  | 'unknown-registration'
  | 'superseded-registration'
  | 'unknown-window'
  | 'registration-after-window'
  | 'replayed-bundle'
  | 'stale-commitment';

export interface Refusal extends Diagnostic {
  readonly code: RefusalCode;
  readonly hint: string;
}

/** What the books hold about a claim. */
export interface Facts {
  readonly registration: Registration | undefined;
  readonly window: Window | undefined;
  /** The newest commitment of the registration. */
  readonly current: Commitment | undefined;
  /** The accepted verdict on this registration and window. */
  readonly accepted: Verdict | undefined;
}

/** The facts of a claim that nothing speaks against. */
export interface Standing {
  readonly registration: Registration;
  readonly window: Window;
  readonly current: Commitment;
}

/** The first thing that speaks against a claim, or the standing it has. */
export function judge(claim: Claim, facts: Facts): Refusal | Standing {
  const { registration, window, current, accepted } = facts;
  if (registration === undefined || current === undefined) {
    return refusal(
      'unknown-registration',
      `no registration ${claim.registrationDigest} is in the books`,
      'the client registers before the window is issued',
    );
  }
  if (window === undefined) {
    return refusal(
      'unknown-window',
      `no window ${claim.windowDigest} was issued from these books`,
      'check that the bundle was made for a window of this provider and plan',
    );
  }
  if (registration.supersededBy !== null) {
    return refusal(
      'superseded-registration',
      `${registration.client} has registered again, as ${registration.supersededBy}`,
      'the client unlearns with its newest registration, in a window issued after it',
    );
  }
  if (registration.epoch > window.epoch) {
    return refusal(
      'registration-after-window',
      `the registration was entered in epoch ${registration.epoch}, after the window closed epoch ${window.epoch}`,
      'use a window that was issued after the registration: a curvature chosen with the mask in sight proves nothing',
    );
  }
  if (accepted !== undefined) return replayed(accepted);
  if (current.root !== claim.rootBefore) {
    return refusal(
      'stale-commitment',
      `the bundle starts from ${claim.rootBefore}, the client's current commitment (number ${current.sequence}) is ${current.root}`,
      'the client unlearns anew from the model that was accepted last',
    );
  }
  return { registration, window, current };
}

export function replayed(first: Verdict): Refusal {
  return refusal(
    'replayed-bundle',
    `verdict ${first.number} accepted bundle ${first.bundleDigest} for this registration and window`,
    'nothing is to be done: the first verdict stands',
  );
}

function refusal(code: RefusalCode, message: string, hint: string): Refusal {
  return { code, message, hint };
}
