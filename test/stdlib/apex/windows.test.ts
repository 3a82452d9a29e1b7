// Windows one after another, without proofs: what is live, what is dead, what is kept, and what the books refuse. More of it in
// windows.full.test.ts, and with proofs in flow.prove.test.ts.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Holdings } from '../../../stdlib/apex/client/holdings.ts';
import { deadPositions, liveBlocks } from '../../../stdlib/apex/documents/history.ts';
import type { State } from '../../../stdlib/apex/index.ts';
import { accept, answer, weightsOf } from './accepted.ts';
import {
  draft,
  reasonBeforeProofs,
  replacedAt,
  rooted,
  withHeader,
  type Draft,
} from './bundles.ts';
import { codeOf } from './codes.ts';
import { spread, World } from './fixture.ts';

let world: World;
let ada: State;
beforeEach(async () => {
  world = await World.make();
  ada = await world.client('ada');
});
afterEach(() => world.remove());

describe('one client', () => {
  test('overlapping and nested windows: only blocks with new positions are proved', async () => {
    await answer(world, ada, [0, 5, 9]);
    const overlapping = await draft(ada, await world.window([5, 6, 20]));
    expect(overlapping.blocks.map(({ number, live }) => [number, ...live])).toEqual([
      [0, 0, 5, 6],
      [1, 1],
      [3, 0],
    ]);
    expect(overlapping.proved).toEqual([0, 2]);
    expect([...overlapping.forged.kept.keys()]).toEqual([1]);
    expect(await reasonBeforeProofs(world, overlapping.forged)).toBe('none');
  });

  test('an older window is refused, by the client and by the books', async () => {
    const first = await world.window([0]);
    const old = await draft(ada, first);
    const second = await world.window([1]);
    await accept(world, ada, second, await draft(ada, second));
    expect(await codeOf(() => draft(ada, first))).toBe('older-window');
    expect(await reasonBeforeProofs(world, old.forged)).toBe('older-window');
  });
});

describe('kept commitments', () => {
  const next = async (): Promise<Draft> => draft(ada, await world.window([1, 30]));

  test('an old c_b where S has changed', async () => {
    await answer(world, ada, spread);
    const own = await next();
    // The root with the old commitment of block 0, as if it had been kept.
    const known = await world.provider.commitments.read(`${own.forged.header.kept!}`, 9);
    const forged = await rooted({
      ...own.forged,
      commitments: replacedAt(own.forged.commitments, 0, known[0]!),
    });
    expect(await reasonBeforeProofs(world, forged)).toBe('none');
    const { commitments, header } = own.forged;
    const fewer = { ...own.forged, commitments: commitments.slice(1) };
    expect(await reasonBeforeProofs(world, withHeader(fewer, { proved: header.proved - 1 }))).toBe(
      'bad-coverage',
    );
  });

  test('nothing new: a signed bundle without proofs is accepted', async () => {
    await answer(world, ada, spread);
    // The window is for bob, whose epoch is another one; it has only what is dead or known for ada.
    const window = await world.window([2]);
    const own = await draft(ada, window);
    expect(own.proved).toHaveLength(1);
    await accept(world, ada, window, own);
    const late = await world.client('late', { seed: 5 });
    const third = await world.window([3]);
    expect((await draft(late, third)).blocks).toEqual([{ number: 0, live: [3] }]);
  });
});

describe('newcomers', () => {
  test('old masks are dead for them, whole blocks too, and are never opened', async () => {
    const first = await world.window([...spread, 20, 21, 22, 23]);
    const bob = await world.client('bob', { seed: 31, window: first });
    const holdings = await Holdings.open(bob);
    const { weights, root } = await holdings.block(3);
    await holdings.close();
    expect([...weights]).toEqual([0, 0, 0, 0]);
    expect([...root].every((entry) => entry === 0)).toBe(true);
    const second = await world.window([1, 20, 33]);
    expect(liveBlocks(world.plan, second.history, 2)).toEqual([
      { number: 0, live: [1] },
      { number: 5, live: [1] },
    ]);
    const own = await draft(bob, second);
    expect(own.blocks.map(({ number }) => number)).toEqual([0, 5]);
    await accept(world, bob, second, own);
    const after = await weightsOf(bob);
    for (const position of deadPositions(world.plan, second.history, 2))
      expect(after[position]).toBe(0);
    for (const position of [1, 33]) expect(after[position]).toBe(0);
    // Ada was there before: all is live for her.
    expect((await draft(ada, second)).blocks.map(({ number }) => number)).toContain(3);
  });

  test('a window whose positions are all dead for it asks nothing', async () => {
    const old = await World.make();
    try {
      await old.window(spread);
      // Its books are read by the plan that follows.
      await old.books.close();
      const following = await World.make({ predecessor: old.provider.folder });
      try {
        const client = await following.client('carol', { seed: 3 });
        const window = await following.window(spread.slice(0, 4));
        const own = await draft(client, window);
        expect([own.blocks, own.forged.proofs]).toEqual([[], []]);
        expect(await reasonBeforeProofs(following, own.forged)).toBe('accepted');
        // Another window with the same dead positions, and one that is live.
        const next = await draft(client, await following.window([...spread, 1]));
        expect(next.blocks).toEqual([{ number: 0, live: [1] }]);
      } finally {
        await following.remove();
      }
    } finally {
      await old.remove();
    }
  });
});
