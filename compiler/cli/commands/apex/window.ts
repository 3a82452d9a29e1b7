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
    .summary('provider: sign all masks so far for all registered clients, and close the epoch')
    .description(
      'Signs the mask together with those of all windows before it, and opens the next epoch: for whoever registers now these weights are 0 from the start. A client needs the newest window alone. A mask that adds nothing gives the last window again.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex window mask.json --provider provider --out window.json',
    )
    .action((file: string, options: WindowCommand) =>
      run(async () => (await import('../../actions/apex/window.ts')).window(file, options)),
    );
}
