// lethe apex window: its options and its help.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { withProvider, type Common } from './shared.ts';

export interface WindowCommand extends Common {
  readonly provider: string;
  readonly out: string;
}

export function windowCommand(run: Run): Command {
  return withProvider(new Command('window'))
    .argument('<mask>', 'the file of `lethe apex mask`')
    .requiredOption('--out <file>', 'the window for the clients')
    .summary('provider: sign a mask for all registered clients, and close the epoch')
    .description(
      'Signs the mask together with the epoch, and opens the next epoch: who registers now has seen no mask of this window, and cannot use it.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex window mask.json --provider provider --out window.json',
    )
    .action((file: string, options: WindowCommand) =>
      run(async () => (await import('../../actions/apex/window.ts')).window(file, options)),
    );
}
