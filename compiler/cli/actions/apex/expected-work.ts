// The expected cost of an unlearning, by the cost model, before it begins.
import type { LinkWork, ProvingWork, Work } from '../../../../stdlib/apex/index.ts';
import { domainOf, totalRows } from '../../../constraints/rows.ts';
import { estimate, type Machine } from '../../../prover/estimate.ts';
import { renderMemorySize } from '../../../prover/memory-size.ts';
import { hasBasis } from '../../../targets/kimchi/lagrange.ts';

export interface Expected {
  readonly seconds: number;
  /** For all processes together, in bytes. */
  readonly memory: number;
  readonly bundleBytes: number;
  readonly rows: number;
  readonly tiles: number;
  readonly circuits: number;
  readonly jobs: number;
}

/** Circuits are worked off one after the other. */
export function expectWork({ sets, tiles, openingBytes }: ProvingWork, machine: Machine): Expected {
  let [seconds, memory, bundleBytes, rows] = [0, 0, openingBytes, 0];
  for (const set of sets) {
    const left = set.tiles - set.finished;
    bundleBytes += estimate({ rows: set.rows, tiles: set.tiles, jobs: 1 }).proofBytes;
    rows += totalRows(set.rows) * set.tiles;
    if (left === 0) continue;
    const jobs = Math.min(set.jobs, left);
    const basis = hasBasis(domainOf(set.rows));
    const own = estimate({ rows: set.rows, tiles: left, jobs, basis }, machine);
    seconds += own.compileSeconds + own.proveSeconds;
    memory = Math.max(memory, own.peakMemory * jobs);
  }
  const jobs = Math.max(0, ...sets.map((set) => set.jobs));
  return { seconds, memory, bundleBytes, rows, tiles, circuits: sets.length, jobs };
}

/** For standard error. */
export function describeWork(work: Work, expected: Expected): string {
  const { live, blocks, proved } = work;
  const kept = blocks > proved ? `, ${blocks - proved} of them kept as they were` : '';
  const what = `${live} masked weights in ${blocks} blocks${kept}`;
  return describeProving(what, 'a bundle', work, expected);
}

/** For standard error. */
export function describeLinkWork(work: LinkWork, expected: Expected): string {
  const { linked, blocks, sampled } = work;
  const what = `${linked} weights in ${blocks} of ${sampled} blocks that the nonce draws`;
  return describeProving(what, 'a link', work, expected);
}

function describeProving(
  what: string,
  file: string,
  { log, tiles, finished, aside }: ProvingWork,
  { seconds, memory, bundleBytes, circuits, jobs }: Expected,
): string {
  const left = aside.map(
    (other) =>
      `what was finished in tiles of 2^${other} rows is left aside: they are of another size (--tile), or too large for the memory now\n`,
  );
  const known = finished > 0 ? `, ${finished} of them finished before` : '';
  return `${left.join('')}${what}\n${tiles} tiles of at most 2^${log} rows in ${circuits} circuits${known}; up to ${jobs} at a time: about ${seconds.toFixed(0)} s, ${renderMemorySize(memory)}, ${file} of ${(bundleBytes / 1000).toFixed(0)} kB\n`;
}
