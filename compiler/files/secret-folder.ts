// Folders of secrets: their owner alone may enter them, and read the files in them.
import { chmod, lstat, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../diagnostics/diagnostic.ts';
import { FileError } from './errors.ts';

/** Permissions of a secret file, and of a folder of secrets. */
export const secret = { mode: 0o600 } as const;
export const secretFolder = { mode: 0o700, recursive: true } as const;

/**
 * Makes the folder, or closes it to others: 0700, and 0600 for every file in it, whatever was there before. The same holds all
 * the way down in the folders of it that `inner` names. Other folders stay as they are; what a symbolic link leads to stays as it is, too.
 * @throws FileError `cannot-write`; LetheError `foreign-folder` where the folder, or a file in it, belongs to another user, or where one of
 *   `inner`, or something in it, is a symbolic link.
 */
export async function secureFolder(folder: string, inner: readonly string[] = []): Promise<void> {
  await mkdir(folder, secretFolder).catch((cause: Error) => {
    const hint = 'check that it is no file, and that its folder may be written to';
    const problem = cause.message;
    throw new FileError({ code: 'cannot-write', file: folder, problem, hint, cause });
  });
  await close(folder, (name) => inner.includes(name));
}

/** The folder is closed first, so that nobody else can change what is in it from there on. */
async function close(folder: string, isInner: (name: string) => boolean): Promise<void> {
  const { uid, mode } = await stat(folder);
  checkOwner(folder, uid);
  if ((mode & 0o777) !== secretFolder.mode) await chmod(folder, secretFolder.mode);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile()) await ifThere(() => secureFile(path));
    else if (!isInner(entry.name)) continue;
    else if (entry.isDirectory()) await ifThere(() => close(path, () => true));
    else if (entry.isSymbolicLink())
      fail(
        'foreign-folder',
        `${path} is a symbolic link: secrets would be written where it leads`,
        'remove it; the folder as a whole may lie elsewhere',
      );
  }
}

async function secureFile(file: string): Promise<void> {
  const { uid, mode } = await lstat(file);
  checkOwner(file, uid);
  if ((mode & 0o777) !== secret.mode) await chmod(file, secret.mode);
}

/** Others may work in the folder: what is gone meanwhile is passed over. */
async function ifThere(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** Systems without users have no such number. */
function checkOwner(path: string, owner: number): void {
  const own = process.getuid?.();
  if (own === undefined || own === owner) return;
  fail(
    'foreign-folder',
    `${path} belongs to another user (${owner}, and you are ${own})`,
    'name a folder of your own: its owner can read whatever is written to it',
  );
}
