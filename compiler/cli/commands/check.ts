// lethe check: its options and its help.
import { Command } from 'commander';
import type { Run } from '../exit.ts';
import {
  circuitFile,
  hintsOption,
  withCircuitOptions,
  withInputs,
  type CircuitOptions,
  type HintOptions,
} from '../options.ts';

export interface CheckOptions extends CircuitOptions, HintOptions {
  readonly inputs: string[];
}

export function checkCommand(run: Run): Command {
  return withInputs(withCircuitOptions(new Command('check')))
    .argument('<file>', circuitFile)
    .addOption(hintsOption())
    .summary('evaluate float, fixed point and every constraint; no proof')
    .description(
      'Evaluates a circuit on inputs in float64, in exact fixed point, and as constraints, range checks included. Names the first constraint that fails with its operation, element and source line. Exit 1 if an assertion or a constraint fails.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe check examples/group-obs.ts --inputs examples/group-obs.json',
    )
    .action((file: string, options: CheckOptions) =>
      run(async () => (await import('../actions/check.ts')).check(file, options)),
    );
}
