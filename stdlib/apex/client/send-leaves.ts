// The leaves go with a registration where the provider keeps the leaves of all weights.
import { writeLeaves } from '../documents/leaves.ts';
import { Holdings } from './holdings.ts';
import type { State } from './state.ts';

/** Throws FileError `cannot-write`. */
export async function sendLeaves(state: State, file: string): Promise<void> {
  const holdings = await Holdings.open(state);
  try {
    await writeLeaves(file, (await holdings.tree()).leafBytes());
  } finally {
    await holdings.close();
  }
}
