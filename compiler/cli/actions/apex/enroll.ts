// lethe apex enroll: a registration enters the provider's books.
import {
  enroll,
  leavesFileOf,
  openProvider,
  parseRegistration,
  readLeaves,
  readText,
} from '../../../../stdlib/apex/index.ts';
import { fail } from '../../../diagnostics/diagnostic.ts';
import { progressReport } from './progress-report.ts';
import type { Outcome } from '../../exit.ts';
import type { EnrollCommand } from '../../commands/apex/enroll.ts';

export async function enrollClient(file: string, options: EnrollCommand): Promise<Outcome> {
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
}
