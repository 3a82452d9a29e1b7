// Erasing the state of a client: all that Lethe wrote in its folder, in an order that leaves nothing of use where it is cut short.
//   first    the key, and the salts of all commitments: without them nothing opens any more
//   last     what says that the folder holds a state, so that erasing again finds it
// Nothing else is touched. Symbolic links are not followed.
import { lstat, readdir, readFile, realpath, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { FileError, syncPath, takeLock, type Lock } from '../../../compiler/files/index.ts';
import { heldFile } from '../hashing/held-files.ts';
import { innerFolders, keyFile, stateFile, stateKind } from './state-files.ts';

export interface Erased {
  /** How many files. */
  readonly removed: number;
  /** Paths of what is not Lethe's, or a symbolic link. */
  readonly stays: readonly string[];
}

/** @throws LetheError `no-state` for a folder that holds none, `job-locked` where another process works in it. */
export async function eraseState(folder: string): Promise<Erased> {
  const steps = erasing(folder);
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return value;
  }
}

/** The same file by file: yields the path of each when it is gone. */
export async function* erasing(named: string): AsyncGenerator<string, Erased> {
  const folder = await realpath(named).catch(() => named);
  if (!(await holdsState(folder)))
    fail(
      'no-state',
      `${named} holds no state of a client`,
      'name the folder of `lethe apex register --state`',
    );
  const locks = await lockAll(folder);
  let whole = false;
  try {
    const found = await collect(folder);
    let removed = 0;
    for (const stage of inStages(folder, found.files)) {
      for (const file of stage) {
        await remove(file);
        removed++;
        yield file;
      }
      for (const each of new Set(stage.map(dirname))) await syncPath(each);
    }
    // The deepest first. One with files of somebody else stays.
    const folders = [...found.folders.reverse(), folder];
    for (const each of folders) await rmdir(each).catch(() => undefined);
    whole = true;
    return { removed, stays: found.stays };
  } finally {
    // The locks are erased with all else.
    if (!whole) await releaseAll(locks);
  }
}

const remove = (file: string): Promise<void> =>
  rm(file, { force: true }).catch((cause: Error) => {
    const hint = 'make it yours, and erase the folder again: what is gone stays gone';
    throw new FileError({ code: 'cannot-write', file, problem: cause.message, hint, cause });
  });

/** The digest of the registration whose state the folder holds; undefined where it holds none. */
export async function stateIn(folder: string): Promise<string | undefined> {
  const text = await readFile(stateFile(folder), 'utf8').catch(() => '');
  try {
    const { lethe, registration } = JSON.parse(text) as Record<string, unknown>;
    return lethe === stateKind && typeof registration === 'string' ? registration : undefined;
  } catch {
    return undefined;
  }
}

/** A whole state, one that is half erased, or a registration that is not finished. */
async function holdsState(folder: string): Promise<boolean> {
  // A provider's folder has a plan, too.
  if (await kindOf(join(folder, 'provider.key'))) return false;
  if ((await stateIn(folder)) !== undefined) return true;
  return (await kindOf(join(folder, 'registering', 'lock'))) === 'folder';
}

const kindOf = (path: string): Promise<'file' | 'folder' | 'other' | undefined> =>
  lstat(path).then(
    (found) => (found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other'),
    () => undefined,
  );

/** Throws `job-locked`. */
async function lockAll(folder: string): Promise<Lock[]> {
  const locks: Lock[] = [];
  for (const name of innerFolders) {
    if ((await kindOf(join(folder, name))) !== 'folder') continue;
    const lock = join(folder, name, 'lock');
    if ((await kindOf(lock)) === 'other') continue;
    const hint = 'wait for it, or end it; nothing was erased';
    const options = { wait: 0, code: 'job-locked', hint, secret: true } as const;
    const taken = takeLock(lock, options).catch(async (error: unknown) => {
      await releaseAll(locks);
      throw error;
    });
    locks.push(await taken);
  }
  return locks;
}

/** One whose folder is gone is released. */
async function releaseAll(locks: readonly Lock[]): Promise<void> {
  for (const lock of locks) await lock.release().catch(() => undefined);
}

/** Names that Lethe gives: to files of the folder itself, and to files and folders further down. */
const temporary = /^\.[0-9a-f]{16}\.tmp$/;
const own =
  /^(client\.key|(seed|weights|root|tree)\.bin|(state|plan|registration|receipt|window)\.json)$/;
const innerFile =
  /^((record|window|answer|manifest)\.json|(multipliers|wordSalts|salts|commitments)\.bin|\d+\.tile|\d+|[0-9a-f]{16}\.new)$/;
const innerFolder = /^([0-9a-f]{32,64}|lock|tiles|tiles-\d+|sample-\w{6})$/;

interface Found {
  readonly files: string[];
  /** Outer ones first. */
  readonly folders: string[];
  readonly stays: string[];
}

async function collect(folder: string): Promise<Found> {
  const found: Found = { files: [], folders: [], stays: [] };
  const walk = async (at: string, isFile: RegExp, isFolder: (name: string) => boolean) => {
    for (const entry of await readdir(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isFile() && (isFile.test(entry.name) || temporary.test(entry.name)))
        found.files.push(path);
      else if (entry.isDirectory() && isFolder(entry.name)) {
        found.folders.push(path);
        await walk(path, innerFile, (name) => innerFolder.test(name));
      } else found.stays.push(path);
    }
  };
  await walk(folder, own, (name) => (innerFolders as readonly string[]).includes(name));
  return found;
}

/** Names of files with random bits of commitments, in folders of answers. */
const salts = ['salts.bin', 'wordSalts.bin'];

function inStages(folder: string, files: readonly string[]): string[][] {
  const first = [keyFile(folder), heldFile(folder, 'seed')];
  const stageOf = (file: string): number => {
    if (first.includes(file)) return 0;
    if (salts.includes(basename(file))) return 1;
    if (dirname(file) === join(folder, 'registering', 'lock')) return 3;
    return file === stateFile(folder) ? 4 : 2;
  };
  const stages: string[][] = [[], [], [], [], []];
  for (const file of files) stages[stageOf(file)]!.push(file);
  return stages;
}
