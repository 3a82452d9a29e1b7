// A bundle that is refused: a reason in place of an error, which only `verifyBundle` sees.
import type { Reason } from '../books/index.ts';

export class Refused extends Error {
  constructor(readonly reason: Reason) {
    super(reason.text);
  }
}

export function refuse(code: string, text: string): never {
  throw new Refused({ code, text });
}
