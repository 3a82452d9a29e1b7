// A mistake in what the author gives the laws, such as inputs outside of their formats or a specification that answers with
// too few numbers. No law has failed then, so it is never shrunk to a smaller size.
import { LetheError } from '../diagnostics/diagnostic.ts';

export class Mistake extends LetheError {}

/** Throws a Mistake with one finding. */
export function mistaken(code: string, message: string, hint: string): never {
  throw new Mistake([{ code, message, hint }]);
}
