// lethe prove: its options and its help.
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

export interface ProveOptions extends CircuitOptions, HintOptions {
  readonly inputs: string[];
  readonly out: string;
  readonly key?: string;
}

export function proveCommand(run: Run): Command {
  return withInputs(withCircuitOptions(new Command('prove')))
    .argument('<file>', circuitFile)
    .requiredOption('--out <proof>', 'where the proof is written')
    .option('--key <file>', 'write the verification key, too')
    .addOption(hintsOption())
    .summary('prove a circuit on inputs')
    .description(
      'Checks the inputs as `check` does, compiles the circuit for kimchi, proves it, and writes the proof with its public tensors. Secret tensors do not enter the file.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe prove examples/group-obs.ts --inputs examples/group-obs.json --out proof.json',
    )
    .action((file: string, options: ProveOptions) =>
      run(async () => (await import('../actions/prove.ts')).prove(file, options)),
    );
}
