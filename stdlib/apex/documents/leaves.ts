// The leaves of all weights, which go with a registration where the provider keeps them: 32 bytes each, in the order of
// positions, beside registration.json as registration.leaves. They hide what they commit to, as the root does.
import { atomicWrite } from '../../../compiler/files/index.ts';

export const leavesFileOf = (registration: string): string =>
  `${registration.replace(/\.json$/, '')}.leaves`;

/** Throws FileError `cannot-write`. */
export const writeLeaves = (file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> =>
  atomicWrite(file, bytes);
