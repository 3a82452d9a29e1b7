// The commitments of all Fisher blocks, which go with a registration where the provider keeps the tree: 32 bytes each, in the
// scope's order, beside registration.json as registration.leaves. They hide what they commit to, as the root does.
import { readFile } from 'node:fs/promises';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { atomicWrite, FileError } from '../../../compiler/files/index.ts';
import { elementLength, Elements } from '../commitments/elements.ts';

export const leavesFileOf = (registration: string): string =>
  `${registration.replace(/\.json$/, '')}.leaves`;

/** Throws FileError `cannot-write`. */
export const writeLeaves = (file: string, { bytes }: Elements): Promise<void> =>
  atomicWrite(file, bytes);

/** Throws FileError `cannot-read`; LetheError `bad-document` for what are no field elements. */
export async function readLeaves(file: string): Promise<Elements> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    const problem = cause instanceof Error ? cause.message : String(cause);
    const hint =
      'the provider keeps trees: the client sends the .leaves file that `lethe apex register` wrote, or leaves-0.bin of its state, which is the same';
    throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
  });
  const leaves = new Elements(bytes);
  if (bytes.length % elementLength !== 0 || !leaves.areCanonical())
    fail('bad-document', `${file} holds no commitments`, 'ask the client for the file again');
  return leaves;
}
