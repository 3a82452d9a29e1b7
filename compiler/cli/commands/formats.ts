// lethe formats: its options and its help.
import { Command } from 'commander';
import type { Run } from '../exit.ts';
import { circuitFile, withCircuitOptions, type CircuitOptions } from '../options.ts';

export interface FormatsOptions extends CircuitOptions {
  readonly front?: boolean;
}

export function formatsCommand(run: Run): Command {
  return withCircuitOptions(new Command('formats'))
    .argument('<file>', circuitFile)
    .option('--front', 'also print the Pareto front: the cheapest choice for each accuracy')
    .summary('choose the widths that a circuit leaves open')
    .description(
      'Searches the formats that a circuit leaves open, real(low, high), and the tolerances that it leaves out, for the fewest rows that meet its demands on accuracy (assertAccurate). Prints the choice as pins, with which the circuit needs no search.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe formats examples/chosen-formats.ts --front\n  lethe formats examples/chosen-formats.ts --set size=8',
    )
    .action((file: string, options: FormatsOptions) =>
      run(async () => (await import('../actions/formats.ts')).formats(file, options)),
    );
}
