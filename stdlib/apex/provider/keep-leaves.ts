// The leaves of a registration are checked against its root, and kept, before the books name it.
import { createHash } from 'node:crypto';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { fileDigest, FileError, filePieces, openRegular } from '../../../compiler/files/index.ts';
import { elementLength } from '../commitments/elements.ts';
import type { Plan } from '../documents/plan.ts';
import { registrationDigest, type Registration } from '../documents/registration.ts';
import { hashLeafFile } from '../hashing/hash-leaves.ts';
import { weightCount } from '../model/index.ts';
import type { Report } from '../report.ts';
import type { EnrollOptions } from './enroll.ts';

/** @param known whether the registration is in the books. Throws `no-leaves`, `root-mismatch`, or of reading and writing. */
export async function keepLeaves(options: EnrollOptions, known: boolean): Promise<void> {
  const { provider, registration, leaves, report } = options;
  const digest = registrationDigest(registration);
  if (leaves === undefined) {
    if (known && (await provider.leaves.has(digest))) return;
    return missingLeaves(registration);
  }
  await checkCount(provider.plan, leaves);
  const sha = await fileDigest(leaves, sent);
  await checkLeaves(provider.plan, registration, leaves, report);
  await provider.leaves.write(digest, unchanged(leaves, sha));
}

/** Throws `no-leaves`. */
export const missingLeaves = ({ client }: Registration): never =>
  fail(
    'no-leaves',
    `the provider keeps the leaves of all weights, and those of ${client} are missing`,
    'give the .leaves file that `lethe apex register` wrote beside the registration',
  );

const sent = 'the client sends it with the registration';

const refuse = (problem: string): never =>
  fail('root-mismatch', problem, 'registration and leaves must be of one `lethe apex register`');

/** Before the file is read. Throws FileError `cannot-read`, LetheError `root-mismatch`. */
async function checkCount({ scope }: Plan, file: string): Promise<void> {
  const leaves = weightCount(scope);
  const { handle, size } = await openRegular(file, sent);
  await handle.close();
  if (size !== leaves * elementLength)
    refuse(`${file} has ${size} bytes, and ${leaves} leaves have ${leaves * elementLength}`);
}

async function checkLeaves(
  { scope }: Plan,
  { client, root }: Registration,
  file: string,
  report: Report | undefined,
): Promise<void> {
  const leaves = weightCount(scope);
  const found = await hashLeafFile({ file, leaves, ...(report ? { report } : {}) });
  if (found !== root) refuse(`the leaves are not those of the registration of ${client}`);
}

/** The bytes of a file that was checked. Throws FileError `changed`. */
async function* unchanged(file: string, sha: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of filePieces(file, sent)) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') === sha) return;
  const hint = 'enroll again, and leave the file alone meanwhile';
  throw new FileError({ code: 'changed', file, problem: 'has changed while it was read', hint });
}
