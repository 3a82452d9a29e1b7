// lethe apex window: a mask, signed, for all that are registered.
import {
  issueWindow,
  openProvider,
  parseMask,
  readText,
  writeDocument,
} from '../../../../stdlib/apex/index.ts';
import { checkWritable } from '../../../files/atomic-write.ts';
import type { Outcome } from '../../exit.ts';
import type { WindowCommand } from '../../commands/apex/window.ts';

export async function window(file: string, options: WindowCommand): Promise<Outcome> {
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
}
