// lethe emit: its options and its help.
import { Command } from 'commander';
import type { Run } from '../exit.ts';
import {
  circuitFile,
  inputsOption,
  hintsOption,
  withCircuitOptions,
  type CircuitOptions,
  type HintOptions,
} from '../options.ts';
import { targetNames } from '../source-targets.ts';

export interface EmitOptions extends CircuitOptions, HintOptions {
  readonly target: string;
  readonly out: string;
  readonly as?: string;
  readonly inputs?: readonly string[];
  readonly force?: boolean;
}

export function emitCommand(run: Run): Command {
  return withCircuitOptions(new Command('emit'))
    .argument('<file>', circuitFile)
    .requiredOption('--target <name>', `the language: ${targetNames.join(', ')}`)
    .requiredOption('--out <folder>', 'where the package is written')
    .option('--as <kind>', 'o1js: function (ZkFunction, kimchi alone) or program (ZkProgram)')
    .addOption(inputsOption())
    .option('--force', 'write into a folder that is not empty')
    .addOption(hintsOption())
    .summary('write a circuit as source code')
    .description(
      'Writes a circuit as a package of source code that needs only the proof system and can be read: one statement for each operation, with what is known of its value. For o1js it makes the same constraints; for Noir it is the same program in another field, and what that changes is refused. --inputs, for Noir, also writes Prover.toml.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe emit examples/group-obs.ts --target o1js --out group-obs --set blocks=4\n  lethe emit circuit.ts --target noir --out circuit-noir',
    )
    .action((file: string, options: EmitOptions) =>
      run(async () => (await import('../actions/emit.ts')).emit(file, options)),
    );
}
