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
      "Checks a bundle against the books: the client's signature, its window, registration and receipt, that it opens the registered leaves of every weight that is masked for this client, that each block has one commitment, and every proof; what is cheap to check comes first. The verdict on what the client has signed is entered. Windows of an earlier epoch than the client's last accepted one are refused. docs/bring-your-model.md lists all reasons. Verification keys are kept in the provider's folder when a bundle is accepted. Exit 0 only if it is accepted.",
    )
    .addHelpText('after', '\nExample:\n  lethe apex verify bundle.apex --provider provider')
    .action((file: string, options: VerifyCommand) =>
      run(async () => (await import('../../actions/apex/verify.ts')).verify(file, options)),
    );
}
