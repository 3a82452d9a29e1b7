// Where a client keeps its answers: a folder for each window, and for what it keeps of the answer before.
//   answers/…/window.json   the window, as it was answered
//   answers/lock/           the process that works on one
//   answers/sample-…/       multipliers of a sample, until it is measured
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import {
  atomicWrite,
  readText,
  secret,
  secretFolder,
  secureFolder,
  takeLock,
} from '../../../compiler/files/index.ts';
import { digestOf } from '../documents/canonical.ts';
import { windowLimits } from '../documents/limits.ts';
import { parseCheckedWindow, renderCheckedWindow, type Window } from '../documents/window.ts';
import type { Answer, State } from './state.ts';
import { innerFolders } from './state-files.ts';

export const answerFolder = (
  { folder }: Pick<State, 'folder'>,
  window: string,
  kept: bigint | null,
): string => join(folder, 'answers', digestOf({ window, kept: `${kept}` }).slice(0, 32));

/** A new folder for multipliers that are thrown away. It lies in that of the state: `lethe apex erase` finds it where it was left. */
export async function makeSampleFolder({ folder }: Pick<State, 'folder'>): Promise<string> {
  await secureFolder(folder, innerFolders);
  const answers = join(folder, 'answers');
  await mkdir(answers, secretFolder);
  return mkdtemp(join(answers, 'sample-'));
}

const fileOf = (folder: string): string => join(folder, 'window.json');

export async function saveKnownWindow(folder: string, window: Window): Promise<void> {
  await mkdir(folder, secretFolder);
  await atomicWrite(fileOf(folder), renderCheckedWindow(window), secret);
}

/** The window that was answered. Throws `bad-document`. */
export async function readKnownWindow(state: State, { window, kept }: Answer): Promise<Window> {
  const file = fileOf(answerFolder(state, window, kept));
  return parseCheckedWindow(await readText(file, windowLimits()), file);
}

/** Calls `work` as the only process that prepares answers of a state. Throws `job-locked`, `foreign-folder`. */
export async function whileAnswering<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await secureFolder(folder, innerFolders);
  const lock = await takeLock(join(folder, 'answers', 'lock'), {
    wait: 0,
    code: 'job-locked',
    hint: 'wait for it, or end it; what it has finished is kept',
    secret: true,
  });
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
