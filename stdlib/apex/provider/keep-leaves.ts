// The leaves of a registration are checked against its root, and kept, before the books name it.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { fileDigest, FileError } from '../../../compiler/files/index.ts';
import { elementLength } from '../commitments/elements.ts';
import type { Plan } from '../documents/plan.ts';
import { registrationDigest, type Registration } from '../documents/registration.ts';
import { hashLeafFile } from '../hashing/hash-leaves.ts';
import { weightCount } from '../model/index.ts';
import type { Report } from '../report.ts';
import type { EnrollOptions } from './enroll.ts';

/** Nothing is kept for a superseded registration. Throws `no-leaves`, `root-mismatch`, or of reading and writing. */
export async function keepLeaves(options: EnrollOptions): Promise<void> {
  const { provider, books, registration, leaves, report } = options;
  const digest = registrationDigest(registration);
  const known = await books.registration(digest);
  if (known && known.supersededBy !== null) return;
  if (leaves === undefined) {
    if (known && (await provider.leaves.has(digest))) return;
    return fail(
      'no-leaves',
      `the provider keeps the leaves of all weights, and those of ${registration.client} are missing`,
      'give the .leaves file that `lethe apex register` wrote beside the registration',
    );
  }
  const sha = await fileDigest(leaves, 'the client sends it with the registration');
  await checkLeaves(provider.plan, registration, leaves, report);
  await provider.leaves.write(digest, unchanged(leaves, sha));
}

async function checkLeaves(
  { scope }: Plan,
  { client, root }: Registration,
  file: string,
  report: Report | undefined,
): Promise<void> {
  const refuse = (problem: string): never =>
    fail('root-mismatch', problem, 'registration and leaves must be of one `lethe apex register`');
  const leaves = weightCount(scope);
  const { size } = await stat(file);
  if (size !== leaves * elementLength)
    refuse(`${file} has ${size} bytes, and ${leaves} leaves have ${leaves * elementLength}`);
  const found = await hashLeafFile({ file, leaves, ...(report ? { report } : {}) });
  if (found !== root) refuse(`the leaves are not those of the registration of ${client}`);
}

/** The bytes of a file that was checked. Throws FileError `changed`. */
async function* unchanged(file: string, sha: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: 2 ** 20 })) {
    hash.update(piece as Buffer);
    yield piece as Buffer;
  }
  if (hash.digest('hex') === sha) return;
  const hint = 'enroll again, and leave the file alone meanwhile';
  throw new FileError({ code: 'changed', file, problem: 'has changed while it was read', hint });
}
