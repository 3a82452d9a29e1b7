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
}

const whole = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
};

export function auditCommand(run: Run): Command {
  return withCircuitOptions(new Command('audit'))
    .argument('<file>', 'a TypeScript or JavaScript file that exports a circuit')
    .option(
      '--inputs <file>',
      'inputs that an honest prover has, where random ones are refused; may be repeated',
      (file: string, files: string[] | undefined) => [...(files ?? []), file],
    )
    .option('--seconds <count>', 'how long to tamper, and then to change constraints', whole, 20)
    .option('--seed <number>', 'of the random inputs and samples', whole, 1)
    .addOption(hintsOption())
    .summary('look for values that a prover may choose')
    .description(
      'One report: what the circuit proves (inputs, outputs with their bounds, declared relations), whether every value is determined, what dishonest witnesses are accepted, and whether a changed constraint would be noticed. Exit 1 if anything is open.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe audit examples/group-obs.ts --inputs examples/group-obs.json',
    )
    .action((file: string, options: AuditCommandOptions) =>
      run(async () => (await import('../actions/audit.ts')).audit(file, options)),
    );
}
