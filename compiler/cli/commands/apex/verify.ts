// lethe apex verify: its options and its help.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { wholeNumber, withProvider, type Common } from './shared.ts';

export interface VerifyCommand extends Common {
  readonly provider: string;
  readonly jobs?: number;
}

export function verifyBundleCommand(run: Run): Command {
  return withProvider(new Command('verify'))
    .argument('<bundle>', 'the file of `lethe apex unlearn`')
    .option('--jobs <processes>', 'that verify at once', wholeNumber(1, 256))
    .summary('provider: accept a bundle, or refuse it with the reason')
    .description(
      "Checks a bundle against the books: its window and registration, that its commitments open the registered root, that no block outside the mask has changed, and every proof. The verdict is entered; an accepted one moves the client to its new commitment. The verification key is made once and kept in the provider's folder. Exit 0 only if it is accepted.",
    )
    .addHelpText('after', '\nExample:\n  lethe apex verify bundle.apex --provider provider')
    .action((file: string, options: VerifyCommand) =>
      run(async () => (await import('../../actions/apex/verify.ts')).verify(file, options)),
    );
}
