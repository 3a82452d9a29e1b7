// lethe key: its options and its help.
import { Command } from 'commander';
import type { Run } from '../exit.ts';
import { circuitFile, withCircuitOptions, type CircuitOptions } from '../options.ts';

export interface KeyOptions extends CircuitOptions {
  readonly out: string;
}

export function keyCommand(run: Run): Command {
  return withCircuitOptions(new Command('key'))
    .argument('<file>', circuitFile)
    .requiredOption('--out <key>', 'where the key is written')
    .summary('write the verification key of a circuit')
    .description(
      'Compiles a circuit and writes its verification key, with the digest of the circuit.',
    )
    .addHelpText('after', '\nExample:\n  lethe key examples/group-obs.ts --out key.json')
    .action((file: string, options: KeyOptions) =>
      run(async () => (await import('../actions/key.ts')).key(file, options)),
    );
}
