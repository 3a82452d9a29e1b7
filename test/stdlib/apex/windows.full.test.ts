// More of windows one after another, as in windows.test.ts.
import { readdir, stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Holdings } from '../../../stdlib/apex/client/holdings.ts';
import { openQuestion } from '../../../stdlib/apex/client/question.ts';
import { saveAnswer } from '../../../stdlib/apex/client/state.ts';
import { openState, unlearn, type State } from '../../../stdlib/apex/index.ts';
import { accept, answer, weightsOf } from './accepted.ts';
import { draft, reasonBeforeProofs, rooted, smallLog, withHeader, type Draft } from './bundles.ts';
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
  test('the union in two windows gives the weights of one window', async () => {
    await answer(world, ada, [0, 5, 9]);
    await answer(world, ada, [6, 20]);
    const twice = await weightsOf(ada);
    const bob = await world.client('bob');
    const late = await answer(world, bob, [70]);
    expect(late.answers).toHaveLength(1);
    const other = await World.make();
    try {
      const alone = await other.client('ada');
      const window = await other.window([0, 5, 6, 9, 20]);
      const [before, own] = [world, await draft(alone, window)];
      world = other;
      await accept(world, alone, window, own);
      expect(await weightsOf(alone)).toEqual(twice);
      world = before;
    } finally {
      await other.remove();
    }
    for (const position of [0, 5, 6, 9, 20]) expect(twice[position]).toBe(0);
  });

  test('what an answer keeps is readable by its owner alone', async () => {
    const window = await world.window([0]);
    await draft(ada, window);
    const { folder } = await openQuestion({ folder: ada.folder, window });
    for (const each of [folder, `${folder}-draft`])
      for (const name of await readdir(each))
        expect([name, (await stat(`${each}/${name}`)).mode & 0o777]).toEqual([name, 0o600]);
  });

  test('one process at a time answers', async () => {
    const window = await world.window([0]);
    const answering = () =>
      unlearn({
        folder: ada.folder,
        window,
        out: world.path('own.apex'),
        log: smallLog,
        onWork: () => false,
      });
    const codes = await Promise.all([codeOf(answering), codeOf(answering)]);
    expect(codes.sort()).toEqual(['job-locked', 'none']);
    expect(await codeOf(answering)).toBe('none');
  });

  test('skipped windows are in the next one', async () => {
    await world.window([0]);
    await world.window([1]);
    const own = await draft(ada, await world.window([2]));
    expect(own.blocks).toEqual([{ number: 0, live: [0, 1, 2] }]);
  });

  test('a block masked whole, and a single weight of its row', async () => {
    await answer(world, ada, [12, 13, 14, 15, 16, 17, 18, 19, 56]);
    const weights = await weightsOf(ada);
    expect(weights.slice(12, 20)).toEqual(new Array(8).fill(0));
    expect(weights[56]).toBe(0);
    const holdings = await Holdings.open(ada);
    expect(weights.slice(20, 24)).toEqual([...(await holdings.block(3)).weights]);
    await holdings.close();
  });
});

describe('kept commitments', () => {
  const next = async (): Promise<Draft> => draft(ada, await world.window([1, 30]));

  test('from a root that is not the last one', async () => {
    await answer(world, ada, spread);
    const own = await next();
    expect(own.forged.kept.size).toBeGreaterThan(0);
    for (const kept of [5n, own.forged.header.after])
      expect(await reasonBeforeProofs(world, withHeader(own.forged, { kept }))).toBe(
        'stale-commitment',
      );
  });

  test('another c_b than the one that is kept', async () => {
    await answer(world, ada, spread);
    const own = await next();
    const [index] = own.forged.kept.keys();
    const kept = new Map(own.forged.kept).set(index!, 5n);
    expect(await reasonBeforeProofs(world, await rooted({ ...own.forged, kept }))).toBe(
      'root-mismatch',
    );
  });

  test('every block can be proved anew, under any size of tiles', async () => {
    await answer(world, ada, spread);
    const window = await world.window([1]);
    const anew = await draft(ada, window, { anew: true, log: 12 });
    expect(anew.proved).toHaveLength(anew.blocks.length);
    expect(anew.forged.header.kept).toBeNull();
    expect(await reasonBeforeProofs(world, anew.forged)).toBe('none');
  });

  test('an answer that keeps commitments which the provider does not have is given anew', async () => {
    const first = await world.window(spread);
    const lost = await draft(ada, first);
    const window = await world.window([1]);
    // The bundle of the first window never came; the client has saved it, and the answer to the second.
    let state = ada;
    for (const [each, kept] of [
      [first, null],
      [window, lost.forged.header.after],
    ] as const) {
      const own = each === first ? lost : await draft(ada, each);
      const { folder } = await openQuestion({ folder: ada.folder, window: each });
      const { cp } = await import('node:fs/promises');
      await cp(`${folder}-draft`, folder, { recursive: true });
      state = await saveAnswer(await openState(ada.folder), {
        window: own.forged.header.window,
        epoch: each.epoch,
        kept,
        root: own.forged.header.after,
        log: own.forged.header.log,
      });
    }
    const again = await draft(state, window);
    expect(await reasonBeforeProofs(world, again.forged)).toBe('stale-commitment');
    const anew = await draft(state, window, { anew: true });
    expect([anew.forged.header.kept, anew.proved.length]).toEqual([null, anew.blocks.length]);
    expect(await reasonBeforeProofs(world, anew.forged)).toBe('none');
    // θ_u is the same, and no salt is.
    for (let i = 0; i < anew.blocks.length; i++)
      expect([...anew.answer.multipliers(i)]).toEqual([...again.answer.multipliers(i)]);
    const before = new Set(again.answer.commitments.all());
    expect(anew.answer.commitments.all().some((each) => before.has(each))).toBe(false);
    // Once it is saved, it is what is written again.
    const { folder } = await openQuestion({ folder: ada.folder, window, anew: true });
    await saveAnswer(await openState(ada.folder), {
      window: anew.forged.header.window,
      epoch: window.epoch,
      kept: null,
      root: anew.forged.header.after,
      log: anew.forged.header.log,
    });
    for (const wanted of [true, false]) {
      const question = await openQuestion({ folder: ada.folder, window, anew: wanted });
      expect([question.again?.kept, question.kept, question.folder]).toEqual([
        null,
        undefined,
        folder,
      ]);
    }
  });
});

describe('newcomers', () => {
  test('positions that died before the enrollment are told', async () => {
    const first = await world.window([0]);
    const bob = await world.client('bob', { seed: 31, enrolled: false, window: first });
    await world.window([40, 41]);
    const { uncompensated, receipt } = await world.enroll(bob);
    expect([uncompensated, receipt.epoch]).toEqual([2, 3]);
    const third = await world.window([50]);
    const question = await openQuestion({ folder: bob.folder, window: third });
    expect(question.uncompensated).toBe(2);
    expect(question.blocks.map(({ number }) => number)).toEqual([8]);
  });
});
