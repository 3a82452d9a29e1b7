// Starts the built command in a process of its own: for what a process has to itself, as its exit, its pipes and its memory.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, type Ended } from './lethe.ts';

export const command = join(root, 'dist/compiler/cli/main.js');

export const start = (...args: readonly string[]): Promise<Ended> => startWith({}, ...args);

/** With more environment variables. */
export async function startWith(
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
