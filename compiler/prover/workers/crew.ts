// Some workers and a list of tasks, handed out one by one; the next tasks are made while the workers work.
import { fail } from '../../diagnostics/diagnostic.ts';
import { ahead } from './ahead.ts';
import { WorkerDied, type WorkerProcess } from './spawn.ts';

/** How often a worker may die of one thing before it is given up. */
export const attempts = 3;

export interface Crew<Task, Result> {
  /** Workers at once; one is started when there is a task for it. */
  readonly jobs: number;
  readonly tasks: AsyncIterable<Task>;
  readonly signal?: AbortSignal | undefined;
  spawn(): WorkerProcess;
  /** Before its first task: the worker builds what all tasks have in common. */
  prepare(worker: WorkerProcess): Promise<void>;
  ask(worker: WorkerProcess, task: Task): Promise<Result>;
  /** Awaited before the worker's next task. */
  done(task: Task, result: Result): Promise<void> | void;
  /** The worker died of the task: its result all the same, or undefined to try again, or an exception to give up. */
  died(task: Task, death: WorkerDied, attempt: number): Result | undefined;
}

/**
 * Returns when all tasks are done; throws the first error, or the reason of `signal`. Then every worker is gone, and
 * nothing that was passed in is running.
 */
export async function runCrew<Task, Result>(crew: Crew<Task, Result>): Promise<void> {
  const { jobs, signal } = crew;
  signal?.throwIfAborted();
  const workers = new Set<WorkerProcess>();
  let failure: { readonly error: unknown } | undefined;
  const stop = (error: unknown): void => {
    failure ??= { error };
    for (const worker of workers) void worker.kill();
  };
  const abort = (): void => stop(signal?.reason);
  signal?.addEventListener('abort', abort);
  const tasks = ahead(crew.tasks, { count: jobs, stopped: () => failure !== undefined });
  try {
    await Promise.all(Array.from({ length: jobs }, () => work().catch(stop)));
  } finally {
    signal?.removeEventListener('abort', abort);
    await Promise.all([...workers].map((worker) => worker.kill()));
    await tasks.close();
  }
  if (failure) throw failure.error;

  /** One worker after the other, until there are no tasks. */
  async function work(): Promise<void> {
    let worker: WorkerProcess | undefined;
    for (;;) {
      const task = await tasks.next();
      if (!task || failure) return;
      let result: Result | undefined;
      for (let attempt = 1; result === undefined && !failure; attempt++) {
        worker ??= await hire();
        try {
          result = await crew.ask(worker, task.value);
        } catch (error) {
          if (!(error instanceof WorkerDied) || failure) throw error;
          workers.delete(worker);
          worker = undefined;
          result = crew.died(task.value, error, attempt);
        }
      }
      if (result !== undefined) await crew.done(task.value, result);
    }
  }

  async function hire(): Promise<WorkerProcess> {
    for (let attempt = 1; ; attempt++) {
      const worker = crew.spawn();
      workers.add(worker);
      if (failure) void worker.kill();
      try {
        await crew.prepare(worker);
        return worker;
      } catch (error) {
        if (!(error instanceof WorkerDied) || failure) throw error;
        workers.delete(worker);
        if (attempt === attempts) giveUp('while it compiled', error);
      }
    }
  }
}

/** Throws `worker-died`. */
export function giveUp(what: string, { message, signal, said }: WorkerDied): never {
  const memory = signal === 'SIGKILL';
  fail(
    'worker-died',
    `${what}: ${message}, ${attempts} times${said ? `; it said: ${said.split('\n').at(-1)}` : ''}`,
    memory
      ? 'the system may have run out of memory: fewer workers (--jobs), or smaller tiles'
      : 'try fewer workers (--jobs), or smaller tiles; if it stays so, it is a fault of the prover',
  );
}
