// One process at a time: a lock file with the owner's id and when it started, because ids are given out again. It
// appears whole (a link to a finished file) and outlives a killed owner, so a lock whose owner is gone is broken.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../diagnostics/diagnostic.ts';

/** Gives the lock back. */
export type Unlock = () => Promise<void>;

const name = 'lock';

/** Throws `job-locked` where a living process has it. For processes of one machine. */
export async function lockFolder(folder: string): Promise<Unlock> {
  const lock = join(folder, name);
  const own = JSON.stringify({ pid: process.pid, started: startOf(process.pid) });
  for (let attempt = 0; attempt < 10; attempt++) {
    if (await create(folder, lock, own)) return () => rm(lock, { force: true });
    const found = await readFile(lock, 'utf8').catch(() => undefined);
    if (found === undefined) continue;
    const owner = livingOwner(found);
    if (owner !== undefined) refuse(folder, owner);
    await breakLock(folder, lock, found);
  }
  return refuse(folder);
}

function refuse(folder: string, pid?: number): never {
  return fail(
    'job-locked',
    `${folder}: ${pid === undefined ? 'another process' : `process ${pid}`} works on this job`,
    'wait for it, or end it; what it has finished is kept',
  );
}

/** False where there is a lock already. */
async function create(folder: string, lock: string, text: string): Promise<boolean> {
  const temporary = join(folder, temporaryName());
  await writeFile(temporary, text);
  try {
    await link(temporary, lock);
    return true;
  } catch (error) {
    // The owner of the lock cleans up temporary files.
    if (['EEXIST', 'ENOENT'].includes(codeOf(error))) return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Takes a stale lock away; if another process did so first and has locked, its lock is put back. */
async function breakLock(folder: string, lock: string, stale: string): Promise<void> {
  const aside = join(folder, temporaryName());
  try {
    await rename(lock, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8').catch(() => stale)) !== stale)
    await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
}

/** Undefined where the process is gone, or its id is another's by now. */
function livingOwner(text: string): number | undefined {
  try {
    const { pid, started } = JSON.parse(text) as { pid: number; started: string };
    return Number.isSafeInteger(pid) && startOf(pid) === started ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** When a process started, as the system writes it; undefined where there is none. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      // The name in parentheses may hold anything; the start is the 20th word after it.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Like those of `atomicWrite`, which `openJob` cleans up. */
const temporaryName = (): string => `.${randomBytes(8).toString('hex')}.tmp`;

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';
