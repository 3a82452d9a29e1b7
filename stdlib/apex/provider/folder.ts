// A provider's folder: the plan, the key that signs windows, the books, and verification keys that were compiled here.
//   plan.json   public            provider.key  secret, readable by its owner alone
//   books/      the database      keys/         trusted: made by this provider
//   trees/      the clients' commitments, where the plan says that they are kept
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { systemDigest } from '../../../compiler/constraints/digest.ts';
import { fail, isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { atomicWrite, FileError } from '../../../compiler/files/index.ts';
import { renderKeyFile, trustedKey } from '../../../compiler/prover/key-file.ts';
import { openBooks, type Books } from '../books/index.ts';
import { canonicalText, type Json } from '../documents/canonical.ts';
import { parsePlan, planDocument, type Plan } from '../documents/plan.ts';
import { generateSigningKey, publicKeyOf, readSigningKey } from '../documents/signature.ts';
import { treesIn, type TreeStore } from './trees.ts';
import type { KeyStore } from './verify.ts';

export interface Provider {
  readonly folder: string;
  readonly plan: Plan;
  /** Throws a FileError. */
  signingKey(): Promise<KeyObject>;
  /** Close them after use. */
  books(): Promise<Books>;
  readonly keys: KeyStore;
  readonly trees: TreeStore;
}

/** Makes the folder with a new signing key; `plan` is asked for with its public half. Throws `provider-exists`. */
export async function createProvider(
  folder: string,
  makePlan: (signer: string) => Promise<Plan>,
): Promise<Provider> {
  if (await stat(join(folder, 'plan.json')).catch(() => undefined))
    fail(
      'provider-exists',
      `${folder} holds a plan`,
      'choose another folder: a plan never changes',
    );
  const pem = generateSigningKey();
  const plan = await makePlan(publicKeyOf(readSigningKey(pem)));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'provider.key'), pem, { mode: 0o600 });
  await writeDocument(join(folder, 'plan.json'), planDocument(plan));
  return openProvider(folder);
}

/** Throws `no-provider`, `bad-document`. */
export async function openProvider(folder: string): Promise<Provider> {
  const file = join(folder, 'plan.json');
  const text = await readFile(file, 'utf8').catch(() =>
    fail('no-provider', `${folder} holds no plan`, 'make one with `lethe apex plan --out FOLDER`'),
  );
  return {
    folder,
    plan: parsePlan(text, file),
    async signingKey() {
      return readSigningKey(await readText(join(folder, 'provider.key')));
    },
    books: () => openBooks(join(folder, 'books')),
    keys: keysIn(join(folder, 'keys')),
    trees: treesIn(join(folder, 'trees')),
  };
}

/** Keys by the digest of their circuit. A file that is no key of the circuit is made again. */
function keysIn(folder: string): KeyStore {
  const fileOf = (digest: string): string => join(folder, `${digest}.json`);
  return {
    async read(circuit) {
      const file = fileOf(systemDigest(circuit.system));
      const text = await readFile(file, 'utf8').catch(() => undefined);
      if (text === undefined) return undefined;
      try {
        return trustedKey(text, file, circuit);
      } catch (error) {
        if (isLetheError(error)) return undefined;
        throw error;
      }
    },
    async write({ program, system }, key) {
      await mkdir(folder, { recursive: true });
      const digest = systemDigest(system);
      await atomicWrite(fileOf(digest), renderKeyFile({ circuit: program.name, digest, key }));
    },
  };
}

/** A document as a file: its canonical text. */
export const writeDocument = (file: string, document: Json): Promise<void> =>
  atomicWrite(file, `${canonicalText(document)}\n`);

/** Throws FileError `cannot-read`. */
export function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new FileError({
      code: 'cannot-read',
      file,
      problem,
      hint: 'check the name of the file',
      cause,
    });
  });
}
