// lethe apex unlearn: θ_u, and the proof that it is.
import {
  deriveEpsilon,
  openState,
  parseWindow,
  readText,
  unlearn,
  weightCount,
  type Work,
} from '../../../../stdlib/apex/index.ts';
import { countRows, domainOf } from '../../../constraints/rows.ts';
import { checkWritable } from '../../../files/atomic-write.ts';
import { estimate, type Machine } from '../../../prover/estimate.ts';
import { renderMemorySize } from '../../../prover/memory-size.ts';
import { hasBasis } from '../../../targets/kimchi/lagrange.ts';
import type { Outcome } from '../../exit.ts';
import { provingRoom, tellProving } from './proving.ts';
import { progressReport } from './progress-report.ts';
import type { UnlearnCommand } from '../../commands/apex/unlearn.ts';

export async function unlearnWindow(file: string, options: UnlearnCommand): Promise<Outcome> {
  const { state: folder, out } = options;
  await checkWritable(out);
  const { plan } = await openState(folder);
  const window = parseWindow(await readText(file), file, plan.signer);
  const { machine, size, chooseJobs } = provingRoom(options);
  const start = performance.now();
  let peakMemory = 0;
  let planned: (Expected & Pick<Work, 'rows' | 'tiles' | 'jobs'>) | undefined;
  const done = await unlearn({
    folder,
    window,
    out,
    ...size,
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    chooseJobs,
    report: progressReport(),
    onWork(work) {
      planned = { ...expect(work, machine), rows: work.rows, tiles: work.tiles, jobs: work.jobs };
      process.stderr.write(describe(work, planned));
      return !options.estimate;
    },
    onProving: (event) => {
      if (event.event === 'proved') peakMemory = Math.max(peakMemory, event.peakMemory);
      process.stderr.write(tellProving(event, start));
    },
  });
  if (!done)
    return {
      exit: 0,
      json: { ok: true, estimate: planned },
      text: 'nothing was proved; leave --estimate out to begin\n',
    };
  const epsilon = deriveEpsilon(plan.step, done.touched);
  const weights = weightCount(plan.scope);
  const { rows, touched, tiles, blocks, finished, jobs, bytes, again } = done;
  const seconds = (performance.now() - start) / 1000;
  const measured = {
    weights,
    touched,
    tiles,
    blocks,
    rows,
    finished,
    jobs,
    bytes,
    seconds,
    peakMemory,
  };
  return {
    exit: 0,
    json: {
      ok: true,
      ...measured,
      rowsPerWeight: (rows * tiles) / weights,
      bytesPerWeight: bytes / weights,
      epsilon,
      again,
      out,
    },
    text: [
      `unlearned ${touched} blocks of ${weights} weights in scope: ${out}`,
      `  ${tiles} proofs of ${rows} rows (${((rows * tiles) / weights).toFixed(1)} rows, ${(bytes / weights).toFixed(2)} bytes a weight), ${seconds.toFixed(0)} s`,
      `  ε ${epsilon.block.toExponential(1)} a block, ${epsilon.model.toExponential(1)} for the model (2-norm)`,
      `send it to the provider; \`lethe apex export\` writes the model\n`,
    ].join('\n'),
  };
}

interface Expected {
  readonly seconds: number;
  /** Of all processes together, in bytes. */
  readonly memory: number;
  readonly bundleBytes: number;
}

function expect(
  { circuit, tiles, finished, jobs, openingBytes }: Work,
  machine: Machine,
): Expected {
  const rows = countRows(circuit.system);
  const basis = hasBasis(domainOf(rows));
  const left = estimate({ rows, tiles: tiles - finished, jobs, basis }, machine);
  const { proofBytes } = estimate({ rows, tiles, jobs }, machine);
  return {
    seconds: left.compileSeconds + left.proveSeconds,
    memory: left.peakMemory * Math.min(jobs, Math.max(1, tiles - finished)),
    bundleBytes: openingBytes + proofBytes,
  };
}

/** What is about to be done, before it begins. */
function describe(
  { tiles, finished, rows, jobs, blocks, aside }: Work,
  { seconds, memory, bundleBytes }: Expected,
): string {
  const known = finished > 0 ? `, ${finished} of them finished before` : '';
  const left = aside.map(
    (other) =>
      `what was finished in ${other} tiles is left aside: they are of another size (--tile), or too large for the memory now\n`,
  );
  return `${left.join('')}${tiles} tiles of ${blocks} blocks and ${rows} rows${known}; ${jobs} at a time: about ${seconds.toFixed(0)} s, ${renderMemorySize(memory)}, a bundle of ${(bundleBytes / 1000).toFixed(0)} kB\n`;
}
