// What proving will take, before it starts, by the coefficients of cost/: processor seconds, memory, and bytes. Read seconds as
// ratios between plans: they are of the machine that cost/measurements.json names, and the wasm backend takes three to seven
// times as long.
import { availableParallelism, totalmem } from 'node:os';
import { domainOf, hasLookups, hidingRows, maxRows, type RowCounts } from '../constraints/rows.ts';
import { coefficients } from './cost/coefficients.ts';
import { featuresOf, predict } from './cost/features.ts';

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
  /** Whether the Lagrange basis of the domain is on the disk, as it is after the first time; true when left out. */
  readonly basis?: boolean;
}

/** Part of the code that does not run on several threads, by Amdahl's law. */
const serial = 0.09;

export function estimate(
  { rows, tiles, jobs, basis = true }: Plan,
  { cores }: Machine = thisMachine(),
): Estimate {
  const domain = domainOf(rows);
  const workers = Math.min(jobs, tiles);
  const features = featuresOf(rows);
  const prove = predict(coefficients.prove, features);
  const loading = predict(coefficients.load, features);
  const compile =
    predict(coefficients.compile, features) + (basis ? 0 : predict(coefficients.basis, features));
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
    peakMemory: peakMemoryOf(rows),
    proofBytes: tiles * proofBytesOf(rows),
  };
}

/** How many workers a memory budget holds for a circuit, at most one for each core; 0 where there is none. */
export function jobsThatFit(rows: RowCounts, { cores, memory }: Machine): number {
  return Math.min(cores, Math.floor(memory / peakMemoryOf(rows)));
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
 * Verifying workers for so many tiles. Another worker takes 4.5 s of one core before its first proof, and 1.4 ms · domain more
 * where the Lagrange basis is not on the disk. That is as much as some three hundred proofs take in batches: 15 ms each, and
 * half a second for each batch.
 */
export function verifiersFor(tiles: number, { cores }: Machine = thisMachine()): number {
  return Math.max(1, Math.min(cores, Math.ceil(tiles / 256)));
}

/** The most rows, range checks among them, that a proof may have for so many workers to fit; 0 where there are none. */
export function rowsThatFit(memory: number, jobs: number): number {
  let rows = 0;
  for (let domain = smallestDomain; domain <= maxRows + hidingRows; domain *= 2)
    if (peakMemoryOf(fullOf(domain)) * jobs <= memory) rows = domain - hidingRows;
  return rows;
}

/** A lookup table leaves no smaller one. */
const smallestDomain = 2 ** 13;

/** A quarter of them permutations: about what circuits with commitments have. */
const fullOf = (domain: number): RowCounts => {
  const rows = domain - hidingRows - 1;
  const Zero = Math.floor(rows / 48);
  return { Public: 0, Generic: rows - 12 * Zero, RangeCheck0: 1, Poseidon: 11 * Zero, Zero };
};

const peakMemoryOf = (rows: RowCounts): number => predict(coefficients.memory, featuresOf(rows));

/** kimchi's proofs have one of two lengths. */
const proofBytesOf = (rows: RowCounts): number => (hasLookups(rows) ? 7520 : 6560);
