// Trees that a provider keeps: enrolling with leaves, bundles without openings, and what may be wrong with either.
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Elements } from '../../../stdlib/apex/commitments/elements.ts';
import { buildTree } from '../../../stdlib/apex/commitments/tree.ts';
import {
  currentLeaves,
  enroll,
  leavesFileOf,
  readLeaves,
  verifyBundle,
  writeLeaves,
  type State,
  type Window,
} from '../../../stdlib/apex/index.ts';
import { modulus } from '../../../compiler/numbers/field.ts';
import {
  bytesOf,
  draft,
  reasonFor,
  rooted,
  save,
  withHeader,
  withLeaf,
  type Forged,
} from './bundles.ts';
import { codeOf } from './codes.ts';
import { spread, World } from './fixture.ts';

let world: World;
let ada: State;
let window: Window;
let honest: Forged;
let folder: string;

beforeAll(async () => {
  world = await World.make({ keeps: 'tree' });
  folder = join(world.provider.folder, 'trees');
  ada = await world.client('ada');
  window = await world.window(spread);
  honest = await draft(ada, window);
});
afterAll(() => world.remove());

const reason = (forged: Forged): Promise<string> => reasonFor(world, forged);
const fileOf = (root: bigint): string => join(folder, `${root}.tree`);
const elsewhere = { circuit: 'f'.repeat(64) };

test('a bundle holds one commitment for each touched block, and no siblings', async () => {
  const bytes = await bytesOf(world, honest);
  const opened = await bytesOf(world, {
    ...honest,
    keeps: 'root',
    siblings: [1n, 2n],
    header: { ...honest.header, siblings: 2 },
  });
  expect(honest.siblings).toEqual([]);
  expect(opened.length - bytes.length).toBe(32 * (11 + 2));
});

describe('bundles', () => {
  test('nothing but its proofs is wrong with the draft', async () => {
    expect(await reason(withHeader(honest, elsewhere))).toBe('other-circuit');
  });

  test('siblings, or leaves before, in a bundle that needs none', async () => {
    const { header } = honest;
    const more = { ...honest, siblings: [1n], header: { ...header, siblings: 1 } };
    expect(await reason(more)).toBe('bad-opening');
    expect(await reason({ ...honest, keeps: 'root' })).toBe('bad-bundle');
  });

  test('leaves after that do not give the root after', async () => {
    const forged = withLeaf(honest, 2, { after: 5n });
    expect(await reason(forged)).toBe('root-mismatch');
    // With the root that they give, it is for the proofs to refuse them.
    const rerooted = withHeader(await rooted(forged, ada, window), elsewhere);
    expect(await reason(rerooted)).toBe('other-circuit');
  });

  test('a root after in which another block has changed', async () => {
    const leaves = await currentLeaves(ada);
    const touched = new Set(spread.map((weight) => weight >> 2));
    const other = Array.from({ length: leaves.length }, (_, i) => i).find((i) => !touched.has(i))!;
    leaves.set(other, 7n);
    const { root } = await buildTree(leaves);
    expect(await reason(withHeader(honest, { after: root }))).toBe('root-mismatch');
  });

  test('another root before', async () => {
    expect(await reason(withHeader(honest, { root: honest.header.root + 1n }))).toBe(
      'stale-commitment',
    );
  });

  test('a refused bundle leaves the tree as it was, and no other', async () => {
    expect(await readdir(folder)).toEqual([`${ada.root}.tree`]);
  });
});

