// Windows one after another, without proofs: what is live, what is dead, what is kept, and what the books refuse. A bundle that is accepted
// here is entered in the books by hand; with proofs in flow.prove.test.ts.
import { readdir, stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saveKnownWindow } from '../../../stdlib/apex/client/answers.ts';
import { currentWeights } from '../../../stdlib/apex/client/export.ts';
import { Holdings } from '../../../stdlib/apex/client/holdings.ts';
import { openQuestion } from '../../../stdlib/apex/client/question.ts';
import { saveAnswer } from '../../../stdlib/apex/client/state.ts';
import { deadPositions, liveBlocks } from '../../../stdlib/apex/documents/history.ts';
import { openState, unlearn, type State, type Window } from '../../../stdlib/apex/index.ts';
import {
  draft,
  reasonFor,
  replacedAt,
  rooted,
  smallLog,
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

/** As if the proofs of the draft had been verified: the books and the client have its answer. */
async function accept(client: State, window: Window, own: Draft): Promise<State> {
  const { header } = own.forged;
  const kept = header.kept === null ? null : `${header.kept}`;
  await world.provider.commitments.write(`${header.after}`, own.answer.commitments.all());
  const outcome = await world.books.recordVerdict({
    bundleDigest: header.after.toString(16).padStart(64, '0'),
    registrationDigest: header.registration,
    windowDigest: header.window,
    kept,
    accepted: true,
    reason: null,
    rootAfter: `${header.after}`,
    measured: {},
  });
  expect(outcome.kind).toBe('accepted');
  const { folder } = await openQuestion({ folder: client.folder, window });
  await saveKnownWindow(folder, window);
  const { cp } = await import('node:fs/promises');
  await cp(`${folder}-draft`, folder, { recursive: true });
  return saveAnswer(await openState(client.folder), {
    window: header.window,
    epoch: window.epoch,
    kept: header.kept,
    root: header.after,
    log: header.log,
  });
}

const answer = async (client: State, positions: readonly number[]): Promise<State> => {
  const window = await world.window(positions);
  return accept(client, window, await draft(client, window));
};

/** θ_u of the last answer, by position. */
async function weightsOf(client: State): Promise<number[]> {
  const weights = await currentWeights(await openState(client.folder));
  const all: number[] = [];
  for (let number = 0; number < 14; number++) all.push(...(await weights.block(number)));
  await weights.close();
  return all;
}

describe('one client', () => {
  test('overlapping and nested windows: only blocks with new positions are proved', async () => {
    await answer(ada, [0, 5, 9]);
    const overlapping = await draft(ada, await world.window([5, 6, 20]));
    expect(overlapping.blocks.map(({ number, live }) => [number, ...live])).toEqual([
      [0, 0, 5, 6],
      [1, 1],
      [3, 0],
    ]);
    expect(overlapping.proved).toEqual([0, 2]);
    expect([...overlapping.forged.kept.keys()]).toEqual([1]);
    expect(await reasonFor(world, overlapping.forged)).toBe('bad-proof');
  });

  test('the union in two windows gives the weights of one window', async () => {
    await answer(ada, [0, 5, 9]);
    await answer(ada, [6, 20]);
    const twice = await weightsOf(ada);
    const bob = await world.client('bob');
    const late = await answer(bob, [70]);
    expect(late.answers).toHaveLength(1);
    const other = await World.make();
    try {
      const alone = await other.client('ada');
      const window = await other.window([0, 5, 6, 9, 20]);
      const [before, own] = [world, await draft(alone, window)];
      world = other;
      await accept(alone, window, own);
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

  test('an older window is refused, by the client and by the books', async () => {
    const first = await world.window([0]);
    const old = await draft(ada, first);
    const second = await world.window([1]);
    await accept(ada, second, await draft(ada, second));
    expect(await codeOf(() => draft(ada, first))).toBe('older-window');
    expect(await reasonFor(world, old.forged)).toBe('older-window');
  });

  test('a block masked whole, and a single weight of its row', async () => {
    await answer(ada, [12, 13, 14, 15, 16, 17, 18, 19, 56]);
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
    await answer(ada, spread);
    const own = await next();
    expect(own.forged.kept.size).toBeGreaterThan(0);
    for (const kept of [5n, own.forged.header.after])
      expect(await reasonFor(world, withHeader(own.forged, { kept }))).toBe('stale-commitment');
  });

  test('an old c_b where S has changed', async () => {
    await answer(ada, spread);
    const own = await next();
    // The root with the old commitment of block 0, as if it had been kept.
    const known = await world.provider.commitments.read(`${own.forged.header.kept!}`, 9);
    const forged = await rooted({
      ...own.forged,
      commitments: replacedAt(own.forged.commitments, 0, known[0]!),
    });
    expect(await reasonFor(world, forged)).toBe('bad-proof');
    const { commitments, header } = own.forged;
    const fewer = { ...own.forged, commitments: commitments.slice(1) };
    expect(await reasonFor(world, withHeader(fewer, { proved: header.proved - 1 }))).toBe(
      'bad-coverage',
    );
  });

  test('another c_b than the one that is kept', async () => {
    await answer(ada, spread);
    const own = await next();
    const [index] = own.forged.kept.keys();
    const kept = new Map(own.forged.kept).set(index!, 5n);
    expect(await reasonFor(world, await rooted({ ...own.forged, kept }))).toBe('root-mismatch');
  });

  test('every block can be proved anew, under any size of tiles', async () => {
    await answer(ada, spread);
    const window = await world.window([1]);
    const anew = await draft(ada, window, { anew: true, log: 12 });
    expect(anew.proved).toHaveLength(anew.blocks.length);
    expect(anew.forged.header.kept).toBeNull();
    expect(await reasonFor(world, anew.forged)).toBe('bad-proof');
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
    expect(await reasonFor(world, again.forged)).toBe('stale-commitment');
    const anew = await draft(state, window, { anew: true });
    expect([anew.forged.header.kept, anew.proved.length]).toEqual([null, anew.blocks.length]);
    expect(await reasonFor(world, anew.forged)).toBe('bad-proof');
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

  test('nothing new: a signed bundle without proofs is accepted', async () => {
    await answer(ada, spread);
    // The window is for bob, whose epoch is another one; it has only what is dead or known for ada.
    const window = await world.window([2]);
    const own = await draft(ada, window);
    expect(own.proved).toHaveLength(1);
    await accept(ada, window, own);
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
    await accept(bob, second, own);
    const after = await weightsOf(bob);
    for (const position of deadPositions(world.plan, second.history, 2))
      expect(after[position]).toBe(0);
    for (const position of [1, 33]) expect(after[position]).toBe(0);
    // Ada was there before: all is live for her.
    expect((await draft(ada, second)).blocks.map(({ number }) => number)).toContain(3);
  });

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
        expect(await reasonFor(following, own.forged)).toBe('accepted');
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
