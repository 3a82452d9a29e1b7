// Who holds a lock: a process that is told apart from a later one with the same number by when it started.
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isRecord } from './safetensors-entry.ts';

export interface Holder {
  readonly host: string;
  readonly pid: number;
  /** Boot and clock tick of the start, where the system tells them; otherwise empty. */
  readonly started: string;
  readonly since: string;
}

/** Whether a JSON value is one. */
export const isHolder = (value: unknown): value is Holder =>
  isRecord(value) &&
  Number.isSafeInteger(value['pid']) &&
  [value['host'], value['started'], value['since']].every((each) => typeof each === 'string');

export async function thisProcess(): Promise<Holder> {
  return {
    host: hostname(),
    pid: process.pid,
    started: (await startOf(process.pid)) ?? '',
    since: new Date().toISOString(),
  };
}

/** False only when the holder is surely gone; a process of another machine counts as alive. */
export async function isAlive(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  if (holder.started === '') return true;
  const started = await startOf(holder.pid);
  return started === undefined || started === holder.started;
}

/** Fields 3 (state) and 22 (start) of /proc/pid/stat, counted after the name, which may hold anything. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'ended' : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}
