// Runs the built command in a process of its own, in a folder of its own.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../..', import.meta.url).pathname;
const command = join(root, 'dist/compiler/cli/main.js');
export const exampleFile = join(root, 'examples/group-obs.ts');
export const exampleInputs = join(root, 'examples/group-obs.json');

export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const lethe = (...args: readonly string[]): Promise<Ended> => letheWith({}, ...args);

/** With more environment variables. */
export async function letheWith(
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Ended> {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [command, ...args], { cwd: root, env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exit, stdout, stderr };
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
