// Carries out a command in this process, where a start of its own would cost a second, and takes what it prints. It runs in
// the folder of the tests, which is the repository.
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../compiler/cli/run-command.ts';

export const root = new URL('../../..', import.meta.url).pathname;
export const exampleFile = join(root, 'examples/group-obs.ts');
export const exampleInputs = join(root, 'examples/group-obs.json');

export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Name = 'stdout' | 'stderr';

const taken = new AsyncLocalStorage<Record<Name, string>>();

/** What is written on behalf of a command is kept with it; all else passes. */
function divert(name: Name): void {
  const stream = process[name];
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const own = taken.getStore();
    if (!own) return write(chunk, ...rest);
    own[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const done = rest.find((each) => typeof each === 'function') as (() => void) | undefined;
    done?.();
    return true;
  };
}
divert('stdout');
divert('stderr');

export function lethe(...args: readonly string[]): Promise<Ended> {
  const own = { stdout: '', stderr: '' };
  return taken.run(own, async () => ({ exit: await runCommand(args), ...own }));
}

/**
 * Files in a temporary folder that is removed afterwards; in a folder of the package, where an author's file can
 * import it by name, if `inPackage`.
 */
export async function withFiles<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  action: (path: (name: string) => string, list: () => Promise<string[]>) => Promise<T>,
  { inPackage = false } = {},
): Promise<T> {
  const parent = inPackage ? join(root, '.cache') : tmpdir();
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'lethe-'));
  try {
    for (const [name, contents] of Object.entries(files))
      await writeFile(join(folder, name), contents);
    return await action(
      (name) => join(folder, name),
      () => readdir(folder),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
