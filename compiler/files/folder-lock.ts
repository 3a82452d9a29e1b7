// One process at a time in a folder. The locks are files 1, 2, 3 … ; the highest one counts:
//   it is free when its holder released it or is dead; to take the lock is to create the next number, which succeeds for one only.
// The highest file is never deleted. A latecomer may create a number that was deleted below it: it sees a higher one, and steps back.
import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fail } from '../diagnostics/diagnostic.ts';
import { atomicWrite } from './atomic-write.ts';
import { parseJson } from './json.ts';
import { isAlive, isHolder, thisProcess } from './lock-holder.ts';
import type { Holder } from './lock-holder.ts';
import { secret, secretFolder } from './secret-folder.ts';
import { readText } from './read-file.ts';

export interface Lock {
  release(): Promise<void>;
}

export interface LockOptions {
  /** How long to wait for another process, in milliseconds. */
  readonly wait: number;
  /** Of the error where it does not end in time. */
  readonly code: string;
  /** The cure, besides that a lock of another machine may be deleted. */
  readonly hint: string;
  /** Whether the folder lies among secrets: only its owner may enter it then. */
  readonly secret?: boolean;
}

/**
 * Waits for the lock whose files are in `folder`.
 * @throws LetheError of the given code, naming the process that has it.
 */
export async function takeLock(folder: string, options: LockOptions): Promise<Lock> {
  await mkdir(folder, options.secret ? secretFolder : { recursive: true });
  const deadline = Date.now() + options.wait;
  for (;;) {
    const number = await highest(folder);
    const holder = number === 0 ? undefined : await holderOf(join(folder, String(number)));
    if (holder === undefined || !(await isAlive(holder))) {
      const taken = await tryTake(folder, number + 1, options.secret ? secret : {});
      if (taken !== undefined) return taken;
    } else if (Date.now() >= deadline) {
      const { pid, host, since } = holder;
      const who = pid === process.pid ? `this process (${pid})` : `process ${pid} on ${host}`;
      fail(
        options.code,
        `${folder} is held by ${who} since ${since}`,
        `${options.hint}; if it ran on another machine that is gone, delete that folder`,
      );
    }
    await setTimeout(20 + Math.random() * 30);
  }
}

/** Creates lock file `number`, unless another has, or a higher one is there. */
export async function tryTake(
  folder: string,
  number: number,
  permissions: { readonly mode?: number } = {},
): Promise<Lock | undefined> {
  const file = join(folder, String(number));
  const draft = join(folder, `${randomBytes(8).toString('hex')}.new`);
  await writeFile(draft, JSON.stringify(await thisProcess()), permissions);
  try {
    await link(draft, file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  if ((await highest(folder)) > number) {
    await rm(file, { force: true });
    return undefined;
  }
  for (const old of await numbers(folder)) {
    if (old < number) await rm(join(folder, String(old)), { force: true });
  }
  return { release: () => atomicWrite(file, 'released') };
}

async function numbers(folder: string): Promise<readonly number[]> {
  return (await readdir(folder)).filter((name) => /^[0-9]+$/.test(name)).map(Number);
}

async function highest(folder: string): Promise<number> {
  return Math.max(0, ...(await numbers(folder)));
}

/** Bytes of a lock file, at most. */
const longestHolder = 4096;

/** Undefined when it was released, or deleted since, or cut short by a loss of power. */
async function holderOf(file: string): Promise<Holder | undefined> {
  try {
    const text = await readText(file, { bytes: longestHolder });
    const holder = parseJson(text, { file, bytes: longestHolder, depth: 1, values: 10 });
    return isHolder(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}
