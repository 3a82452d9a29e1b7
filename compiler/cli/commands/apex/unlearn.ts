// lethe apex unlearn: its options and its help.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { withProving, type ProvingOptions } from './proving.ts';
import { withState, type Common } from './shared.ts';

export interface UnlearnCommand extends Common, ProvingOptions {
  readonly state: string;
  readonly out: string;
  readonly estimate?: boolean;
}

export function unlearnCommand(run: Run): Command {
  return withProving(withState(new Command('unlearn')))
    .argument('<window>', "the provider's window.json")
    .requiredOption('--out <file>', 'the bundle for the provider')
    .option('--estimate', 'say what it will take, and stop before proving')
    .summary('client: delete the masked weights, compensate, and prove it')
    .description(
      'Updates the weights in closed form on every block with a masked weight, proves it tile by tile, and writes one bundle. May be interrupted: run it again, and finished tiles are kept.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex unlearn window.json --state secret --out bundle.apex --memory 4GiB',
    )
    .action((file: string, options: UnlearnCommand) =>
      run(async () => (await import('../../actions/apex/unlearn.ts')).unlearnWindow(file, options)),
    );
}
