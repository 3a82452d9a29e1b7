// What proving will take, before it starts.
//   domain       the power of two that holds the rows; a lookup table needs 2^13 (range checks bring one)
//   prove        2.25 s + 0.122 ms · domain + 0.172 ms · domain with lookups + 0.415 ms · rows, of one core
//   compile      3 s, and 1.33 ms · domain; most of it once for each worker and domain, about half of it where the
//                Lagrange basis of the domain is on the disk already: then this is too much
//   memory       600 MiB + 44 KiB · domain
// Fitted on circuits of 2^10 to 2^16 rows (products, range checks, Poseidon) with o1js 2.15.0's native backend, on two
// cores of an x86-64 server at 2.5 GHz that was shared with other work: prove within 6 %, memory never above. Read the
// seconds as ratios; the wasm backend takes three to seven times as long.
import { availableParallelism, totalmem } from 'node:os';
import {
  domainOf,
  hasLookups,
  hidingRows,
  maxRows,
  totalRows,
  type RowCounts,
} from '../constraints/rows.ts';

/** The machine that proves. */
export interface Machine {
  readonly cores: number;
  /** Bytes for all processes together. */
  readonly memory: number;
}

/** Memory is all that the system lets this process have, whether or not others use some of it. */
export function thisMachine(): Machine {
  const limit = process.constrainedMemory() || Infinity;
  return { cores: availableParallelism(), memory: Math.min(totalmem(), limit) };
}

export interface Estimate {
  /** Rows of one proof, padded. */
  readonly domain: number;
  /** Of wall clock, all workers at once. */
  readonly compileSeconds: number;
  /** Of wall clock, for all tiles, after compiling. */
  readonly proveSeconds: number;
  /** Of all cores, compiling and proving. */
  readonly coreSeconds: number;
  /** Bytes of one worker at its peak. */
  readonly peakMemory: number;
  /** Of all tiles. */
  readonly proofBytes: number;
}

export interface Plan {
  readonly rows: RowCounts;
  readonly tiles: number;
  readonly jobs: number;
}

/** Part of the code that does not run on several threads, by Amdahl's law. */
const serial = 0.09;

export function estimate(
  { rows, tiles, jobs }: Plan,
  { cores }: Machine = thisMachine(),
): Estimate {
  const domain = domainOf(rows);
  const workers = Math.min(jobs, tiles);
  const prove = proveCoreSeconds(rows);
  const [loading, compile] = compileCoreSeconds(domain);
  const crowd = Math.max(1, workers / cores);
  const wall = (seconds: number): number => {
    const threads = Math.max(1, Math.floor(cores / Math.max(1, jobs)));
    return seconds * (serial + (1 - serial) / threads) * crowd;
  };
  return {
    domain,
    compileSeconds: tiles > 0 ? crowd * loading + wall(compile) : 0,
    proveSeconds: tiles > 0 ? wall(prove) * Math.ceil(tiles / workers) : 0,
    coreSeconds: (loading + compile) * workers + prove * tiles,
    peakMemory: peakMemoryOf(domain),
    proofBytes: tiles * (hasLookups(rows) ? 7520 : 6560),
  };
}

/** How many workers a memory budget holds for a circuit, at most one for each core; 0 where there is none. */
export function jobsThatFit(rows: RowCounts, { cores, memory }: Machine): number {
  return Math.min(cores, Math.floor(memory / peakMemoryOf(domainOf(rows))));
}

/**
 * The number of workers that is done first, of those that fit: one core for each where there are many tiles, because no
 * core then waits for another; all cores for one where compiling again takes longer than that saves. At least 1.
 */
export function bestJobs(rows: RowCounts, tiles: number, machine: Machine = thisMachine()): number {
  const seconds = (jobs: number): number => {
    const { compileSeconds, proveSeconds } = estimate({ rows, tiles, jobs }, machine);
    return compileSeconds + proveSeconds;
  };
  const most = Math.max(1, jobsThatFit(rows, machine));
  const choices = Array.from({ length: most }, (_, i) => i + 1);
  return choices.reduce((best, jobs) => (seconds(jobs) < seconds(best) ? jobs : best));
}

/**
 * Verifying workers for so many tiles. Before its first proof each computes what depends on the domain alone (1.4 ms · domain,
 * of one core), then half a second for each proof: few proofs are not worth another worker.
 */
export function verifiersFor(tiles: number, { cores }: Machine = thisMachine()): number {
  return Math.max(1, Math.min(cores, Math.ceil(tiles / 16)));
}

/** The most rows, public ones included, that a proof may have for so many workers to fit; 0 where there are none. */
export function rowsThatFit(memory: number, jobs: number): number {
  let rows = 0;
  for (let domain = smallestDomain; domain <= largestDomain; domain *= 2)
    if (peakMemoryOf(domain) * jobs <= memory) rows = domain - hidingRows;
  return rows;
}

const smallestDomain = 2 ** 10;
const largestDomain = maxRows + hidingRows;

function proveCoreSeconds(rows: RowCounts): number {
  const perDomain = 0.122e-3 + (hasLookups(rows) ? 0.172e-3 : 0);
  return 2.25 + perDomain * domainOf(rows) + 0.415e-3 * totalRows(rows);
}

/** Loading o1js, on one core, and the rest. */
const compileCoreSeconds = (domain: number): [loading: number, rest: number] => [
  3,
  1.33e-3 * domain,
];

const peakMemoryOf = (domain: number): number => 600 * 2 ** 20 + 44 * 2 ** 10 * domain;
