// A process of its own that works on books, and can be killed.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { once } from 'node:events';

export type Task = 'hold' | 'judge' | 'unlearn';

export interface Child {
  readonly pid: number;
  /** The last line that it wrote. */
  readonly answer: Promise<string>;
  kill(): Promise<void>;
}

const program = new URL('child-main.ts', import.meta.url).pathname;

/** Starts a task and returns once the process has begun it: `hold` and `unlearn` when they have the books open. */
export async function start(folder: string, task: Task): Promise<Child> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder, task], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const begun = once(lines, 'line');
  const answer = (async () => {
    let last = '';
    lines.on('line', (line: string) => (last = line));
    await Promise.all([ended, once(lines, 'close')]);
    return last;
  })();
  await Promise.race([
    begun,
    ended.then(() => Promise.reject(new Error('the process ended early'))),
  ]);
  return {
    pid: child.pid!,
    answer,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
