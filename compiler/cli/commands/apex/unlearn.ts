// lethe apex unlearn: its options and its help.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { withProving, type ProvingOptions } from './proving.ts';
import { withState, type Common } from './shared.ts';

export interface UnlearnCommand extends Common, ProvingOptions {
  readonly state: string;
  readonly receipt?: string;
  readonly anew?: boolean;
  readonly out: string;
  readonly estimate?: boolean;
}

export function unlearnCommand(run: Run): Command {
  return withProving(withState(new Command('unlearn')))
    .argument('<window>', "the provider's window.json")
    .option(
      '--receipt <file>',
      "the provider's receipt for the registration; it is kept in the state, and needed once",
    )
    .option(
      '--anew',
      'prove every block, also those that have not changed: where the provider does not have the bundle that they would keep from',
    )
    .requiredOption('--out <file>', 'the bundle for the provider')
    .option('--estimate', 'say what it will take, and stop before proving')
    .summary('client: delete the masked weights, compensate, and prove it')
    .description(
      'Deletes the weights that are masked for you, compensates in closed form with the others of their blocks, proves it tile by tile, and writes one bundle, signed with your key. Masked for you is what was masked since the epoch of your receipt. Blocks in which nothing is new since the last bundle keep their commitment and are not proved again. Where nothing is new at all, the bundle says so without proofs. May be interrupted: run it again, and finished tiles are kept. Give a bundle to the provider before you answer another window.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex unlearn window.json --state secret --receipt registration.receipt.json --out bundle.apex',
    )
    .action((file: string, options: UnlearnCommand) =>
      run(async () => (await import('../../actions/apex/unlearn.ts')).unlearnWindow(file, options)),
    );
}
