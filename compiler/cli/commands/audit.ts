// lethe audit: its options and its help.
import { Command, InvalidArgumentError } from 'commander';
import type { Run } from '../exit.ts';
import {
  hintsOption,
  withCircuitOptions,
  type CircuitOptions,
  type HintOptions,
} from '../options.ts';

export interface AuditCommandOptions extends CircuitOptions, HintOptions {
  readonly inputs?: string[];
  readonly seconds: number;
  readonly seed: number;
  readonly witnesses: number;
  readonly constraints: number;
  readonly assume?: string[];
}

const whole = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
};

const wholeOrAll = (text: string): number => (text === 'all' ? Infinity : whole(text));

export function auditCommand(run: Run): Command {
  return withCircuitOptions(new Command('audit'))
    .argument('<file>', 'a TypeScript or JavaScript file that exports a circuit')
    .option(
      '--inputs <file>',
      'inputs that an honest prover has, where neither random ones nor a search finds any; may be repeated',
      (file: string, files: string[] | undefined) => [...(files ?? []), file],
    )
    .option(
      '--assume <name>',
      'accept an assumption that the report names; may be repeated',
      (name: string, names: string[] | undefined) => [...(names ?? []), name],
    )
    .option(
      '--seconds <count>',
      'a limit for each net, in seconds of processor time; a net that it cuts short is incomplete (exit 3)',
      whole,
      60,
    )
    .option(
      '--witnesses <count>',
      'dishonest witnesses for each honest input, or all',
      wholeOrAll,
      1000,
    )
    .option('--constraints <count>', 'constraints to change, or all', wholeOrAll, 64)
    .option('--seed <number>', 'of the random inputs and samples', whole, 1)
    .addOption(hintsOption())
    .summary('look for values that a prover may choose')
    .description(
      'One report: what the circuit rests on (assumptions, each to be accepted by name), what it proves (inputs, outputs with their bounds, declared relations), whether every value is determined, what hides its commitments, which parameters change nothing, what dishonest witnesses are accepted, and whether a changed constraint would be noticed. The nets run on inputs that are given, on random ones, and on others that are found by working backwards from the assertions. The analyses need no time limit: what they find is open whatever the nets had time for. Exit 0 if nothing is open and all that was planned was tried, 1 if anything is open, 3 if nothing is open and the time ran out.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe audit examples/group-obs.ts --inputs examples/group-obs.json\n  lethe audit circuit.ts --assume reciprocal.within --constraints all --seconds 600',
    )
    .action((file: string, options: AuditCommandOptions) =>
      run(async () => (await import('../actions/audit.ts')).audit(file, options)),
    );
}
