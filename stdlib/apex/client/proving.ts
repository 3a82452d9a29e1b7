// Proving tiles in jobs that survive a kill: one folder for each size of tiles, a finished proof in a file of its own.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import { countRows, type RowCounts } from '../../../compiler/constraints/rows.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { countFinished, type Job } from '../../../compiler/prover/job.ts';
import { proveTiles, type ProvingEvent } from '../../../compiler/prover/pool.ts';
import type { TileSet } from '../circuit/deal.ts';

export interface Proving {
  /** Prover processes; `chooseJobs` decides where it is left out. */
  readonly jobs?: number;
  /** For tiles that are not proved yet. */
  readonly chooseJobs?: (circuit: LoweredProgram, tiles: number) => number;
  readonly onProving?: (event: ProvingEvent) => void;
  readonly signal?: AbortSignal;
}

type JobsFor = (circuit: LoweredProgram, tiles: number) => number;

export const jobsBy =
  ({ jobs, chooseJobs }: Proving): JobsFor =>
  (circuit, tiles) =>
    jobs ?? chooseJobs?.(circuit, tiles) ?? 1;

/** Tiles of one circuit. */
export interface WorkSet {
  readonly rows: RowCounts;
  readonly tiles: number;
  /** Tiles that were finished before. */
  readonly finished: number;
  /** Prover processes. */
  readonly jobs: number;
}

/** The tiles that are to be proved. */
export interface ProvingWork {
  readonly sets: readonly WorkSet[];
  /** A tile has at most 2^log rows. */
  readonly log: number;
  readonly tiles: number;
  readonly finished: number;
  /** Sizes of tiles in which finished work is left aside. */
  readonly aside: readonly number[];
  /** Bytes of the file without its proofs. */
  readonly openingBytes: number;
}

export function workSet(
  job: Job,
  { first, tiles }: TileSet<unknown>,
  circuit: LoweredProgram,
  jobsFor: JobsFor,
): WorkSet {
  const finished = tiles.filter((_, i) => job.finished.has(first + i)).length;
  const jobs = jobsFor(circuit, tiles.length - finished);
  return { rows: countRows(circuit.system), tiles: tiles.length, finished, jobs };
}

/** The folder of the job of tiles of a size. */
export const jobName = (log: number): string => `tiles-${log}`;

/** Jobs in the folder that have finished something: how many tiles of that size. */
export async function begunTiles(folder: string): Promise<Map<number, number>> {
  const begun = new Map<number, number>();
  for (const name of await readdir(folder)) {
    const log = Number(/^tiles-(\d+)$/.exec(name)?.[1]);
    if (name !== jobName(log)) continue;
    const finished = await countFinished(join(folder, name));
    if (finished > 0) begun.set(log, finished);
  }
  return begun;
}

/** Proves the tiles of a set that are not finished, and keeps each proof as the file will have it. */
export async function proveMissing(
  { onProving, signal }: Proving,
  job: Job,
  { first, tiles }: TileSet<unknown>,
  work: {
    readonly circuit: LoweredProgram;
    readonly jobs: number;
    /** The inputs of a tile with those blocks in its places. */
    readonly inputsOf: (tile: number, places: readonly number[]) => Promise<InputValues>;
  },
): Promise<void> {
  const { circuit, jobs, inputsOf } = work;
  const missing = job.missing().filter((tile) => tile >= first && tile < first + tiles.length);
  if (missing.length === 0) return;
  await proveTiles({
    circuit,
    tiles: missing,
    jobs,
    ...(onProving === undefined ? {} : { onProgress: onProving }),
    ...(signal === undefined ? {} : { signal }),
    inputsOf: (tile) => inputsOf(tile, tiles[tile - first]!),
    onProof: (tile, { proof }) => job.write(tile, proof),
  });
}
