// What figures depend on besides the question: the machine, and the code that is measured.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  readonly node: string;
}

export const thisMachine = (): Machine => ({
  processor: cpus()[0]?.model ?? process.arch,
  cores: availableParallelism(),
  memory: totalmem(),
  node: process.version,
});

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** SHA-256 over all sources that a figure may depend on. */
export async function sourceDigest(): Promise<string> {
  const hash = createHash('sha256');
  for (const room of ['compiler', 'dsl', 'stdlib', 'examples/studies/costs', 'package-lock.json'])
    for (const file of await filesUnder(join(root, room))) {
      hash.update(`${file.slice(root.length)}\n`);
      hash.update(await readFile(file));
    }
  return hash.digest('hex');
}

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  const below = await Promise.all(
    entries.map((entry) => {
      const inner = join(path, entry.name);
      return entry.isDirectory() ? filesUnder(inner) : [inner];
    }),
  );
  return below.flat().sort();
}
