// The work of one process: the leaves of a range, and the nodes above them.
import { open } from 'node:fs/promises';
import { writeParts } from '../../../compiler/files/index.ts';
import { Elements, elementLength } from '../commitments/elements.ts';
import { levelOffsets } from '../commitments/tree-file.ts';
import { levelsAbove, treeDepth } from '../commitments/tree.ts';
import { leavesOf, type LeafSource } from './leaves.ts';
import { Ranges } from './ranges.ts';

export interface HashJob {
  readonly source: LeafSource;
  /** How many. */
  readonly leaves: number;
  /** A range has 2^rangeHeight of them. */
  readonly rangeHeight: number;
  /** A file of the tree's length, where nodes are written (tree-file.ts); without it they are forgotten. */
  readonly tree?: string;
}

export const rangesOf = ({ leaves, rangeHeight }: HashJob): Ranges =>
  new Ranges(leaves, rangeHeight);

/** Returns the root of the range's subtree, when all of the range is on the disk. Throws as `leavesOf`. */
export async function hashRange(job: HashJob, index: number): Promise<bigint> {
  const ranges = rangesOf(job);
  const range = ranges.at(index);
  const leaves = await leavesOf(job.source, range);
  const above = await levelsAbove(leaves, { height: 0, count: ranges.levels });
  const levels = [leaves, ...above];
  await writeLevels(job, levels, { height: 0, first: range.first });
  return levels.at(-1)!.get(0);
}

/** From the roots of all ranges to the root. */
export async function hashTop(job: HashJob, roots: Elements): Promise<bigint> {
  const height = rangesOf(job).levels;
  const levels = await levelsAbove(roots, { height, count: treeDepth(job.leaves) - height });
  await writeLevels(job, levels, { height: height + 1, first: 0 });
  return (levels.at(-1) ?? roots).get(0);
}

/** Levels from a height on, whose nodes are above the leaf `first`. */
async function writeLevels(
  { tree, leaves }: HashJob,
  levels: readonly Elements[],
  { height, first }: { readonly height: number; readonly first: number },
): Promise<void> {
  if (tree === undefined || levels.length === 0) return;
  const offsets = levelOffsets(leaves);
  const handle = await open(tree, 'r+');
  try {
    const parts = levels.map(({ bytes }, i) => ({
      bytes,
      at: offsets[height + i]! + (first / 2 ** (height + i)) * elementLength,
    }));
    await writeParts(handle, tree, parts);
  } finally {
    await handle.close();
  }
}
