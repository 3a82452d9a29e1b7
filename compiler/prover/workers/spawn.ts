// The parent's side of one worker: a forked process of this package, TypeScript from the sources and JavaScript from
// what is built.
import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LetheError } from '../../diagnostics/diagnostic.ts';
import { frugalEnvironment, frugalFlags } from './frugal.ts';
import type { Answer } from './messages.ts';

/** A worker that is gone before it answered: killed by the system for its memory, or aborted by native code. */
export class WorkerDied extends Error {
  constructor(
    readonly code: number | null,
    readonly signal: NodeJS.Signals | null,
    /** The end of what it wrote on standard error. */
    readonly said: string,
  ) {
    super(`the worker ended with ${signal ?? `exit code ${code}`}`);
    this.name = 'WorkerDied';
  }
}

export interface WorkerProcess {
  readonly pid: number;
  /** One at a time. Throws the worker's findings as a LetheError, or WorkerDied. */
  ask<Result>(message: object): Promise<Result>;
  /** Ends it at once, whatever it does; returns when it is gone. */
  kill(): Promise<void>;
}

/** Starts the module `name`, without an extension, of the folder of `near`, a module's URL. */
export function spawnWorker(
  near: string,
  name: string,
  environment: Readonly<Record<string, string>> = {},
): WorkerProcess {
  const source = near.endsWith('.ts');
  const file = new URL(`./${name}${source ? '.ts' : '.js'}`, near);
  const child = fork(fileURLToPath(file), {
    execArgv: [...frugalFlags, ...(source ? ['--import', tsx()] : [])],
    env: { ...process.env, ...frugalEnvironment(), ...environment },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const tail = keepTail(child);
  let waiting: { resolve(reply: unknown): void; reject(death: WorkerDied): void } | undefined;
  let dead: WorkerDied | undefined;
  const gone = new Promise<void>((resolve) => {
    const bury = (death: WorkerDied): void => {
      dead ??= death;
      waiting?.reject(dead);
      resolve();
    };
    child.on('error', (error) => bury(new WorkerDied(null, null, error.message)));
    child.on('close', (code, signal) => bury(new WorkerDied(code, signal, tail())));
  });
  child.on('message', (reply) => waiting?.resolve(reply));
  return {
    pid: child.pid ?? -1,
    async ask<Result>(message: object): Promise<Result> {
      const reply = await new Promise((resolve, reject) => {
        if (dead) return reject(dead);
        waiting = { resolve, reject };
        // A channel that is closed shows as a worker that is gone.
        child.send(message, () => undefined);
      });
      waiting = undefined;
      const answer = reply as Answer<Result>;
      if ('findings' in answer) throw new LetheError(answer.findings);
      if ('broken' in answer) throw new Error(`in a worker: ${answer.broken}`);
      return answer.result;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const tsx = (): string => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** The last of what a child writes on standard error. */
function keepTail(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (more: string) => {
    text = (text + more).slice(-2000);
  });
  return () => text.trim();
}
