// lethe apex window: all masks so far, signed, for all that are registered.
import {
  checkNotFollowed,
  issueWindow,
  maskLimits,
  openProvider,
  parseMask,
  readText,
  weightCount,
  writeDocument,
} from '../../../../stdlib/apex/index.ts';
import { checkWritable } from '../../../files/atomic-write.ts';
import type { Outcome } from '../../exit.ts';
import type { WindowCommand } from '../../commands/apex/window.ts';

export async function window(file: string, options: WindowCommand): Promise<Outcome> {
  await checkWritable(options.out);
  const provider = await openProvider(options.provider);
  const limits = maskLimits(weightCount(provider.plan.scope));
  const mask = parseMask(await readText(file, limits), file);
  const key = await provider.signingKey();
  const books = await provider.books();
  try {
    // With the books in hand: a plan that follows reads them before it is written.
    await checkNotFollowed(options.provider, provider.plan);
    const issued = await issueWindow(provider.plan, books, mask, key);
    const { window, document, digest, added } = issued;
    await writeDocument(options.out, document);
    const { epoch } = window;
    const masked = window.history.positions.length;
    const what =
      added === 0
        ? 'the mask adds nothing to the last window; this is it again'
        : `${added} weights are new`;
    return {
      exit: 0,
      json: { ok: true, window: digest, epoch, masked, added, out: options.out },
      text: `window ${digest.slice(0, 16)}… for registrations up to epoch ${epoch}: ${options.out}\n${masked} weights masked so far; ${what}\nsend it to the clients\n`,
    };
  } finally {
    await books.close();
  }
}
