import type { Entered, Enrolled } from '../../../stdlib/apex/provider/enroll.ts';

/** The outcome of enrolling a registration that waits for no link. */
export function asEntered(enrolled: Enrolled): Entered {
  if (enrolled.kind === 'entered') return enrolled;
  throw new Error(`the registration of ${enrolled.entry.client} waits for its link`);
}
