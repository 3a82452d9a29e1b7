// Files and folders that others than the owner can read or enter, in a folder and below it.
import { chmod, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

interface Found {
  readonly path: string;
  readonly isFolder: boolean;
  readonly mode: number;
}

/** Every folder and file, the folder itself first; links are not followed. What goes meanwhile is none. */
async function* walk(path: string): AsyncGenerator<Found> {
  const found = await lstat(path).catch(() => undefined);
  if (!found || found.isSymbolicLink()) return;
  const isFolder = found.isDirectory();
  yield { path, isFolder, mode: found.mode & 0o777 };
  if (!isFolder) return;
  for (const name of await readdir(path).catch(() => [])) yield* walk(join(path, name));
}

/** Paths of folders that are not 0700 and of files that are not 0600, with their permissions. */
export async function openToOthers(folder: string): Promise<string[]> {
  const open: string[] = [];
  for await (const { path, isFolder, mode } of walk(folder))
    if (mode !== (isFolder ? 0o700 : 0o600)) open.push(`${path} ${mode.toString(8)}`);
  return open;
}

/** Everybody may do everything. */
export async function openUp(folder: string): Promise<void> {
  for await (const { path, isFolder } of walk(folder)) await chmod(path, isFolder ? 0o777 : 0o666);
}
