// lethe apex link: its options and its help.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { withProving, type ProvingOptions } from './proving.ts';
import { withState, type Common } from './shared.ts';

export interface LinkCommand extends Common, ProvingOptions {
  readonly state: string;
  readonly out: string;
  readonly estimate?: boolean;
}

export function linkCommand(run: Run): Command {
  return withProving(withState(new Command('link')))
    .argument(
      '<challenge>',
      'the challenge.json that `lethe apex enroll` wrote for your new registration',
    )
    .requiredOption('--out <file>', 'the link for the provider')
    .option('--estimate', 'say what it will take, and stop before proving')
    .summary('client: prove that a new registration continues the one that it replaces')
    .description(
      'Proves that the weights of your new registration are those which the former one was left with by the last window. The challenge holds a nonce that the provider drew when both registrations stood in its books: it says which blocks are compared, as many as the plan says (plan --link). In these blocks, every weight that was not masked is compared, and neither weights nor curvature are shown. Needs the state of the new registration, and that of the former one where it was when you registered. May be interrupted: run it again, and finished tiles are kept. The provider enters the registration with `lethe apex enroll --proof`; until then your former registration stays the current one.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex link registration-2.challenge.json --state secret-2 --out registration-2.link',
    )
    .action((file: string, options: LinkCommand) =>
      run(async () => (await import('../../actions/apex/link.ts')).linkRegistration(file, options)),
    );
}
