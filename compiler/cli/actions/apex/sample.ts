// lethe apex sample: what a window will take here, measured on a few of its tiles.
import {
  openState,
  readWindowOf,
  sampleTiles,
  type Sample,
} from '../../../../stdlib/apex/index.ts';
import type { Outcome } from '../../exit.ts';
import { provingRoom, tellProving } from './proving.ts';
import { progressReport } from './progress-report.ts';
import { readReceipt } from './read-receipt.ts';
import { tellErased } from './tell-erased.ts';
import type { SampleCommand } from '../../commands/apex/sample.ts';

export async function sample(file: string, options: SampleCommand): Promise<Outcome> {
  const { state: folder, tiles: count, jobs } = options;
  const { size, chooseJobs } = provingRoom(options);
  const { plan } = await openState(folder);
  const window = await readWindowOf(plan, file);
  const receipt = await readReceipt(options.receipt);
  const start = performance.now();
  let peakMemory = 0;
  const done = await tellErased(folder, () =>
    sampleTiles({
      folder,
      window,
      ...receipt,
      count,
      ...size,
      chooseJobs: (...work) => jobs ?? chooseJobs(...work),
      report: progressReport(),
      onProving(event) {
        if (event.event === 'proved') peakMemory = Math.max(peakMemory, event.peakMemory);
        process.stderr.write(tellProving(event, start));
      },
    }),
  );
  const ok = done.refused.length === 0;
  return { exit: ok ? 0 : 1, json: { ok, ...done, peakMemory }, text: describe(done) };
}

function describe({ proved, refused, seconds, whole, ...rest }: Sample): string {
  const { tiles, circuits, blocks, rows, blocksProved, jobs } = rest;
  if (tiles === 0) return 'nothing is new for this client: there is nothing to prove\n';
  const verdict =
    refused.length === 0
      ? 'each was verified'
      : `REFUSED by the verifier: tiles ${refused.join(', ')}`;
  return [
    `${proved.length} of ${tiles} tiles (${proved.join(', ')}) of ${circuits} circuits and at most ${rows} rows: ${verdict}`,
    `  the multipliers of ${blocksProved} blocks ${seconds.prepare.toFixed(1)} s, compiling a circuit ${seconds.compile.toFixed(1)} s`,
    `  a tile ${seconds.prove.toFixed(1)} s in its process (${seconds.proveCores.toFixed(1)} core seconds), ${jobs} at a time; verifying them ${seconds.verify.toFixed(1)} s`,
    `estimate for all ${blocks} blocks: ${hours(whole.seconds)} (${hours(whole.coreSeconds)} of a core to prove), a bundle of ${(whole.bundleBytes / 1e6).toFixed(1)} MB`,
    `nothing was written; \`lethe apex unlearn\` proves all of it\n`,
  ].join('\n');
}

const hours = (seconds: number): string => `${(seconds / 3600).toFixed(1)} hours`;
