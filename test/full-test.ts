// Tests of a file of the normal tier that only the full tier registers.
import { test } from 'vitest';
import { tier } from './tier.ts';

export const inFull = tier === 'full';

/** As `test`, in the full tier; elsewhere nothing. */
export const testInFull = (title: string, body: () => Promise<void>): void => {
  if (inFull) test(title, body);
};
