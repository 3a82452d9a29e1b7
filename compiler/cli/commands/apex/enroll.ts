// lethe apex enroll: a registration enters the provider's books.
import { Command } from 'commander';
import {
  enroll,
  leavesFileOf,
  openProvider,
  parseRegistration,
  readLeaves,
  readText,
} from '../../../../stdlib/apex/index.ts';
import { fail } from '../../../diagnostics/diagnostic.ts';
import { progressReport, withProvider, type Common, type Run } from './shared.ts';

interface EnrollCommand extends Common {
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
      run(async () => {
        const registration = parseRegistration(await readText(file), file);
        const { plan, books, trees } = await openProvider(options.provider);
        if (plan.keeps === 'root' && options.leaves !== undefined)
          fail('bad-option', 'the plan says that no tree is kept', 'leave --leaves out');
        const keeping =
          plan.keeps === 'tree'
            ? {
                trees,
                leaves: await readLeaves(options.leaves ?? leavesFileOf(file)),
                report: progressReport(),
              }
            : undefined;
        const open = await books();
        try {
          const { epoch, client, digest } = await enroll(plan, open, registration, keeping);
          return {
            exit: 0,
            json: { ok: true, client, registration: digest, epoch },
            text: `${client} is registered in epoch ${epoch} (${digest.slice(0, 16)}…)\n`,
          };
        } finally {
          await open.close();
        }
      }),
    );
}
