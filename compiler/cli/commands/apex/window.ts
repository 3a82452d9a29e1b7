// lethe apex window: a mask, signed, for all that are registered.
import { Command } from 'commander';
import {
  issueWindow,
  openProvider,
  parseMask,
  readText,
  writeDocument,
} from '../../../../stdlib/apex/index.ts';
import { checkWritable } from '../../../files/atomic-write.ts';
import { withProvider, type Common, type Run } from './shared.ts';

export function windowCommand(run: Run): Command {
  return withProvider(new Command('window'))
    .argument('<mask>', 'the file of `lethe apex mask`')
    .requiredOption('--out <file>', 'the window for the clients')
    .summary('provider: sign a mask for all registered clients, and close the epoch')
    .description(
      'Signs the mask together with the epoch, and opens the next epoch: who registers now has seen no mask of this window, and cannot use it.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex window mask.json --provider provider --out window.json',
    )
    .action((file: string, options: Common & { readonly provider: string; readonly out: string }) =>
      run(async () => {
        await checkWritable(options.out);
        const mask = parseMask(await readText(file), file);
        const provider = await openProvider(options.provider);
        const key = await provider.signingKey();
        const books = await provider.books();
        try {
          const { window, document, digest } = await issueWindow(provider.plan, books, mask, key);
          await writeDocument(options.out, document);
          return {
            exit: 0,
            json: { ok: true, window: digest, epoch: window.epoch, out: options.out },
            text: `window ${digest.slice(0, 16)}… for registrations up to epoch ${window.epoch}: ${options.out}\nsend it to the clients\n`,
          };
        } finally {
          await books.close();
        }
      }),
    );
}
