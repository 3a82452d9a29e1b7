// lethe apex enroll: its options and its help.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { withProvider, type Common } from './shared.ts';

export interface EnrollCommand extends Common {
  readonly provider: string;
  readonly leaves?: string;
}

export function enrollCommand(run: Run): Command {
  return withProvider(new Command('enroll'))
    .argument('<registration>', "a client's registration.json")
    .option(
      '--leaves <file>',
      'that came with it under a plan with --keep tree; the .leaves file beside it unless it is said',
    )
    .summary('provider: enter a registration in the books')
    .description(
      'Enters a registration in the current epoch. Windows that were issued before cannot be used with it. A new registration of a client takes the place of its former one. One that is in the books already has a lost tree of commitments written again, from the leaves that the error names.',
    )
    .addHelpText('after', '\nExample:\n  lethe apex enroll registration.json --provider provider')
    .action((file: string, options: EnrollCommand) =>
      run(async () => (await import('../../actions/apex/enroll.ts')).enrollClient(file, options)),
    );
}
