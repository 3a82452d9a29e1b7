// lethe apex enroll: its options and its help.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { withProvider, type Common } from './shared.ts';

export interface EnrollCommand extends Common {
  readonly provider: string;
  readonly leaves?: string;
  readonly replace?: boolean;
  readonly proof?: string;
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
      '--replace',
      "your word as the provider: it takes the place of the client's current registration, without its consent and without a link; one that is pending is dropped",
    )
    .option(
      '--proof <file>',
      'the link of a pending registration, that the client wrote with `lethe apex link`: it is verified, and then the registration is current',
    )
    .option(
      '--out <file>',
      "the receipt or the challenge; the registration's name with .receipt.json or .challenge.json unless it is said",
    )
    .summary('provider: enter a registration in the books, and sign a receipt or a challenge')
    .description(
      'Enters a registration in the current epoch, and writes the signed receipt for the client. What was masked before is 0 for it and no part of its proofs; what is masked from now on it proves. A registration that is in the books already gives the same receipt. A refused, superseded or dropped one is told, with exit 1.\n\nA client that is registered may register anew as the plan says (plan --reregister), with the consent of its former key. Under `linked` the new registration is pending at first: instead of a receipt a challenge is written, with a nonce that is drawn once, and the former registration stays current. The client answers the challenge with `lethe apex link`, and --proof verifies this link: then the receipt is written. A refused link is told, with exit 1; the registration stays pending, and the client may answer the same challenge again. While a registration is pending, no other one of the client is taken.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex enroll registration.json --provider provider\n  lethe apex enroll registration.json --provider provider --replace    # the client has lost its key\n  lethe apex enroll registration-2.json --provider provider --proof registration-2.link',
    )
    .action((file: string, options: EnrollCommand) =>
      run(async () => (await import('../../actions/apex/enroll.ts')).enrollClient(file, options)),
    );
}
