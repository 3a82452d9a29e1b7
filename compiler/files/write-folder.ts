// Writes files into a folder of their own.
import { access, constants, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { atomicWrite } from './atomic-write.ts';
import { FileError } from './errors.ts';

/**
 * Fails now where {@link writeFolder} would fail after long work. A folder that is not empty is taken only with `force`.
 * @throws FileError `cannot-write` or `not-empty`.
 */
export async function checkFolder(folder: string, force: boolean): Promise<void> {
  const refuse = (problem: string): never => {
    const hint = 'check that the folder may be written to';
    throw new FileError({ code: 'cannot-write', file: folder, problem, hint });
  };
  // What is not there yet is made, in the nearest folder that is.
  let nearest = resolve(folder);
  let found = await stat(nearest).catch(() => undefined);
  while (!found && nearest !== dirname(nearest)) {
    nearest = dirname(nearest);
    found = await stat(nearest).catch(() => undefined);
  }
  if (!found?.isDirectory()) return refuse(`${nearest} is not a folder`);
  await access(nearest, constants.W_OK).catch(() => refuse(`${nearest} may not be written to`));
  const entries = nearest === resolve(folder) ? await readdir(nearest) : [];
  if (entries.length > 0 && !force)
    throw new FileError({
      code: 'not-empty',
      file: folder,
      problem: 'the folder is not empty',
      hint: 'choose another one, or write over its files with --force',
    });
}

/** Makes the folder and writes each file whole; others in it stay. `files` are named with `/`. */
export async function writeFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [path, contents] of files) {
    const file = join(folder, ...path.split('/'));
    try {
      await mkdir(dirname(file), { recursive: true });
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      const hint = 'check that the folder may be written to';
      throw new FileError({ code: 'cannot-write', file, problem, hint, cause });
    }
    await atomicWrite(file, contents);
  }
}
