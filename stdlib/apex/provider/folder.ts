// A provider's folder: the plan, the key that signs windows and receipts, the books, and verification keys that were compiled here.
// Only its owner may enter it.
//   plan.json   public            provider.key  secret
//   books/      the database      keys/         trusted: made by this provider
//   leaves/, commitments/         what is kept of the clients (kept.ts)
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import {
  atomicWrite,
  FileError,
  readText as readFileText,
  secret,
  secureFolder,
} from '../../../compiler/files/index.ts';
import { openBooks, openedFor, type Books, type BooksAccess } from '../books/index.ts';
import { canonicalText, type Json } from '../documents/canonical.ts';
import { planLimits, smallDocument, windowLimits } from '../documents/limits.ts';
import { parsePlan, planDocument, type Plan } from '../documents/plan.ts';
import { parseWindow, type Window } from '../documents/window.ts';
import { generateSigningKey, publicKeyOf, readSigningKey } from '../documents/signature.ts';
import { weightCount } from '../model/index.ts';
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
  /** Opens them for one piece of work, and closes them after it. */
  readonly withBooks: BooksAccess;
  /** Whether anything was entered in them. */
  hasBooks(): Promise<boolean>;
  readonly keys: KeyStore;
}

/**
 * Makes the folder with a new signing key; `plan` is asked for with its public half. Throws `provider-exists`; `known-model`
 * where a plan beside the folder is over the same θ_0, and the new one does not follow it; `foreign-folder`; `bad-document` for a plan
 * that is too long to be read.
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
  const document = planDocument(plan);
  // Everybody must be able to read it.
  parsePlan(canonicalText(document), join(folder, 'plan.json'));
  await secureFolder(folder);
  await atomicWrite(join(folder, 'provider.key'), pem, secret);
  await writeDocument(join(folder, 'plan.json'), document);
  return openProvider(folder);
}

/** Throws `no-provider`, `bad-document`. */
export async function openProvider(folder: string): Promise<Provider> {
  const file = join(folder, 'plan.json');
  const text = await readText(file, planLimits).catch((error: unknown) => {
    if (!(error instanceof FileError) || error.code !== 'cannot-read') throw error;
    const hint = 'make one with `lethe apex plan --out FOLDER`';
    return fail('no-provider', `${folder} holds no plan`, hint);
  });
  const plan = parsePlan(text, file);
  const books = join(folder, 'books');
  return {
    folder,
    plan,
    async signingKey() {
      return readSigningKey(await readText(join(folder, 'provider.key')));
    },
    books: () => openBooks(books),
    withBooks: openedFor(() => openBooks(books)),
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

/** A window of this plan. Throws as `readText` and `parseWindow`. */
export const readWindowOf = async (plan: Plan, file: string): Promise<Window> =>
  parseWindow(await readText(file, windowLimits(weightCount(plan.scope))), file, plan);

/** The text of a document that is no longer than `limits` says. Throws FileError `cannot-read`, `too-large`. */
export const readText = (file: string, limits = smallDocument): Promise<string> =>
  readFileText(file, limits);
