// Poseidon trees over leaves that are commitments; leaves past the last one are 0, and the depth is fixed by their number. Trees
// never change. Whoever opens many leaves at once reads nodes from where they are: in memory, or in a file (tree-file.ts).
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { hash, paced } from '../../../compiler/numbers/poseidon-fast.ts';
import { Elements } from './elements.ts';

export const treeDepth = (leaves: number): number => Math.ceil(Math.log2(Math.max(1, leaves)));

/** Nodes of each level of a tree of so many leaves, leaves first, without those past the last leaf. */
export const treeWidths = (leaves: number): number[] =>
  Array.from({ length: treeDepth(leaves) + 1 }, (_, height) => Math.ceil(leaves / 2 ** height));

const empty: bigint[] = [0n];

/** The root of a subtree without a leaf. */
export function emptyRoot(height: number): bigint {
  for (let at = empty.length; at <= height; at++)
    empty.push(hash([empty[at - 1]!, empty[at - 1]!]));
  return empty[height]!;
}

/** Where the nodes of a tree are. */
export interface NodeReader {
  /** How many. */
  readonly leaves: number;
  /** Node number `index` of a level, leaves at height 0. */
  node(height: number, index: number): Promise<bigint> | bigint;
}

/** A tree in memory. */
export interface Tree extends NodeReader {
  /** Leaves first. */
  readonly levels: readonly Elements[];
  readonly root: bigint;
}

export async function buildTree(leaves: Elements): Promise<Tree> {
  const above = await levelsAbove(leaves, { height: 0, count: treeDepth(leaves.length) });
  const levels = [leaves, ...above];
  return {
    levels,
    leaves: leaves.length,
    root: leaves.length > 0 ? levels.at(-1)!.get(0) : 0n,
    node: (height, index) => levels[height]!.get(index),
  };
}

/** So many levels above consecutive nodes of a height, of which the first begins a subtree of `count` levels. */
export async function levelsAbove(
  nodes: Elements,
  { height, count }: { readonly height: number; readonly count: number },
): Promise<Elements[]> {
  const levels: Elements[] = [];
  let below = nodes;
  for (let at = height; at < height + count; at++) {
    const own = Elements.of(Math.ceil(below.length / 2));
    const from = below;
    await paced(own.length, (index) => {
      const [left, right] = [2 * index, 2 * index + 1];
      const beside = right < from.length ? from.get(right) : emptyRoot(at);
      own.set(index, hash([from.get(left), beside]));
    });
    levels.push(own);
    below = own;
  }
  return levels;
}

/** Siblings that lead from the leaves at `indices` (ascending) to the root, level by level, from left to right. */
export async function openLeaves(tree: NodeReader, indices: ArrayLike<number>): Promise<bigint[]> {
  const siblings: bigint[] = [];
  await walk(tree.leaves, indices, async (height, index) => {
    siblings.push(await tree.node(height, index));
    return 0n;
  });
  return siblings;
}

/** How many siblings an opening has. */
export async function siblingCount(leaves: number, indices: ArrayLike<number>): Promise<number> {
  let count = 0;
  await walk(leaves, indices, () => BigInt(++count));
  return count;
}

/**
 * The root of a tree of `count` leaves that has `leaves` at `indices` (ascending), and these siblings elsewhere.
 * Throws `bad-opening` when the number of siblings is not the opening's.
 */
export async function rootOf(
  count: number,
  indices: ArrayLike<number>,
  leaves: readonly bigint[],
  siblings: readonly bigint[],
): Promise<bigint> {
  const expected = await siblingCount(count, indices);
  if (siblings.length !== expected)
    fail('bad-opening', `the opening has ${siblings.length} siblings, ${expected} are expected`);
  let next = 0;
  return walk(count, indices, () => siblings[next++]!, leaves);
}

/** From known nodes to the root; `sibling` is asked for nodes that are not known and not empty. Throws a RangeError. */
async function walk(
  count: number,
  indices: ArrayLike<number>,
  sibling: (height: number, index: number) => Promise<bigint> | bigint,
  leaves?: readonly bigint[],
): Promise<bigint> {
  checkIndices(count, indices);
  let known = { at: Array.from(indices), nodes: leaves ?? [] };
  let width = count;
  for (let height = 0; height < treeDepth(count); height++) {
    const above: { at: number[]; nodes: bigint[] } = { at: [], nodes: [] };
    const { at, nodes } = known;
    await paced(at.length, async (i) => {
      const index = at[i]!;
      // The left one of two that are known has made their parent.
      if (index % 2 === 1 && at[i - 1] === index - 1) return;
      const other = index % 2 === 0 ? index + 1 : index - 1;
      const node = nodes[i] ?? 0n;
      let beside: bigint;
      if (at[i + 1] === other) beside = nodes[i + 1] ?? 0n;
      else if (other >= width) beside = emptyRoot(height);
      else beside = await sibling(height, other);
      above.at.push((index - (index % 2)) / 2);
      if (leaves) above.nodes.push(hash(index < other ? [node, beside] : [beside, node]));
    });
    known = above;
    width = Math.ceil(width / 2);
  }
  return known.nodes[0] ?? 0n;
}

/** A leaf that is named twice would be compared once. */
function checkIndices(count: number, indices: ArrayLike<number>): void {
  for (let i = 0; i < indices.length; i++)
    if (!(indices[i]! > (indices[i - 1] ?? -1) && indices[i]! < count))
      throw new RangeError(`leaf ${indices[i]} of ${count}, after ${indices[i - 1]}`);
}
