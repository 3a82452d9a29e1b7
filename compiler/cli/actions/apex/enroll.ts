// lethe apex enroll: a registration enters the provider's books, and the client gets a receipt.
import { access } from 'node:fs/promises';
import {
  enroll,
  leavesFileOf,
  openProvider,
  parseRegistration,
  readText,
  receiptDigest,
  writeDocument,
} from '../../../../stdlib/apex/index.ts';
import { fail } from '../../../diagnostics/diagnostic.ts';
import { checkWritable } from '../../../files/atomic-write.ts';
import { progressReport } from './progress-report.ts';
import type { Outcome } from '../../exit.ts';
import type { EnrollCommand } from '../../commands/apex/enroll.ts';

export async function enrollClient(file: string, options: EnrollCommand): Promise<Outcome> {
  const out = options.out ?? `${file.replace(/\.json$/, '')}.receipt.json`;
  await checkWritable(out);
  const registration = parseRegistration(await readText(file), file);
  const provider = await openProvider(options.provider);
  const { keeps } = provider.plan;
  if (keeps === 'root' && options.leaves !== undefined)
    fail('bad-option', 'the plan says that no leaves are kept', 'leave --leaves out');
  const leaves = keeps === 'root' ? undefined : (options.leaves ?? (await leavesBeside(file)));
  const books = await provider.books();
  try {
    const done = await enroll({ provider, books, registration, leaves, report: progressReport() });
    const { entry, receipt, document, uncompensated } = done;
    await writeDocument(out, document);
    const { client, digest, epoch } = entry;
    const warned =
      uncompensated === 0
        ? ''
        : `warning: ${uncompensated} weights died after the window that the registration compensates for; registering with the newest window would make up for them\n`;
    return {
      exit: 0,
      json: {
        ok: true,
        client,
        registration: digest,
        epoch,
        receipt: receiptDigest(receipt),
        uncompensated,
        out,
      },
      text: `${warned}${client} is registered in epoch ${epoch} (${digest.slice(0, 16)}…)\nsend the receipt to the client: ${out}\n`,
    };
  } finally {
    await books.close();
  }
}

/** The file that `lethe apex register` wrote, where it came along. */
async function leavesBeside(registration: string): Promise<string | undefined> {
  const file = leavesFileOf(registration);
  return access(file).then(
    () => file,
    () => undefined,
  );
}
