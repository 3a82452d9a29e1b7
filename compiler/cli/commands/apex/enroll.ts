// lethe apex enroll: a registration enters the provider's books.
import { Command } from 'commander';
import {
  enroll,
  openProvider,
  parseRegistration,
  readText,
} from '../../../../stdlib/apex/index.ts';
import { withProvider, type Common, type Run } from './shared.ts';

export function enrollCommand(run: Run): Command {
  return withProvider(new Command('enroll'))
    .argument('<registration>', "a client's registration.json")
    .summary('provider: enter a registration in the books')
    .description(
      'Enters a registration in the current epoch. Windows that were issued before cannot be used with it. A new registration of a client takes the place of its former one.',
    )
    .addHelpText('after', '\nExample:\n  lethe apex enroll registration.json --provider provider')
    .action((file: string, options: Common & { readonly provider: string }) =>
      run(async () => {
        const registration = parseRegistration(await readText(file), file);
        const { plan, books } = await openProvider(options.provider);
        const open = await books();
        try {
          const { epoch, client, digest } = await enroll(plan, open, registration);
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
