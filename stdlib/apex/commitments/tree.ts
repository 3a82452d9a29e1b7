// Poseidon trees over Fisher blocks. The leaf of a block commits to its weights and its curvature (leaf.ts); leaves past the
// last block are 0; the depth is fixed by their number. One opening of many leaves gives two roots: before a change of
// the opened leaves, and after it. That both use the same siblings shows that no other leaf has changed.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { hash, paced } from '../../../compiler/numbers/poseidon-fast.ts';
import { silent, type Report } from '../report.ts';
import { Elements } from './elements.ts';

export const treeDepth = (leaves: number): number => Math.ceil(Math.log2(Math.max(1, leaves)));

/** Roots of subtrees without a block, by height. */
function emptyRoots(depth: number): bigint[] {
  const roots = [0n];
  for (let height = 0; height < depth; height++) roots.push(hash([roots[height]!, roots[height]!]));
  return roots;
}

/** All levels, leaves first, without the nodes past the last block. */
export interface Tree {
  readonly levels: readonly Elements[];
  readonly root: bigint;
}

/** Nodes of each level of a tree of so many leaves, leaves first. */
export const treeWidths = (leaves: number): number[] =>
  Array.from({ length: treeDepth(leaves) + 1 }, (_, height) => Math.ceil(leaves / 2 ** height));

export async function buildTree(leaves: Elements, report: Report = silent): Promise<Tree> {
  const levels = treeWidths(leaves.length).map((width) => Elements.of(width));
  levels[0] = leaves;
  await hashUp(levels, (height) => everyNode(levels[height]!.length), report);
  return treeOf(levels);
}

/** The tree with other leaves at `indices` (ascending). */
export async function replaceLeaves(
  tree: Tree,
  indices: readonly number[],
  leaves: readonly bigint[],
  report: Report = silent,
): Promise<Tree> {
  const levels = tree.levels.map((level) => level.copy());
  indices.forEach((index, i) => levels[0]!.set(index, leaves[i]!));
  let changed = indices;
  await hashUp(levels, () => (changed = [...new Set(changed.map((at) => at >> 1))]), report);
  return treeOf(levels);
}

/** Levels as they were written, leaves first. */
export const treeOf = (levels: readonly Elements[]): Tree => ({
  levels,
  root: levels.at(-1)!.length > 0 ? levels.at(-1)!.get(0) : 0n,
});

const everyNode = (width: number): number[] => Array.from({ length: width }, (_, at) => at);

/** Computes the nodes that `nodesOf` names of each level above the leaves, from those below them. */
async function hashUp(
  levels: readonly Elements[],
  nodesOf: (height: number) => readonly number[],
  report: Report,
): Promise<void> {
  const empty = emptyRoots(levels.length - 1);
  for (let height = 1; height < levels.length; height++) {
    const below = levels[height - 1]!;
    const nodes = nodesOf(height);
    report({ phase: 'the tree of commitments', done: height, total: levels.length });
    await paced(nodes.length, (i) => {
      const [left, right] = [2 * nodes[i]!, 2 * nodes[i]! + 1];
      const beside = right < below.length ? below.get(right) : empty[height - 1]!;
      levels[height]!.set(nodes[i]!, hash([below.get(left), beside]));
    });
  }
}

/** Siblings that lead from the leaves at `indices` (ascending) to the root, level by level, from left to right. */
export async function openLeaves(tree: Tree, indices: readonly number[]): Promise<bigint[]> {
  const siblings: bigint[] = [];
  await walk(tree.levels[0]!.length, indices, (height, at) => {
    siblings.push(tree.levels[height]!.get(at));
    return 0n;
  });
  return siblings;
}

/** How many siblings an opening has. */
export async function siblingCount(leaves: number, indices: readonly number[]): Promise<number> {
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
  indices: readonly number[],
  leaves: readonly bigint[],
  siblings: readonly bigint[],
): Promise<bigint> {
  const expected = await siblingCount(count, indices);
  if (siblings.length !== expected)
    fail('bad-opening', `the opening has ${siblings.length} siblings, ${expected} are expected`);
  let next = 0;
  return walk(count, indices, () => siblings[next++]!, leaves);
}

/** From known nodes to the root; `sibling` is asked for nodes that are not known and not empty. */
async function walk(
  count: number,
  indices: readonly number[],
  sibling: (height: number, at: number) => bigint,
  leaves?: readonly bigint[],
): Promise<bigint> {
  const depth = treeDepth(count);
  const empty = emptyRoots(depth);
  let known = new Map(indices.map((index, i) => [index, leaves?.[i] ?? 0n]));
  let width = count;
  for (let height = 0; height < depth; height++) {
    const above = new Map<number, bigint>();
    const nodes = [...known];
    await paced(nodes.length, (i) => {
      const [at, node] = nodes[i]!;
      const parent = at >> 1;
      if (above.has(parent)) return;
      const other = at ^ 1;
      const beside = known.get(other) ?? (other >= width ? empty[height]! : sibling(height, other));
      const pair = at < other ? [node, beside] : [beside, node];
      above.set(parent, leaves ? hash(pair) : 0n);
    });
    known = above;
    width = Math.ceil(width / 2);
  }
  return known.get(0) ?? 0n;
}
