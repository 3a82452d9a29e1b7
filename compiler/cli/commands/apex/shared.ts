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

/** Phases on lines of their own; within one, its state where standard error is a terminal. */
export function progressReport(): Report {
  let phase = '';
  let state = showProgress('', false);
  const start = performance.now();
  return (progress) => {
    if (progress.phase !== phase) {
      state();
      phase = progress.phase;
      const seconds = ((performance.now() - start) / 1000).toFixed(0).padStart(5);
      if (!process.stderr.isTTY) process.stderr.write(`${seconds} s  ${phase}\n`);
      state = showProgress(`${seconds} s  ${phase}`, true);
    }
    state(`${progress.done} of ${progress.total}`);
    if (progress.done === progress.total) state();
  };
}
