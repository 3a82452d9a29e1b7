// lethe apex sample: its options and its help.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { withProving, type ProvingOptions } from './proving.ts';
import { wholeNumber, withState, type Common } from './shared.ts';

export interface SampleCommand extends Common, ProvingOptions {
  readonly state: string;
  readonly receipt?: string;
  readonly tiles: number;
}

export function sampleCommand(run: Run): Command {
  return withProving(withState(new Command('sample')))
    .argument('<window>', "the provider's window.json")
    .option('--receipt <file>', "the provider's receipt, where the state has none yet")
    .option(
      '--tiles <count>',
      'how many are proved, spread over the window',
      wholeNumber(1, 999),
      3,
    )
    .summary('client: prove a few tiles of a window, to see what all of them will take')
    .description(
      'Proves some tiles of a window as `lethe apex unlearn` would, verifies their proofs, and estimates the whole from what it measured. Writes nothing: there is no bundle, and the state stays as it is. Exit 1 if a proof does not verify.',
    )
    .addHelpText('after', '\nExample:\n  lethe apex sample window.json --state secret --tiles 3')
    .action((file: string, options: SampleCommand) =>
      run(async () => (await import('../../actions/apex/sample.ts')).sample(file, options)),
    );
}
