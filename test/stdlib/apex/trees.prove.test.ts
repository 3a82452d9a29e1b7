// Two windows one after the other with a provider who keeps the tree: by real proofs.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { currentLeaves, openState, unlearn, verifyBundle } from '../../../stdlib/apex/index.ts';
import { spread, World } from './fixture.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let world: World;
beforeAll(async () => {
  world = await World.make({ keeps: 'tree' });
});
afterAll(() => world.remove());

test('each window moves the tree to the new root', async () => {
  const { folder } = await world.client('ada');
  const { plan, keys, trees } = world.provider;
  const kept = join(world.provider.folder, 'trees');
  const judge = (file: string) =>
    verifyBundle({ plan, keys, trees, books: world.books, file, jobs: 1 });
  for (const masked of [spread, [2, 7, 30, 44]]) {
    const window = await world.window(masked);
    const { root } = await openState(folder);
    const out = world.path('bundle.apex');
    const { header } = (await unlearn({ folder, window, out, log: 10, jobs: 1 }))!;
    expect([header.root, header.siblings]).toEqual([root, 0]);
    expect(await judge(out)).toMatchObject({ accepted: true });
    expect(await readdir(kept)).toEqual([`${header.after}.tree`]);
    const current = (await world.books.commitment('ada'))!;
    const tree = await trees.read(current, 13);
    expect(current.root).toBe(`${header.after}`);
    expect(tree.levels[0]!.all()).toEqual((await currentLeaves(await openState(folder))).all());
    expect(await judge(out)).toMatchObject({
      accepted: false,
      reason: { code: 'replayed-bundle' },
    });
  }
});
