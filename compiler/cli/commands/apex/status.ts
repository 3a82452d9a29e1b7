// lethe apex status: its options and its help.
import { Command, Option } from 'commander';
import type { Run } from '../../exit.ts';
import type { Common } from './shared.ts';

export interface StatusCommand extends Common {
  readonly provider?: string;
  readonly state?: string;
  readonly receipt?: string;
}

export function statusCommand(run: Run): Command {
  return new Command('status')
    .option('--provider <folder>', "the provider's folder")
    .addOption(new Option('--state <folder>', "the client's folder").conflicts('provider'))
    .addOption(
      new Option('--receipt <file>', "the provider's receipt, which the state keeps").conflicts(
        'provider',
      ),
    )
    .summary('what is registered, issued, judged; or what a client has done')
    .description(
      "A provider's folder has the epoch, the clients, how each was entered, the last window that it has answered, registrations that wait for a link, the windows, the verdicts. A client's state has its registration and receipt, and the windows that it has answered. With --receipt the state keeps the receipt first; the state that it replaces is erased then.",
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex status --provider provider\n  lethe apex status --state secret\n  lethe apex status --state secret --receipt registration.receipt.json',
    )
    .action((options: StatusCommand) =>
      run(async () => (await import('../../actions/apex/status.ts')).status(options)),
    );
}
