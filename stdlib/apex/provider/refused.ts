// A bundle or a link that is refused: a reason in place of an error, which only its verifier sees.
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import type { Reason } from '../books/index.ts';
import { isReasonCode, type ReasonCode } from '../documents/reasons.ts';

/** A reason with a code of the list. */
export interface Refusal extends Reason {
  readonly code: ReasonCode;
}

export class Refused extends Error {
  constructor(readonly reason: Refusal) {
    super(reason.text);
  }
}

export function refuse(code: ReasonCode, text: string): never {
  throw new Refused({ code, text });
}

/**
 * The reason that an error gives for refusing the file; other errors are the verifier's own, and thrown.
 * @param ofReading codes of errors by which reading refuses the file
 */
export function reasonOf(error: unknown, ofReading: readonly ReasonCode[]): Reason {
  if (error instanceof Refused) return shortened(error.reason);
  if (isLetheError(error)) {
    const [first] = error.diagnostics;
    if (first && isReasonCode(first.code) && ofReading.includes(first.code))
      return shortened({ code: first.code, text: first.message });
  }
  throw error;
}

/** More than any reason needs; the books hold 4096 characters. */
const maxText = 1000;

/** Text from the file may have any length, and characters that no database takes. */
const shortened = ({ code, text }: Reason): Reason => ({
  code,
  text: text.slice(0, maxText).replace(/[\0\p{Surrogate}]/gu, ' '),
});
