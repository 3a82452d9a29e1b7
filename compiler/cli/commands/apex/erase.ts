// lethe apex erase: its options and its help.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { withState, type Common } from './shared.ts';

export interface EraseCommand extends Common {
  readonly state: string;
}

export function eraseCommand(run: Run): Command {
  return withState(new Command('erase'))
    .summary('client: remove a state with all its secrets')
    .description(
      'Removes all that Lethe wrote in the folder of a state, or of a registration that is not finished: first the key and the seed of the salts, so that nothing opens a commitment any more. No window can be answered afterwards. Files that are not of Lethe stay, and are listed. Copies elsewhere stay, too: backups, snapshots, and what the disk keeps of removed files. Run it again where it was interrupted.',
    )
    .addHelpText('after', '\nExample:\n  lethe apex erase --state secret')
    .action((options: EraseCommand) =>
      run(async () => (await import('../../actions/apex/erase.ts')).erase(options)),
    );
}
