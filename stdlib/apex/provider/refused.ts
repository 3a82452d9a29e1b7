// What is wrong with a bundle, thrown while it is judged.
import type { Reason } from '../books/index.ts';

export class Refused extends Error {
  constructor(readonly reason: Reason) {
    super(reason.text);
  }
}

export const refuse = (code: string, text: string): never => {
  throw new Refused({ code, text });
};
