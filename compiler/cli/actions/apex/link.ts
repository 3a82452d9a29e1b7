// lethe apex link: the proof that a new registration continues the one that it replaces.
import {
  blockCount,
  openState,
  parseChallenge,
  proveLink,
  readText,
  type Linked,
} from '../../../../stdlib/apex/index.ts';
import { totalRows } from '../../../constraints/rows.ts';
import { checkWritable } from '../../../files/atomic-write.ts';
import type { Outcome } from '../../exit.ts';
import type { LinkCommand } from '../../commands/apex/link.ts';
import { describeLinkWork } from './expected-work.ts';
import { provingRun } from './proving.ts';

export async function linkRegistration(file: string, options: LinkCommand): Promise<Outcome> {
  const { state: folder, out } = options;
  await checkWritable(out);
  const { plan } = await openState(folder);
  const challenge = parseChallenge(await readText(file), file, plan.signer);
  const run = provingRun(options, describeLinkWork);
  const done = await proveLink({ folder, challenge, out, ...run.given });
  if (!done) return run.estimated();
  return {
    exit: 0,
    ...describe(done, { total: blockCount(plan.scope), ...run.measured(), out }),
  };
}

function describe(
  { sets, log, sampled, blocks, linked, tiles, finished, bytes }: Linked,
  {
    total,
    seconds,
    peakMemory,
    out,
  }: {
    readonly total: number;
    readonly seconds: number;
    readonly peakMemory: number;
    readonly out: string;
  },
): Pick<Outcome, 'json' | 'text'> {
  const rows = sets.reduce((sum, set) => sum + totalRows(set.rows) * set.tiles, 0);
  return {
    json: {
      ok: true,
      ...{ sampled, total, blocks, linked, tiles, circuits: sets.length, log, rows, finished },
      jobs: Math.max(0, ...sets.map((set) => set.jobs)),
      ...{ bytes, seconds, peakMemory, out },
    },
    text: `linked ${linked} weights of ${sampled} of ${total} blocks: ${out}\n  ${tiles} proofs, ${rows} rows, ${(bytes / 1000).toFixed(0)} kB, ${seconds.toFixed(0)} s\nsend it to the provider, who enters the registration with \`lethe apex enroll --proof\`\n`,
  };
}
