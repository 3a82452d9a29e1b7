// Leaves and trees by ranges, in this process and in others, against a tree in memory.
import { copyFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modulus } from '../../../../compiler/numbers/field.ts';
import { register } from '../../../../stdlib/apex/client/register.ts';
import type { State } from '../../../../stdlib/apex/client/state.ts';
import { encodeElement, Elements } from '../../../../stdlib/apex/commitments/elements.ts';
import { TreeFile } from '../../../../stdlib/apex/commitments/tree-file.ts';
import {
  buildTree,
  openLeaves,
  rootOf,
  type Tree,
} from '../../../../stdlib/apex/commitments/tree.ts';
import { hashLeafFile, hashRanges } from '../../../../stdlib/apex/hashing/hash-leaves.ts';
import { hashTop, rangesOf, type HashJob } from '../../../../stdlib/apex/hashing/hash-range.ts';
import { heldFile } from '../../../../stdlib/apex/hashing/held-files.ts';
import { weightCount } from '../../../../stdlib/apex/model/index.ts';
import { Files, plan, scope } from '../client/files.ts';
import { inTier } from '../../../tier.ts';
import { codeOf } from '../codes.ts';

const leaves = weightCount(scope);
let files: Files;
let state: State;
/** In the registration. */
let tree: Tree;
beforeAll(async () => {
  files = await Files.make();
  state = await register(await files.options('alice'));
  const bytes = await readFile(heldFile(state.folder, 'tree'));
  tree = await buildTree(new Elements(bytes.subarray(0, 32 * leaves)));
});
afterAll(() => files.remove());

/** The root, and the file of the tree. */
async function hashed(
  name: string,
  options: { readonly rangeHeight: number; readonly jobs: number },
): Promise<{ readonly root: bigint; readonly bytes: Uint8Array }> {
  const { folder } = state;
  const file = files.path(name);
  await copyFile(heldFile(folder, 'tree'), file);
  await truncate(file, 0);
  await truncate(file, 32 * tree.levels.reduce((sum, { length }) => sum + length, 0));
  const held = { folder, scope, step: plan.step };
  const { rangeHeight, jobs } = options;
  const job: HashJob = { source: { kind: 'held', held }, leaves, rangeHeight, tree: file };
  const roots = Elements.of(rangesOf(job).count);
  await hashRanges({
    job,
    ranges: rangesOf(job).all(),
    onRange: (range, root) => roots.set(range, root),
    jobs,
  });
  return { root: await hashTop(job, roots), bytes: await readFile(file) };
}

describe('the tree of what a client holds', () => {
  const expectTree = ({ root, bytes }: Awaited<ReturnType<typeof hashed>>): void => {
    expect(root).toBe(tree.root);
    expect(Buffer.compare(bytes, Buffer.concat(tree.levels.map((level) => level.bytes)))).toBe(0);
  };

  test.each([0, 3, 6, 7, 15])('in ranges of 2^%i leaves', async (rangeHeight) => {
    expect(state.registration.root).toBe(tree.root);
    expectTree(await hashed(`tree-${rangeHeight}`, { rangeHeight, jobs: 0 }));
  });

  test('in other processes', async () => {
    const jobs = inTier({ quick: 1, normal: 1, full: 2 });
    expectTree(await hashed('tree-workers', { rangeHeight: 5, jobs }));
  });
});

describe('a tree on the disk', () => {
  test('gives nodes and openings as the tree in memory', async () => {
    const file = await TreeFile.open(heldFile(state.folder, 'tree'), leaves, 'find it');
    const { levels } = tree;
    for (let height = 0; height < levels.length; height++)
      for (let at = 0; at < levels[height]!.length; at += 7)
        expect(await file.node(height, at)).toBe(levels[height]!.get(at));
    const indices = [1, 2, 40, leaves - 1];
    const siblings = await openLeaves(file, indices);
    expect(siblings).toEqual(await openLeaves(tree, indices));
    const own = indices.map((index) => levels[0]!.get(index));
    expect(await rootOf(leaves, indices, own, siblings)).toBe(tree.root);
    const parts: Uint8Array[] = [];
    for await (const part of file.leafBytes()) parts.push(part);
    expect(Buffer.compare(Buffer.concat(parts), levels[0]!.bytes)).toBe(0);
    await file.close();
  });

  test('of another number of leaves, or with a node that is none', async () => {
    const file = heldFile(state.folder, 'tree');
    expect(await codeOf(() => TreeFile.open(file, leaves - 1, 'find it'))).toBe('changed');
    const damaged = files.path('damaged');
    await writeFile(damaged, (await readFile(file)).fill(255, 32, 64));
    const opened = await TreeFile.open(damaged, leaves, 'find it');
    expect(await codeOf(() => opened.node(0, 1))).toBe('changed');
    await opened.close();
  });
});

describe('a file of leaves', () => {
  const write = async (name: string, bytes: Uint8Array): Promise<string> => {
    const file = join(files.folder, name);
    await writeFile(file, bytes);
    return file;
  };

  test.each([4, 15])('has the root of the registration, in ranges of 2^%i', async (rangeHeight) => {
    const file = await write('leaves', tree.levels[0]!.bytes);
    const seen: number[] = [];
    const report = ({ done }: { readonly done: number }): number => seen.push(done);
    const root = await hashLeafFile({ file, leaves, rangeHeight, jobs: 0, report });
    expect(root).toBe(tree.root);
    expect(seen.at(-1)).toBe(leaves);
  });

  test('that is too short, or holds what is no field element', async () => {
    const { bytes } = tree.levels[0]!;
    const short = await write('short', bytes.subarray(1));
    expect(await codeOf(() => hashLeafFile({ file: short, leaves, jobs: 0 }))).toBe('truncated');
    const wrong = Uint8Array.from(bytes);
    wrong.set(encodeElement(modulus), 32);
    const large = await write('large', wrong);
    expect(await codeOf(() => hashLeafFile({ file: large, leaves, jobs: 0 }))).toBe('bad-document');
  });
});
