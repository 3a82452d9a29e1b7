// The worker's side: answers one message after the other, and is gone when its parent is.
import { Worker } from 'node:worker_threads';
import { isLetheError } from '../../diagnostics/diagnostic.ts';
import type { Answer } from './messages.ts';

/**
 * The first message goes to `start`, the later ones to what it returns beside its own answer. The process ends only by
 * process.exit: o1js keeps native threads alive.
 */
export function serve<Start, Ready, Request, Result>(
  start: (message: Start) => Promise<{ ready: Ready; handle: (r: Request) => Promise<Result> }>,
): void {
  if (!process.send) return;
  process.on('disconnect', () => process.exit(0));
  // An interrupt at the terminal reaches the parent, too, and it decides.
  process.on('SIGINT', () => undefined);
  dieWithParent();
  let handle: ((request: Request) => Promise<Result>) | undefined;
  let last: Promise<void> = Promise.resolve();
  process.on('message', (message) => {
    last = last.then(() => answer(message));
  });

  async function answer(message: unknown): Promise<void> {
    if (handle) return say(await settle(handle, message as Request));
    const started = await settle(start, message as Start);
    if (!('result' in started)) return say(started);
    handle = started.result.handle;
    say({ result: started.result.ready });
  }
}

async function settle<M, T>(action: (m: M) => Promise<T>, message: M): Promise<Answer<T>> {
  try {
    return { result: await action(message) };
  } catch (error) {
    if (isLetheError(error)) return { findings: error.diagnostics };
    return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function say<T>(answer: Answer<T>): void {
  if (process.connected) process.send!(answer);
}

/** Proving blocks the event loop for minutes, in which no `disconnect` is heard: a thread watches the parent. */
function dieWithParent(): void {
  const watch = `
    const { workerData } = require('node:worker_threads');
    setInterval(() => {
      if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL');
    }, 250);`;
  new Worker(watch, { eval: true, workerData: process.ppid, execArgv: [] }).unref();
}
