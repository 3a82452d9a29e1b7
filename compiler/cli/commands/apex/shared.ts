// What the commands of `lethe apex` share.
import { InvalidArgumentError, type Command } from 'commander';
import type { Report } from '../../../../stdlib/apex/index.ts';
import type { Outcome } from '../../exit.ts';
import { showProgress } from '../../progress.ts';

export type Run = (action: () => Promise<Outcome>) => void;

export interface Common {
  readonly json?: boolean;
}

export const withJson = (command: Command): Command =>
  command.option(
    '--json',
    'print one JSON object on standard output; progress stays on standard error',
  );

export const withProvider = (command: Command): Command =>
  command.requiredOption('--provider <folder>', "the provider's folder, made by `lethe apex plan`");

export const withState = (command: Command): Command =>
  command.requiredOption(
    '--state <folder>',
    "the client's secret folder, made by `lethe apex register`",
  );

export const withModel = (command: Command, which: string): Command =>
  command.requiredOption(
    '--model <path>',
    `${which}: a .safetensors file, its index, or a folder with either`,
  );

/** A number above `above`, at most `most`. */
export const realNumber =
  (above: number, most = Infinity) =>
  (text: string): number => {
    const value = Number(text);
    if (!(value > above && value <= most))
      throw new InvalidArgumentError(
        `a number above ${above}${most === Infinity ? '' : `, at most ${most}`}`,
      );
    return value;
  };

export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`a whole number from ${least} to ${most}`);
    return value;
  };

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
