// Progress of the commands of `lethe apex` on standard error.
import type { Report } from '../../../../stdlib/apex/index.ts';
import { showProgress } from '../../progress.ts';

/** Between two lines of one phase, in milliseconds, where standard error is no terminal. */
const silence = 60_000;

/** Phases on lines of their own; within one, its state: renewed on a terminal, a line a minute elsewhere. */
export function progressReport(): Report {
  let phase = '';
  let state = showProgress('', false);
  const start = performance.now();
  let last = start;
  const line = (now: number, text: string): void => {
    if (process.stderr.isTTY) return;
    const seconds = ((now - start) / 1000).toFixed(0).padStart(5);
    process.stderr.write(`${seconds} s  ${text}\n`);
    last = now;
  };
  return (progress) => {
    const now = performance.now();
    const { done, total } = progress;
    if (progress.phase !== phase) {
      state();
      phase = progress.phase;
      line(now, phase);
      state = showProgress(`${((now - start) / 1000).toFixed(0).padStart(5)} s  ${phase}`, true);
    } else if (now - last > silence) line(now, `${phase}: ${done} of ${total}`);
    state(`${done} of ${total}`);
    if (done === total) state();
  };
}
