// Books without entries, to copy: PostgreSQL takes ten seconds to make a database. They are kept for the next run, under the
// version of what made them and the digest of their schema.
import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { migrations, openBooks } from '../../../../stdlib/apex/books/index.ts';

const cache = new URL('../../../../.cache', import.meta.url).pathname;

let template: Promise<string> | undefined;

/** Puts books without entries into a folder that is not there. A thousand files: `cp` of promises takes five times as long. */
export async function copyEmptyBooks(folder: string): Promise<void> {
  cpSync(await (template ??= findTemplate()), folder, { recursive: true });
}

async function findTemplate(): Promise<string> {
  const place = join(cache, `empty-books-${await key()}`);
  if (await exists(place)) return place;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'draft-'));
  await (await openBooks(draft, { durable: false })).close();
  // Another process may have been faster: then the place is not empty, and its files are as good.
  await rename(draft, place).catch(async (error: unknown) => {
    await rm(draft, { recursive: true });
    if (!(await exists(place))) throw error;
  });
  return place;
}

async function key(): Promise<string> {
  const module = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const text = await readFile(join(dirname(module), '../package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  const schema = createHash('sha256').update(JSON.stringify(migrations)).digest('hex');
  return `${version}-${schema.slice(0, 16)}`;
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
