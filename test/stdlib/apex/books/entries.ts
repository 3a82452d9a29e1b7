// Entries for the tests: digests by name, and a plan with one registration and one window.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBooks } from '../../../../stdlib/apex/books/index.ts';
import type {
  Books,
  Finding,
  NewRegistration,
  NewWindow,
} from '../../../../stdlib/apex/books/index.ts';
import { copyEmptyBooks } from './template.ts';

export const digest = (name: string): string => createHash('sha256').update(name).digest('hex');

export const registration = (client: string, version = 1): NewRegistration => ({
  client,
  digest: digest(`registration of ${client}, ${version}`),
  planDigest: digest('plan'),
  root: `${version}00`,
  unscoped: digest(`unscoped of ${client}, ${version}`),
  document: JSON.stringify({ client, version }),
});

export const window = (name: string): NewWindow => ({
  digest: digest(`window ${name}`),
  maskDigest: digest(`mask ${name}`),
  document: JSON.stringify({ window: name }),
});

/** An accepted finding on `client`'s first registration, from its root to `rootAfter`. */
export const finding = (client: string, of: string, changes: Partial<Finding> = {}): Finding => ({
  bundleDigest: digest(`bundle of ${client} for ${of}`),
  registrationDigest: registration(client).digest,
  windowDigest: window(of).digest,
  accepted: true,
  reason: null,
  rootBefore: '100',
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
