// A provider's folder: the plan, the key that signs windows and receipts, the books, and verification keys that were compiled here.
//   plan.json   public            provider.key  secret, readable by its owner alone
//   books/      the database      keys/         trusted: made by this provider
//   leaves/, commitments/         what is kept of the clients (kept.ts)
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { atomicWrite, FileError } from '../../../compiler/files/index.ts';
import { openBooks, type Books } from '../books/index.ts';
import { canonicalText, type Json } from '../documents/canonical.ts';
import { parsePlan, planDocument, type Plan } from '../documents/plan.ts';
import { generateSigningKey, publicKeyOf, readSigningKey } from '../documents/signature.ts';
import { commitmentsIn, leavesIn, type Kept } from './kept.ts';
import { keysIn, type KeyStore } from './keys.ts';
import { checkKnownPlans } from './known-plans.ts';

export interface Provider extends Kept {
  readonly folder: string;
  readonly plan: Plan;
  /** Throws a FileError. */
  signingKey(): Promise<KeyObject>;
  /** Close them after use. */
  books(): Promise<Books>;
  /** Whether anything was entered in them. */
  hasBooks(): Promise<boolean>;
  readonly keys: KeyStore;
}

/**
 * Makes the folder with a new signing key; `plan` is asked for with its public half. Throws `provider-exists`; `known-model`
 * where a plan beside the folder is over the same θ_0, and the new one does not follow it.
 */
export async function createProvider(
  folder: string,
  makePlan: (signer: string) => Promise<Plan>,
): Promise<Provider> {
  if (await exists(join(folder, 'plan.json')))
    fail(
      'provider-exists',
      `${folder} holds a plan`,
      'choose another folder: a plan never changes',
    );
  const pem = generateSigningKey();
  const plan = await makePlan(publicKeyOf(readSigningKey(pem)));
  await checkKnownPlans(folder, plan);
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
  const plan = parsePlan(text, file);
  const books = join(folder, 'books');
  return {
    folder,
    plan,
    async signingKey() {
      return readSigningKey(await readText(join(folder, 'provider.key')));
    },
    books: () => openBooks(books),
    hasBooks: () => exists(join(books, 'database')),
    keys: keysIn(join(folder, 'keys')),
    leaves: leavesIn(folder, plan.scope),
    commitments: commitmentsIn(folder),
  };
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

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
