// Trees of leaves against a naive one.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { modulus } from '../../../../compiler/numbers/field.ts';
import { hash } from '../../../../compiler/numbers/poseidon.ts';
import { useNativePoseidon } from '../../../../compiler/prover/native-hashing.ts';
import { paceLength } from '../../../../compiler/numbers/poseidon-fast.ts';
import {
  buildTree as treeOver,
  openLeaves,
  rootOf,
  siblingCount,
  treeDepth,
  type Tree,
} from '../../../../stdlib/apex/commitments/tree.ts';
import { Elements } from '../../../../stdlib/apex/commitments/elements.ts';
import { codeOf } from '../codes.ts';
import { inTier, runs } from '../../../tier.ts';

const buildTree = (leaves: readonly bigint[]): Promise<Tree> => treeOver(Elements.from(leaves));

/** All leaves up to the next power of two, the missing ones 0. */
function naiveRoot(leaves: readonly bigint[]): bigint {
  let level = [
    ...leaves,
    ...new Array<bigint>(2 ** treeDepth(leaves.length) - leaves.length).fill(0n),
  ];
  // The root of a subtree of missing leaves.
  let missing = 0n;
  while (level.length > 1) {
    const above = hash([missing, missing]);
    level = Array.from({ length: level.length / 2 }, (_, i) => {
      const [left, right] = [level[2 * i]!, level[2 * i + 1]!];
      return left === missing && right === missing ? above : hash([left, right]);
    });
    missing = above;
  }
  return level[0]!;
}

const element = fc.bigInt({ min: 0n, max: modulus - 1n });
const opened = fc.array(element, { minLength: 1, maxLength: 20 }).chain((leaves) =>
  fc.record({
    leaves: fc.constant(leaves),
    indices: fc
      .subarray([...leaves.keys()], { minLength: 1 })
      .map((indices) => indices.sort((a, b) => a - b)),
  }),
);

describe('trees', () => {
  beforeAll(() => void useNativePoseidon());

  test.each([1, 2, 3, 4, 5, 7, 8, 9, 16, 17])('%i leaves', async (count) => {
    const leaves = Array.from({ length: count }, (_, i) => BigInt(i + 1));
    const tree = await buildTree(leaves);
    expect(tree.root).toBe(naiveRoot(leaves));
    expect(treeDepth(count)).toBe(Math.ceil(Math.log2(count)));
    for (const index of leaves.keys()) {
      const siblings = await openLeaves(tree, [index]);
      expect(await rootOf(count, [index], [leaves[index]!], siblings)).toBe(tree.root);
    }
    const all = [...leaves.keys()];
    expect(await openLeaves(tree, all)).toEqual([]);
    expect(await rootOf(count, all, leaves, [])).toBe(tree.root);
  });

  test('an opening of some leaves gives the root', async () => {
    await fc.assert(
      fc.asyncProperty(opened, async ({ leaves, indices }) => {
        const tree = await buildTree(leaves);
        const siblings = await openLeaves(tree, Uint32Array.from(indices));
        expect(siblings).toHaveLength(await siblingCount(leaves.length, indices));
        const own = indices.map((index) => leaves[index]!);
        expect(await rootOf(leaves.length, indices, own, siblings)).toBe(naiveRoot(leaves));
      }),
      { numRuns: runs(40) },
    );
  });

  test('another leaf, place or sibling gives another root', async () => {
    await fc.assert(
      fc.asyncProperty(opened, fc.nat(), async ({ leaves, indices }, pick) => {
        const tree = await buildTree(leaves);
        const siblings = await openLeaves(tree, indices);
        const own = indices.map((index) => leaves[index]!);
        const at = pick % own.length;
        const other = own.map((leaf, i) => (i === at ? (leaf + 1n) % modulus : leaf));
        expect(await rootOf(leaves.length, indices, other, siblings)).not.toBe(tree.root);
        if (siblings.length === 0) return;
        const which = pick % siblings.length;
        const moved = siblings.map((each, i) => (i === which ? (each + 1n) % modulus : each));
        expect(await rootOf(leaves.length, indices, own, moved)).not.toBe(tree.root);
      }),
      { numRuns: runs(40) },
    );
  });

  test('more leaves than are hashed without a pause', async () => {
    const pauses = inTier({ quick: 1, normal: 1, full: 2 });
    const leaves = Array.from({ length: pauses * paceLength + 3 }, (_, i) => BigInt(i + 1));
    const own = await buildTree(leaves);
    expect(own.root).toBe(naiveRoot(leaves));
    const indices = [...leaves.keys()].filter((index) => index % 3 !== 0);
    const given = indices.map((index) => leaves[index]!);
    const siblings = await openLeaves(own, indices);
    expect(await rootOf(leaves.length, indices, given, siblings)).toBe(own.root);
  });

  test('siblings too few or too many', async () => {
    const leaves = [1n, 2n, 3n, 4n, 5n];
    const siblings = await openLeaves(await buildTree(leaves), [1]);
    for (const own of [siblings.slice(1), [...siblings, 0n]])
      expect(await codeOf(() => rootOf(5, [1], [2n], own))).toBe('bad-opening');
  });

  test('a leaf that is named twice, out of order or past the end', async () => {
    const tree = await buildTree([1n, 2n, 3n]);
    for (const indices of [[1, 1], [2, 1], [3], [-1]]) {
      await expect(openLeaves(tree, indices)).rejects.toThrow(RangeError);
      await expect(rootOf(3, indices, [2n, 9n], [])).rejects.toThrow(RangeError);
    }
  });

  test('the number of leaves is part of the shape: a shorter tree has another depth or other places', async () => {
    const leaves = [1n, 2n, 3n, 4n, 5n];
    expect((await buildTree(leaves)).root).not.toBe((await buildTree(leaves.slice(0, 4))).root);
  });
});
