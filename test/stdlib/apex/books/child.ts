// A process of its own that works on books, and can be killed.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { once } from 'node:events';

export type Task = 'hold' | 'judge' | 'unlearn' | 'renew' | 'pend';

export interface Child {
  readonly pid: number;
  /** Fulfilled with the first line: `hold` has the books open then, `unlearn` has had a bundle accepted, `renew` and
   *  `pend` have a registration that waits for its link. */
  readonly begun: Promise<void>;
  /** The last line that it wrote. */
  readonly answer: Promise<string>;
  kill(): Promise<void>;
}

const program = new URL('child-main.ts', import.meta.url).pathname;

export function start(folder: string, task: Task): Child {
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder, task], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const begun = Promise.race([
    once(lines, 'line').then(() => undefined),
    ended.then(() => Promise.reject(new Error('the process ended before it began'))),
  ]);
  begun.catch(() => undefined);
  const answer = (async () => {
    let last = '';
    lines.on('line', (line: string) => (last = line));
    await Promise.all([ended, once(lines, 'close')]);
    return last;
  })();
  return {
    pid: child.pid!,
    begun,
    answer,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
