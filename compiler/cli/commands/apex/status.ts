// lethe apex status: its options and its help.
import { Command, Option } from 'commander';
import type { Run } from '../../exit.ts';
import type { Common } from './shared.ts';

export interface StatusCommand extends Common {
  readonly provider?: string;
  readonly state?: string;
}

export function statusCommand(run: Run): Command {
  return new Command('status')
    .option('--provider <folder>', "the provider's folder")
    .addOption(new Option('--state <folder>', "the client's folder").conflicts('provider'))
    .summary('what is registered, issued, judged; or what a client has done')
    .description(
      "Of a provider's folder: the epoch, the clients and the last window that each has answered, the windows, the verdicts. Of a client's: its registration and receipt, and the windows that it has answered.",
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex status --provider provider\n  lethe apex status --state secret',
    )
    .action((options: StatusCommand) =>
      run(async () => (await import('../../actions/apex/status.ts')).status(options)),
    );
}
