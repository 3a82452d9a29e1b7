// A crew of real processes that do next to nothing: who gets which task, who dies, and what is left behind.
import { describe, expect, test } from 'vitest';
import { runCrew } from '../../../../compiler/prover/workers/crew.ts';
import {
  spawnWorker,
  type WorkerDied,
  type WorkerProcess,
} from '../../../../compiler/prover/workers/spawn.ts';

interface Ran {
  readonly results: Map<number, number>;
  readonly deaths: [task: number, attempt: number][];
  readonly pids: number[];
  readonly made: number[];
}

interface Given {
  readonly jobs?: number;
  readonly greeting?: string;
  readonly signal?: AbortSignal;
  died?(task: number, death: WorkerDied, attempt: number): number | undefined;
  done?(task: number, result: number): Promise<void>;
  asked?(worker: WorkerProcess, task: number): void;
}

async function run(tasks: readonly number[], given: Given = {}, ran = fresh()): Promise<Ran> {
  await runCrew<number, number>({
    jobs: given.jobs ?? 1,
    signal: given.signal,
    tasks: (async function* () {
      for (const task of tasks) {
        ran.made.push(task);
        yield task;
      }
    })(),
    spawn() {
      const worker = spawnWorker(import.meta.url, 'moody');
      ran.pids.push(worker.pid);
      return worker;
    },
    prepare: async (worker) =>
      expect(await worker.ask({ greeting: given.greeting ?? 'hello' })).toBe('hello!'),
    ask(worker, number) {
      given.asked?.(worker, number);
      return worker.ask<number>({ number });
    },
    async done(task, result) {
      await given.done?.(task, result);
      ran.results.set(task, result);
    },
    died(task, death, attempt) {
      ran.deaths.push([task, attempt]);
      if (attempt > 5) throw death;
      return given.died?.(task, death, attempt);
    },
  }).finally(() => {
    for (const pid of ran.pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
  return ran;
}

const fresh = (): Ran => ({ results: new Map(), deaths: [], pids: [], made: [] });

test('tasks are shared out, and all are done', async () => {
  const { results, pids } = await run([1, 2, 3, 4, 5], { jobs: 2 });
  expect([...results].sort(([a], [b]) => a - b)).toEqual([1, 2, 3, 4, 5].map((n) => [n, 2 * n]));
  expect(pids.length).toBeLessThanOrEqual(2);
});

test('no task, no worker; one task, one worker', async () => {
  expect((await run([], { jobs: 4 })).pids).toEqual([]);
  expect((await run([1], { jobs: 4 })).pids.length).toBe(1);
});

test('the next tasks are made while the workers work, and no more of them', async () => {
  const ran = fresh();
  const asked = (_: WorkerProcess, task: number): void => {
    if (task === 1) expect(ran.made.length).toBeLessThanOrEqual(2);
  };
  const done = async (task: number): Promise<void> => {
    if (task === 1) expect(ran.made).toEqual([1, 2]);
  };
  await run([1, 2, 3, 4], { asked, done }, ran);
});

test('a worker that dies is replaced, and its task tried again', async () => {
  let unlucky = true;
  const asked = (worker: WorkerProcess, task: number): void => {
    if (task !== 2 || !unlucky) return;
    unlucky = false;
    process.kill(worker.pid, 'SIGKILL');
  };
  const { results, deaths, pids } = await run([1, 2, 3], { asked });
  expect([...results]).toEqual([1, 2, 3].map((n) => [n, 2 * n]));
  expect([deaths, pids.length]).toEqual([[[2, 1]], 2]);
});

describe('a task that kills its workers', () => {
  test('may be given a result', async () => {
    const died: Given['died'] = (_, __, attempt) => (attempt < 2 ? undefined : -1);
    const { results } = await run([1, 13, 3], { died });
    expect([...results]).toEqual([
      [1, 2],
      [13, -1],
      [3, 6],
    ]);
  });

  test('may be given up, with what the worker said', async () => {
    const died: Given['died'] = (task, { signal, said }) => {
      throw new Error(`${task} ${signal} ${said}`);
    };
    await expect(run([13], { died })).rejects.toThrow('13 SIGKILL unlucky');
  });
});

test('a worker that dies before its first task is tried three times', async () => {
  const ran = fresh();
  await expect(run([1], { greeting: 'die' }, ran)).rejects.toThrow(
    'error[worker-died]: while it compiled: the worker ended with exit code 3, 3 times',
  );
  expect(ran.pids.length).toBe(3);
});

test('findings of a worker come back as they are, mistakes with their trace', async () => {
  await expect(run([14])).rejects.toThrow('error[no-number]: fourteen\n  hint: take another');
  await expect(run([15])).rejects.toThrow(/in a worker: RangeError: fifteen\n\s+at /);
});

test('the first error ends the others, busy as they are', async () => {
  await expect(run([16, 14], { jobs: 2 })).rejects.toThrow('fourteen');
});

test('an abort ends a busy worker, and one that has not begun', async () => {
  const abort = new AbortController();
  const asked = (): void => void setTimeout(() => abort.abort(new Error('enough')), 50);
  await expect(run([16, 1], { asked, signal: abort.signal })).rejects.toThrow('enough');
  await expect(run([1], { signal: abort.signal })).rejects.toThrow('enough');
});

test('an error where results are taken ends the work', async () => {
  const done = (): Promise<void> => Promise.reject(new Error('disk full'));
  const ran = fresh();
  await expect(run([1, 2, 3, 4, 5, 6], { done }, ran)).rejects.toThrow('disk full');
  expect(ran.made.length).toBeLessThan(4);
});
