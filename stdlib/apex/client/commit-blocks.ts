// Blocks and their leaves, range by range: blocks are made in this process while others hash. A range that is finished stays
// finished.
import { Elements } from '../commitments/elements.ts';
import { TreeFile } from '../commitments/tree-file.ts';
import { hashRanges } from '../hashing/hash-leaves.ts';
import { hashTop, rangesOf, type HashJob } from '../hashing/hash-range.ts';
import { heldFile, heldHint } from '../hashing/held-files.ts';
import type { Ranges } from '../hashing/ranges.ts';
import { weightCount } from '../model/index.ts';
import { silent, type Report } from '../report.ts';
import { HeldWriter } from './held-writer.ts';
import { RegisteredBlocks, type BlockInputs } from './registered-blocks.ts';
import type { Registering } from './registering.ts';

export interface CommitOptions extends BlockInputs {
  /** The folder of the state, where the arrays are. */
  readonly folder: string;
  readonly jobs?: number | undefined;
  readonly report?: Report | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Returns the root of the tree over all leaves. Throws as `RegisteredBlocks` and `hashRanges`. */
export async function commitBlocks(
  options: CommitOptions,
  { finished, finish, rangeHeight }: Registering,
): Promise<bigint> {
  const { plan, folder, report = silent } = options;
  const { scope, step } = plan;
  const leaves = weightCount(scope);
  const job: HashJob = {
    source: { kind: 'held', held: { folder, scope, step } },
    leaves,
    rangeHeight,
    tree: heldFile(folder, 'tree'),
  };
  const all = rangesOf(job);
  const missing = all.all().filter((range) => !finished.has(range));
  let done = leaves;
  const progress = (): void => report({ phase: 'committing', done, total: leaves });
  for (const range of missing) done -= all.at(range).count;
  progress();
  const writer = await HeldWriter.open(folder, scope);
  try {
    await hashRanges({
      job,
      ranges: heldRanges(new RegisteredBlocks(options), {
        writer,
        ranges: all,
        missing,
      }),
      async onRange(range) {
        await finish(range);
        done += all.at(range).count;
        progress();
      },
      jobs: options.jobs,
      signal: options.signal,
    });
  } finally {
    await writer.close();
  }
  return hashTop(job, await rangeRoots(job.tree!, all));
}

/** Ranges whose blocks are on the disk. A block of two ranges is made for each of them, and is the same. */
async function* heldRanges(
  blocks: RegisteredBlocks,
  made: {
    readonly writer: HeldWriter;
    readonly ranges: Ranges;
    readonly missing: readonly number[];
  },
): AsyncGenerator<number> {
  for (const range of made.missing) {
    const { first, count } = made.ranges.at(range);
    await made.writer.write(blocks.covering(first, first + count));
    yield range;
  }
}

async function rangeRoots(file: string, ranges: Ranges): Promise<Elements> {
  const tree = await TreeFile.open(file, ranges.leaves, heldHint);
  const roots = Elements.of(ranges.count);
  try {
    for (const range of ranges.all()) roots.set(range, await tree.node(ranges.levels, range));
    return roots;
  } finally {
    await tree.close();
  }
}
