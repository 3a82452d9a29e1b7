// Opens the books in a folder:
//   lock/      who has them open
//   database/  PostgreSQL's files; made aside and renamed when they are whole
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { FileError, takeLock } from '../../../compiler/files/index.ts';
import { booksIn } from './books.ts';
import type { Books } from './books.ts';
import { syncFolder } from './durable.ts';
import { migrate } from './migrate.ts';
import { migrations as allMigrations } from './migrations/index.ts';
import type { Migration } from './migrations/index.ts';
import { openPglite } from './pglite.ts';
import type { Database } from './sql.ts';

export interface OpenOptions {
  /** How long to wait for a process that has them open, in milliseconds. */
  readonly wait?: number;
  /** For tests: false leaves the files to the system's cache. They survive the process then, and not a loss of power. */
  readonly durable?: boolean;
  /** For tests: the schemas that are known. */
  readonly migrations?: readonly Migration[];
}

/**
 * Opens the books in `folder`, or begins them; older ones are migrated. One process at a time.
 * @throws LetheError `books-in-use`, `newer-books`, `damaged-books`; FileError `cannot-write`.
 */
export async function openBooks(folder: string, options: OpenOptions = {}): Promise<Books> {
  const { wait = 30_000, durable = true, migrations = allMigrations } = options;
  const lock = await writing(folder, async () => {
    await mkdir(folder, { recursive: true });
    return takeLock(join(folder, 'lock'), {
      wait,
      code: 'books-in-use',
      hint: 'wait until it has finished',
    });
  });
  try {
    const database = await openDatabase(folder, migrations, durable);
    let closed: Promise<void> | undefined;
    const close = (): Promise<void> => database.close().finally(() => lock.release());
    return booksIn({ ...database, close: () => (closed ??= close()) });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openDatabase(
  folder: string,
  migrations: readonly Migration[],
  durable: boolean,
): Promise<Database> {
  const place = join(folder, 'database');
  if (!(await exists(place))) await create(folder, place, durable);
  const database = await openPglite(place, durable);
  try {
    await migrate(database, migrations);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A process that is killed while it makes the files leaves a draft, which the next one removes. */
async function create(folder: string, place: string, durable: boolean): Promise<void> {
  const draft = join(folder, 'database.new');
  await rm(draft, { recursive: true, force: true });
  await (await openPglite(draft, durable)).close();
  await rename(draft, place);
  if (durable) await syncFolder(folder);
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

/** What the system refuses is said of `folder`. */
async function writing<T>(folder: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (isLetheError(cause)) throw cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    const hint = 'name a folder that may be written to, on a file system with hard links';
    throw new FileError({ code: 'cannot-write', file: folder, problem, hint, cause });
  }
}
