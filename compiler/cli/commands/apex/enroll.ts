// lethe apex enroll: its options and its help.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { withProvider, type Common } from './shared.ts';

export interface EnrollCommand extends Common {
  readonly provider: string;
  readonly leaves?: string;
  readonly out?: string;
}

export function enrollCommand(run: Run): Command {
  return withProvider(new Command('enroll'))
    .argument('<registration>', "a client's registration.json")
    .option(
      '--leaves <file>',
      'that came with it under a plan with --keep leaves; the .leaves file beside it unless it is said',
    )
    .option(
      '--out <file>',
      "the receipt; the registration's name with .receipt.json unless it is said",
    )
    .summary('provider: enter a registration in the books, and sign a receipt')
    .description(
      'Enters a registration in the current epoch, and writes the signed receipt for the client. What was masked before is 0 for it and no part of its proofs; what is masked from now on it proves. A new registration of a client takes the place of its former one. One that is in the books already gives the same receipt.',
    )
    .addHelpText('after', '\nExample:\n  lethe apex enroll registration.json --provider provider')
    .action((file: string, options: EnrollCommand) =>
      run(async () => (await import('../../actions/apex/enroll.ts')).enrollClient(file, options)),
    );
}
