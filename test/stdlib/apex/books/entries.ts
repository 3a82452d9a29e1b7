// Entries for the tests: registrations by the client's name, windows by their epoch.
import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBooks } from '../../../../stdlib/apex/books/index.ts';
import type {
  Books,
  Finding,
  ChallengeRecord,
  NewEntry,
  NewLink,
  RegisterChoice,
  RegistrationRecord,
  Window as Issued,
} from '../../../../stdlib/apex/books/index.ts';
import {
  canonicalText,
  generateSigningKey,
  publicKeyOf,
  readSigningKey,
  registrationDigest,
  registrationDocument,
  signRegistration,
  windowDigest,
  windowDocument,
  type Registration,
  type SignedRegistration,
  type Window,
} from '../../../../stdlib/apex/documents/index.ts';
import { drawChallenge } from '../../../../stdlib/apex/provider/challenge.ts';
import { copyEmptyBooks } from './template.ts';

export const digest = (name: string): string => createHash('sha256').update(name).digest('hex');

export const planDigest = digest('plan');

const key = readSigningKey(generateSigningKey());
/** The key of a client: every process has the same one. */
export const keyOf = (client: string): KeyObject => {
  const seed = createHash('sha256').update(client).digest();
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const der = Buffer.concat([prefix, seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
};

/** Fields of a registration, and whose keys sign it. */
export interface Changes extends Partial<Registration> {
  /** Whose key is the signer; the client's own unless it is said. */
  readonly key?: string;
  /** Whose key consents, where it replaces another one; the client's own unless it is said. */
  readonly former?: string;
}

export const registrationOf = (
  client: string,
  version = 1,
  { key: signer = client, former = client, ...changes }: Changes = {},
): SignedRegistration =>
  signRegistration(
    {
      client,
      plan: planDigest,
      root: BigInt(100 * version),
      unscoped: digest(`unscoped of ${client}`),
      window: null,
      signer: publicKeyOf(keyOf(signer)),
      replaces: null,
      ...changes,
    },
    keyOf(signer),
    (changes.replaces ?? null) === null ? undefined : keyOf(former),
  );

/** The entry of any registration. */
export const entryFor = (registration: SignedRegistration): NewEntry => ({
  digest: registrationDigest(registration),
  document: canonicalText(registrationDocument(registration)),
});

export const registration = (client: string, version = 1, changes: Changes = {}): NewEntry =>
  entryFor(registrationOf(client, version, changes));

/** A registration is entered under the default policy, or by the provider's word. */
export const linked: RegisterChoice = { policy: 'linked' };
export const byWord: RegisterChoice = { policy: 'linked', replace: true };

/** Version 2 and later ones replace the version before, with the consent of its key. */
export const renewal = (client: string, version: number, changes: Changes = {}): NewEntry =>
  version === 1
    ? registration(client)
    : registration(client, version, {
        replaces: renewal(client, version - 1).digest,
        ...changes,
      });

/** Draws the challenge of a pending registration, once. */
export const challenge = (books: Books, entry: RegistrationRecord): Promise<ChallengeRecord> =>
  drawChallenge(books, entry, key);

/** A link of a registration that was verified. */
export const linkOf = ({ digest: of }: Pick<NewEntry, 'digest'>, name = 'link'): NewLink => ({
  registrationDigest: of,
  bundleDigest: digest(`${name} of ${of}`),
  measured: { seconds: 1.5 },
});

const digests: string[] = [];

/** Digest of the window of an epoch: it masks position `epoch`, as the ones before it mask theirs. */
export function windowDigestAt(epoch: number): string {
  for (let at = digests.length + 1; at <= epoch; at++) digests.push(windowDigest(windowAt(at)));
  return digests[epoch - 1]!;
}

export function windowAt(epoch: number): Window {
  const epochs = Uint32Array.from({ length: epoch }, (_, i) => i + 1);
  return {
    plan: planDigest,
    epoch,
    predecessor: epoch === 1 ? null : windowDigestAt(epoch - 1),
    mask: { score: 'saliency', budget: 0.5, masked: 1 },
    history: { positions: epochs, epochs },
  };
}

/** The entry of any window; the books do not look at its signature. */
export const entryOf = (window: Window): NewEntry => ({
  digest: windowDigest(window),
  document: canonicalText(windowDocument(window, key)),
});

/** Issues the window that comes next. */
export async function issue(books: Books): Promise<Issued> {
  const { epoch } = await books.status();
  return books.issueWindow(entryOf(windowAt(epoch)));
}

/** An accepted finding on `client`'s first registration that keeps nothing. */
export const finding = (client: string, of: string, changes: Partial<Finding> = {}): Finding => ({
  bundleDigest: digest(`bundle of ${client} for ${of}`),
  registrationDigest: registration(client).digest,
  windowDigest: of,
  accepted: true,
  reason: null,
  kept: null,
  rootAfter: '101',
  measured: { milliseconds: 12.5 },
  ...changes,
});

/** What a process leaves in the folder of books when it is killed while it makes the database. */
export async function leaveDraft(folder: string): Promise<void> {
  const draft = join(folder, 'database.new');
  await mkdir(draft, { recursive: true });
  await writeFile(join(draft, 'PG_VERSION'), '18');
}

/** A folder that is removed after the tests, and books without entries in it. */
export class Shelf {
  private constructor(readonly folder: string) {}

  static async make(): Promise<Shelf> {
    return new Shelf(await mkdtemp(join(tmpdir(), 'lethe-books-')));
  }

  /** The folder of fresh books. */
  async fresh(name: string): Promise<string> {
    const place = join(this.folder, name);
    await copyEmptyBooks(place);
    return place;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }
}

/** All that the books have. */
export const everything = (books: Books) =>
  Promise.all([books.status(), books.registrations(), books.windows(), books.verdicts()]);

/** Opens, acts and closes. */
export async function using<T>(folder: string, action: (books: Books) => Promise<T>): Promise<T> {
  const books = await openBooks(folder, { durable: false });
  try {
    return await action(books);
  } finally {
    await books.close();
  }
}
