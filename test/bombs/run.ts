// Bombs in a process of their own, which has so much memory for values and no more.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Outcome } from './worker.ts';

const worker = fileURLToPath(new URL('worker.ts', import.meta.url));

/** Throws where the process dies. */
export async function run(
  files: ReadonlyMap<string, string>,
  { heap, seconds }: { readonly heap: number; readonly seconds: number },
): Promise<Outcome[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [`--max-old-space-size=${heap}`, '--import', 'tsx', worker, ...[...files].flat()],
    { timeout: seconds * 1000, maxBuffer: 2 ** 24, env: process.env },
  );
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Outcome);
}
