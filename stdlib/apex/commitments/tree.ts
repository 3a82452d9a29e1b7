// Poseidon trees over Fisher blocks. The leaf of a block is H(weights, curvature), the two commitments of it; leaves past
// the last block are 0; the depth is fixed by their number. One opening of many leaves gives two roots: before a change of
// the opened leaves, and after it. That both use the same siblings shows that no other leaf has changed.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { hash } from '../../../compiler/numbers/poseidon-fast.ts';

/** The commitments of one block. */
export interface BlockCommitments {
  readonly weights: bigint;
  readonly curvature: bigint;
}

export const treeLeaf = ({ weights, curvature }: BlockCommitments): bigint =>
  hash([weights, curvature]);

export const treeDepth = (leaves: number): number => Math.ceil(Math.log2(Math.max(1, leaves)));

/** Roots of subtrees without a block, by height. */
function emptyRoots(depth: number): bigint[] {
  const roots = [0n];
  for (let height = 0; height < depth; height++) roots.push(hash([roots[height]!, roots[height]!]));
  return roots;
}

/** All levels, leaves first, without the nodes past the last block. */
export interface Tree {
  readonly levels: readonly (readonly bigint[])[];
  readonly root: bigint;
}

export function buildTree(leaves: readonly bigint[]): Tree {
  const depth = treeDepth(leaves.length);
  const empty = emptyRoots(depth);
  const levels: bigint[][] = [[...leaves]];
  for (let height = 0; height < depth; height++) {
    const below = levels[height]!;
    levels.push(
      Array.from({ length: Math.ceil(below.length / 2) }, (_, i) =>
        hash([below[2 * i]!, below[2 * i + 1] ?? empty[height]!]),
      ),
    );
  }
  return { levels, root: levels[depth]![0] ?? 0n };
}

/** Siblings that lead from the leaves at `indices` (ascending) to the root, level by level, from left to right. */
export function openLeaves(tree: Tree, indices: readonly number[]): bigint[] {
  const siblings: bigint[] = [];
  walk(tree.levels[0]!.length, indices, (height, at) => {
    siblings.push(tree.levels[height]![at]!);
    return 0n;
  });
  return siblings;
}

/** How many siblings an opening has. */
export function siblingCount(leaves: number, indices: readonly number[]): number {
  let count = 0;
  walk(leaves, indices, () => BigInt(++count));
  return count;
}

/**
 * The root of a tree of `count` leaves that has `leaves` at `indices` (ascending), and these siblings elsewhere.
 * Throws `bad-opening` when the number of siblings is not the opening's.
 */
export function rootOf(
  count: number,
  indices: readonly number[],
  leaves: readonly bigint[],
  siblings: readonly bigint[],
): bigint {
  const expected = siblingCount(count, indices);
  if (siblings.length !== expected)
    fail('bad-opening', `the opening has ${siblings.length} siblings, ${expected} are expected`);
  let next = 0;
  return walk(count, indices, () => siblings[next++]!, leaves);
}

/** From known nodes to the root; `sibling` is asked for nodes that are not known and not empty. */
function walk(
  count: number,
  indices: readonly number[],
  sibling: (height: number, at: number) => bigint,
  leaves?: readonly bigint[],
): bigint {
  const depth = treeDepth(count);
  const empty = emptyRoots(depth);
  let known = new Map(indices.map((index, i) => [index, leaves?.[i] ?? 0n]));
  let width = count;
  for (let height = 0; height < depth; height++) {
    const above = new Map<number, bigint>();
    for (const [at, node] of known) {
      const parent = at >> 1;
      if (above.has(parent)) continue;
      const other = at ^ 1;
      const beside = known.get(other) ?? (other >= width ? empty[height]! : sibling(height, other));
      const pair = at < other ? [node, beside] : [beside, node];
      above.set(parent, leaves ? hash(pair) : 0n);
    }
    known = above;
    width = Math.ceil(width / 2);
  }
  return known.get(0) ?? 0n;
}
