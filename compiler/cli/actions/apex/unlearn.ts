// lethe apex unlearn: θ_u, and the proof that it is.
import {
  blockEpsilon,
  modelEpsilon,
  openState,
  readWindowOf,
  unlearn,
  weightCount,
  type Plan,
  type Unlearned,
} from '../../../../stdlib/apex/index.ts';
import { totalRows } from '../../../constraints/rows.ts';
import { checkWritable } from '../../../files/atomic-write.ts';
import type { Outcome } from '../../exit.ts';
import type { UnlearnCommand } from '../../commands/apex/unlearn.ts';
import { describeWork } from './expected-work.ts';
import { provingRun } from './proving.ts';
import { readReceipt } from './read-receipt.ts';
import { tellErased } from './tell-erased.ts';

export async function unlearnWindow(file: string, options: UnlearnCommand): Promise<Outcome> {
  const { state: folder, out } = options;
  await checkWritable(out);
  const { plan } = await openState(folder);
  const window = await readWindowOf(plan, file);
  const receipt = await readReceipt(options.receipt);
  const run = provingRun(options, describeWork);
  const anew = options.anew === undefined ? {} : { anew: options.anew };
  const done = await tellErased(folder, () =>
    unlearn({ folder, window, out, ...receipt, ...anew, ...run.given }),
  );
  if (!done) return run.estimated();
  return { exit: 0, ...describe(plan, done, { ...run.measured(), out }) };
}

interface Measured {
  readonly seconds: number;
  readonly peakMemory: number;
  readonly out: string;
}

function describe(
  { scope, step }: Plan,
  done: Unlearned,
  { seconds, peakMemory, out }: Measured,
): Pick<Outcome, 'json' | 'text'> {
  const { sets, log, live, blocks, proved, tiles, finished, bytes, counts, again } = done;
  const weights = weightCount(scope);
  const rows = sets.reduce((sum, set) => sum + totalRows(set.rows) * set.tiles, 0);
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const epsilon = { block: blockEpsilon(step, most), model: modelEpsilon(step, counts) };
  const uncompensated = done.uncompensated ?? 0;
  return {
    json: {
      ok: true,
      ...{ weights, live, blocks, proved, tiles, circuits: sets.length, log, rows, finished },
      jobs: Math.max(0, ...sets.map((set) => set.jobs)),
      ...{ bytes, seconds, peakMemory },
      rowsPerWeight: rows / weights,
      bytesPerWeight: bytes / weights,
      epsilon,
      uncompensated,
      again,
      out,
    },
    text: [
      ...(uncompensated > 0
        ? [`warning: ${uncompensated} weights are 0 that the registration does not compensate for`]
        : []),
      tiles === 0
        ? `nothing is new for this client: ${out} says so, signed and without proofs`
        : `unlearned ${live} masked of ${weights} weights in scope, in ${blocks} blocks, ${proved} of them proved now: ${out}`,
      `  ${tiles} proofs (${(rows / weights).toFixed(1)} rows, ${(bytes / weights).toFixed(2)} bytes a weight in scope), ${seconds.toFixed(0)} s`,
      `  ε ${epsilon.block.toExponential(1)} a block, ${epsilon.model.toExponential(1)} for the model (2-norm)`,
      `send it to the provider; \`lethe apex export\` writes the model\n`,
    ].join('\n'),
  };
}
