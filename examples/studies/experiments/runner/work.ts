// Works off units: any number of processes over one folder, each taking what is ready and nobody has. Killed, they begin
// again where they were.
import { setTimeout as sleep } from 'node:timers/promises';
import { Progress } from './progress.ts';
import type { Store } from './store.ts';
import { inOrder, type Unit } from './unit.ts';

export interface WorkOptions {
  readonly store: Store;
  readonly goals: readonly Unit<unknown>[];
  /** Processes at this work, for the time left. */
  readonly processes?: number;
  readonly report?: (line: string) => void;
}

/** Milliseconds between looks at what others do. */
const pause = 500;

/** Returns when all goals are on the disk, whoever computed them. Throws what a unit throws. */
export async function work(options: WorkOptions): Promise<void> {
  const { store, goals, processes = 1, report = () => undefined } = options;
  const units = inOrder(goals);
  const progress = new Progress(units);
  const note = async (): Promise<Unit<unknown>[]> => {
    for (const each of units) {
      const finished = await store.finished(each);
      if (finished) progress.add(each, finished);
    }
    return units.filter((each) => !store.has(each));
  };
  for (;;) {
    const missing = await note();
    if (missing.length === 0) return;
    const next = await takeReady(store, missing);
    if (next === undefined) {
      await sleep(pause);
      continue;
    }
    report(`${progress.line(processes)}: ${next.title}`);
    await store.fulfil(next, (line) => report(`  ${next.title}: ${line}`));
  }
}

/** A unit that is ready, and from now on this process's. */
async function takeReady(
  store: Store,
  missing: readonly Unit<unknown>[],
): Promise<Unit<unknown> | undefined> {
  for (const each of missing) {
    if (!each.needs.every((other) => store.has(other))) continue;
    if (!(await store.claim(each))) continue;
    // Another process may have finished it between the look and the claim.
    if (!store.has(each)) return each;
    await store.release(each);
  }
  return undefined;
}
