// Options that several commands share.
import { Command, InvalidArgumentError, Option } from 'commander';

/** What every command takes for a circuit. */
export const circuitFile =
  'a TypeScript or JavaScript file that exports a circuit, or a program as text (.lethe)';

export interface CircuitOptions {
  readonly name?: string;
  readonly set: Readonly<Record<string, number>>;
  readonly mostGates?: number;
  readonly json?: boolean;
}

/** `--name`, `--set`, `--most-gates`, `--json`. */
export function withCircuitOptions(command: Command): Command {
  return command
    .option('--name <circuit>', 'which circuit, if FILE exports several')
    .option(
      '--set <parameter=value>',
      'build with another parameter; may be repeated',
      parameter,
      {},
    )
    .option(
      '--most-gates <n>',
      'build circuits of up to about so many gates; a million take up to 600 MB of memory (default: 8388608)',
      gateCount,
    )
    .option('--json', 'print one JSON object on standard output and nothing else');
}

/** `--inputs`, once or more. */
export function withInputs(command: Command): Command {
  return command.addOption(inputsOption().makeOptionMandatory());
}

export const inputsOption = (): Option =>
  new Option(
    '--inputs <file>',
    'tensors by name, .json or .safetensors; may be repeated',
  ).argParser((file: string, files: string[] | undefined) => [...(files ?? []), file]);

/** Of commands that compute witnesses. */
export interface HintOptions {
  readonly hints?: readonly string[];
}

/** `--hints`, none or more. */
export const hintsOption = (): Option =>
  new Option(
    '--hints <module>',
    'a TypeScript or JavaScript file whose defineHint calls define the hints that a program as text (.lethe) names; may be repeated',
  ).argParser((file: string, files: string[] | undefined) => [...(files ?? []), file]);

function gateCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('a whole number of gates, e.g. 20000000');
}

function parameter(text: string, previous: Record<string, number>): Record<string, number> {
  const match = /^([\w-]+)=(-?\d+)$/.exec(text);
  if (!match) throw new InvalidArgumentError('write it as name=whole-number, e.g. blocks=4');
  return { ...previous, [match[1]!]: Number(match[2]) };
}