describe('what the provider keeps', () => {
  /** The code of what the verifier himself cannot do; the bundle is not judged. */
  async function fails(trees = world.provider.trees): Promise<string> {
    const file = world.path('kept.apex');
    await save(file, withHeader(honest, { unscoped: honest.header.unscoped, ...elsewhere }));
    const { plan, keys } = world.provider;
    return codeOf(() => verifyBundle({ plan, keys, trees, books: world.books, file, jobs: 1 }));
  }

  test('a damaged or truncated tree is noticed, and written again from the leaves of the client', async () => {
    const bytes = await readFile(fileOf(ada.root));
    const changed = Buffer.from(bytes);
    changed[40]! ^= 1;
    for (const own of [changed, bytes.subarray(32), Buffer.alloc(0)]) {
      await writeFile(fileOf(ada.root), own);
      expect(await fails()).toBe('damaged-tree');
    }
    await world.enroll(ada);
    expect(await readFile(fileOf(ada.root))).toEqual(bytes);
    expect(await reason(withHeader(honest, elsewhere))).toBe('other-circuit');
  });

  test('a tree under the name of another root', async () => {
    const { root } = await world.client('ben', { seed: 3 });
    const bytes = await readFile(fileOf(ada.root));
    await copyFile(fileOf(root), fileOf(ada.root));
    expect(await fails()).toBe('damaged-tree');
    await writeFile(fileOf(ada.root), bytes);
  });

  test('a tree that is lost when the client has moved on: the leaves that the books name restore it', async () => {
    await rm(fileOf(ada.root));
    const file = world.path('late.apex');
    await save(file, withHeader(honest, elsewhere));
    const { plan, keys, trees } = world.provider;
    const late = verifyBundle({ plan, keys, trees, books: world.books, file, jobs: 1 });
    await expect(late).rejects.toMatchObject({
      diagnostics: [{ code: 'no-tree', hint: expect.stringContaining('leaves-0.bin') as string }],
    });
    const moved = (await currentLeaves(ada)).copy();
    moved.set(0, 1n);
    const enrolling = enroll(plan, world.books, ada.registration, { trees, leaves: moved });
    await expect(enrolling).rejects.toMatchObject({
      diagnostics: [
        { code: 'root-mismatch', hint: expect.stringContaining('leaves-0.bin') as string },
      ],
    });
    await world.enroll(ada);
    expect(await reason(withHeader(honest, elsewhere))).toBe('other-circuit');
  });

  test('a lost tree', async () => {
    await world.provider.trees.remove(`${ada.root}`);
    expect(await readdir(folder)).not.toContain(`${ada.root}.tree`);
    expect(await fails()).toBe('no-tree');
    await world.enroll(ada);
    expect(await reason(withHeader(honest, elsewhere))).toBe('other-circuit');
  });
});

describe('enrolling', () => {
  const enrolling = (state: State, leaves?: Elements): Promise<unknown> => {
    const { plan, trees } = world.provider;
    const keeping = leaves ? { trees, leaves } : undefined;
    return enroll(plan, world.books, state.registration, keeping);
  };

  test('without leaves, with those of another client, too few, or one changed', async () => {
    const bob = await world.client('bob', { seed: 5, enrolled: false });
    const own = await currentLeaves(bob);
    const changed = own.copy();
    changed.set(3, own.get(3) + 1n);
    expect(await codeOf(() => enrolling(bob))).toBe('no-leaves');
    for (const leaves of [await currentLeaves(ada), new Elements(own.bytes.slice(32)), changed])
      expect(await codeOf(() => enrolling(bob, leaves))).toBe('root-mismatch');
    expect(await world.books.registrationOf('bob')).toBeUndefined();
    await enrolling(bob, own);
    const trees = await readdir(folder);
    for (const { root } of [ada, bob]) expect(trees).toContain(`${root}.tree`);
  });

  test('a new registration of a client: the tree of its former one goes', async () => {
    const carol = await world.client('carol', { seed: 21 });
    const again = await world.client('carol', { seed: 22, secret: 'secret-again' });
    const trees = await readdir(folder);
    expect(trees).toContain(`${again.root}.tree`);
    expect(trees).not.toContain(`${carol.root}.tree`);
  });

  test('leaves as a file: canonical field elements, whole', async () => {
    const file = leavesFileOf(world.path('registration.json'));
    expect(file).toBe(world.path('registration.leaves'));
    const leaves = await currentLeaves(ada);
    await writeLeaves(file, leaves);
    expect((await readLeaves(file)).all()).toEqual(leaves.all());
    const spelled = leaves.copy();
    spelled.set(0, modulus);
    await writeLeaves(file, spelled);
    expect(await codeOf(() => readLeaves(file))).toBe('bad-document');
    await writeFile(file, leaves.bytes.subarray(1));
    expect(await codeOf(() => readLeaves(file))).toBe('bad-document');
    expect(await codeOf(() => readLeaves(world.path('none.leaves')))).toBe('cannot-read');
  });
});
