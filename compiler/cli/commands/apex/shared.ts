// Options that the commands of `lethe apex` share.
import { InvalidArgumentError, type Command } from 'commander';

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
