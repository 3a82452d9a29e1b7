// Hashes ranges of leaves in as many processes as there are cores; few leaves in this one.
import { availableParallelism } from 'node:os';
import { attempts, giveUp, runCrew } from '../../../compiler/prover/workers/crew.ts';
import { spawnWorker } from '../../../compiler/prover/workers/spawn.ts';
import { Elements } from '../commitments/elements.ts';
import { silent, type Report } from '../report.ts';
import { hashRange, hashTop, rangesOf, type HashJob } from './hash-range.ts';
import { defaultRangeHeight } from './ranges.ts';
import type { HashRequest, HashResult } from './worker.ts';

export interface HashRanges {
  readonly job: HashJob;
  /** Numbers of ranges whose leaves can be hashed, as they come to be. */
  readonly ranges: AsyncIterable<number> | Iterable<number>;
  /** The range is hashed, and on the disk. One at a time. */
  readonly onRange: (range: number, root: bigint) => Promise<void> | void;
  /** Worker processes; as many as there are cores otherwise. With 0 of them, this process hashes. */
  readonly jobs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Throws as `hashRange`; `worker-died` when workers died of one range three times; the reason of `signal`. */
export async function hashRanges(options: HashRanges): Promise<void> {
  const { job, ranges, jobs = availableParallelism(), signal } = options;
  const onRange = oneByOne(options.onRange);
  const all = rangesOf(job);
  if (all.count === 1 || jobs === 0) {
    for await (const range of ranges) {
      signal?.throwIfAborted();
      await onRange(range, await hashRange(job, range));
    }
    return;
  }
  await runCrew<number, HashResult>({
    jobs,
    signal,
    tasks: each(ranges),
    spawn: () => spawnWorker(import.meta.url, 'worker'),
    prepare: async (worker) => {
      await worker.ask(job);
    },
    ask: (worker, range) => worker.ask<HashResult>({ range } satisfies HashRequest),
    done: (range, { root }) => onRange(range, root),
    died(range, death, attempt) {
      if (attempt === attempts) giveUp(`leaves from ${all.at(range).first} on`, death);
      return undefined;
    },
  });
}

export interface HashLeafFile {
  /** 32 bytes each, in the order of positions. */
  readonly file: string;
  readonly leaves: number;
  /** As of `HashJob`. */
  readonly rangeHeight?: number;
  readonly jobs?: number;
  readonly report?: Report;
  readonly signal?: AbortSignal;
}

/** The root of the tree over the leaves of a file. Throws as `leavesOf` and `hashRanges`. */
export async function hashLeafFile(options: HashLeafFile): Promise<bigint> {
  const { file, leaves, jobs, report = silent, signal } = options;
  const { rangeHeight = defaultRangeHeight } = options;
  const job: HashJob = { source: { kind: 'file', file }, leaves, rangeHeight };
  const ranges = rangesOf(job);
  const roots = Elements.of(ranges.count);
  let done = 0;
  await hashRanges({
    job,
    ranges: ranges.all(),
    onRange(range, root) {
      roots.set(range, root);
      done += ranges.at(range).count;
      report({ phase: 'the tree of commitments', done, total: leaves });
    },
    jobs,
    signal,
  });
  return hashTop(job, roots);
}

async function* each<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** Calls wait for each other. */
function oneByOne<T extends readonly unknown[]>(
  action: (...given: T) => Promise<void> | void,
): (...given: T) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (...given) => {
    const own = last.then(() => action(...given));
    last = own.catch(() => undefined);
    return own;
  };
}
