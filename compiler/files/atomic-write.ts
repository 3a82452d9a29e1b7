// Writes a file whole or not at all: a temporary sibling, fsync, rename, fsync of the folder.
//   at any moment a reader sees the old file or the new one, never a part
import { randomBytes } from 'node:crypto';
import { access, constants, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FileError } from './errors.ts';

/** Bytes or text, at once or piece by piece. */
export type FileContents =
  string | Uint8Array | Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>;

export interface AtomicWriteOptions {
  /** Permission bits, whatever those of an existing file are. */
  readonly mode?: number;
}

/**
 * Replaces `file`, or creates it. An existing file keeps its permissions unless `mode` says others; a symbolic link is replaced.
 * On failure the old file is as it was and the temporary one is removed.
 * @throws FileError `cannot-write`; a FileError thrown by `contents` is passed on as it is.
 */
export async function atomicWrite(
  file: string,
  contents: FileContents,
  { mode }: AtomicWriteOptions = {},
): Promise<void> {
  const folder = dirname(file);
  const temporary = join(folder, `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    await writeDurably(temporary, contents, mode ?? (await permissions(file)));
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (cause instanceof FileError) throw cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    const hint = 'check that the folder exists, may be written to, and has room';
    throw new FileError({ code: 'cannot-write', file, problem, hint, cause });
  }
  // The file is complete either way; this makes the rename durable.
  await syncPath(folder);
}

/**
 * Fails now where {@link atomicWrite} would fail after long work: no such folder, one that may not be written to, or
 * a folder in the place of the file.
 * @throws FileError `cannot-write`.
 */
export async function checkWritable(file: string): Promise<void> {
  const hint = 'check that the folder exists, may be written to, and has room';
  const refuse = (problem: string): never => {
    throw new FileError({ code: 'cannot-write', file, problem, hint });
  };
  const existing = await stat(file).catch(() => undefined);
  if (existing?.isDirectory()) refuse('is a folder');
  const folder = await stat(dirname(file)).catch(() => undefined);
  if (!folder?.isDirectory()) refuse('its folder does not exist');
  await access(dirname(file), constants.W_OK).catch(() =>
    refuse('its folder may not be written to'),
  );
}

/** The permission bits of an existing file. */
async function permissions(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mode & 0o777;
  } catch {
    return undefined;
  }
}

/** Writes a new file and returns once it is on the disk. */
async function writeDurably(
  file: string,
  contents: FileContents,
  mode: number | undefined,
): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    if (mode !== undefined) await handle.chmod(mode);
    await writeFile(handle, contents);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** fsync of a file, or of a folder's entries. What the platform cannot sync is passed over. */
export async function syncPath(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    return;
  }
}
