// A client that registers after a window, and fits what it registers to the mask of this window: old masks are dead for it, and
// give it nothing. With a real proof in newcomer.prove.test.ts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fractionOf } from '../../../../compiler/ir/format.ts';
import { useNativePoseidon } from '../../../../compiler/prover/native-hashing.ts';
import { saveReceipt } from '../../../../stdlib/apex/client/state.ts';
import { receiptDocument } from '../../../../stdlib/apex/documents/receipt.ts';
import {
  openState,
  planDigest,
  registrationDigest,
  type State,
  type Window,
} from '../../../../stdlib/apex/index.ts';
import { conditionNumber } from '../../../../stdlib/apex/step/index.ts';
import { draft, reasonFor, withHeader } from '../bundles.ts';
import { codeOf } from '../codes.ts';
import { spread, World } from '../fixture.ts';
import { registerByHand } from './by-hand.ts';
import { answerTo, checked, exported, rest, type After } from './answered.ts';
import { fitted, forms, seen, wanted } from './newcomers.ts';

useNativePoseidon();

/** New positions of window 2, in blocks that `spread` masks too. */
const added = [1, 13, 40];

let world: World;
let seer: State;
let first: Window;
let second: Window;
const newcomers = new Map<string, State>();
let mallory: State;

beforeAll(async () => {
  world = await World.make();
  seer = await registerByHand(world, 'seer', { seed: 99, block: fitted(world) });
  first = await world.window(spread);
  for (const [name, form] of Object.entries(forms(world, first))) {
    const state = await registerByHand(world, `mallory-${newcomers.size}`, { seed: 99, ...form });
    newcomers.set(name, state);
    mallory ??= state;
  }
  second = await world.window([...spread, ...added]);
});
afterAll(() => world.remove());

/** How far the weights moved that are neither live nor dead, real. */
const shiftsOf = (after: After): number[] => {
  const unit = 2 ** -fractionOf(world.plan.step.weights);
  return rest(after).map((entry) => (after.weights[entry]! - after.held.weights[entry]!) * unit);
};

/** Dead columns and weights change nothing, and dead positions are 0. */
function expectBare(blocks: readonly After[], name?: string): void {
  for (const { weights, bare, live, dead } of blocks) {
    expect(weights, name).toEqual(bare);
    for (const entry of [...live, ...dead]) expect(weights[entry], name).toBe(0);
  }
}

test('what still works: a client that guesses a mask chooses weights, within the bound of every step', async () => {
  const { blocks } = await answerTo(seer, first);
  const unit = 2 ** -fractionOf(world.plan.step.weights);
  const kappa = conditionNumber(world.plan.step);
  let chosen = 0;
  for (const each of blocks) {
    const masked = Math.hypot(...each.live.map((entry) => each.held.weights[entry]! * unit));
    const shifts = shiftsOf(each);
    expect(Math.hypot(...shifts)).toBeLessThanOrEqual(
      ((kappa - 1) / (2 * Math.sqrt(kappa))) * masked + 0.001,
    );
    if (each.live.length === 0) continue;
    chosen += rest(each).filter((entry, i) => Math.abs(shifts[i]! - wanted(entry)) < 0.01).length;
  }
  expect(chosen).toBeGreaterThan(20);
});

describe('window 2 holds window 1 and more', () => {
  test('what is dead is 0, and takes no part in what is not', async () => {
    for (const [name, state] of newcomers) {
      const { draft: own, blocks } = await answerTo(state, second);
      // Blocks in which nothing is new are not opened at all.
      expect(own.blocks, name).toEqual([
        { number: 0, live: [1] },
        { number: 2, live: [1] },
        { number: 6, live: [4] },
      ]);
      for (const [number, { dead }] of blocks.entries())
        expect(dead, name).toEqual(seen.get(number) ?? []);
      expectBare(blocks, name);
      for (const block of blocks)
        if (block.live.length === 0)
          expect(shiftsOf(block).filter((shift) => shift !== 0)).toEqual([]);
    }
  });

  test('what the client exports is that', async () => {
    const { blocks } = await answerTo(mallory, second);
    expect(await exported(mallory, second)).toEqual(blocks.map(({ bare }) => bare));
  });

  test('the verifier opens the leaves of live positions alone, and finds nothing wrong but the proofs', async () => {
    for (const state of newcomers.values()) await checked(world, state, second, added);
  });

  test('answered as if all of it were live', async () => {
    // A receipt for epoch 1, as the provider would never sign it.
    const liar = await world.client('liar', { seed: 99, enrolled: false });
    const receipt = {
      plan: planDigest(world.plan),
      registration: registrationDigest(liar.registration),
      epoch: 1,
      window: null,
    };
    const text = JSON.stringify(receiptDocument(receipt, await world.provider.signingKey()));
    const own = await draft(await saveReceipt(liar, text, 'receipt.json'), second);
    expect(own.blocks).toHaveLength(9);
    const { header, key } = (await draft(mallory, second)).forged;
    const { registration } = header;
    const claims = withHeader({ ...own.forged, key }, { registration });
    expect(await reasonFor(world, claims)).toBe('other-receipt');
    const right = withHeader(claims, { receipt: header.receipt });
    expect(await reasonFor(world, right)).toBe('bad-coverage');
  });
});

describe('other ways to an old mask', () => {
  test('the old window itself, and the same mask again', async () => {
    expect(await codeOf(() => draft(mallory, first))).toBe('late-registration');
    const again = await world.client('again', { seed: 99 });
    const same = await world.window(spread);
    expect(same).toEqual(second);
    expect(await codeOf(() => draft(again, same))).toBe('late-registration');
  });

  test('a second registration of the same client', async () => {
    const { forged } = await draft(seer, first);
    const block = fitted(world);
    const own = { seed: 99, secret: 'secret-anew', block, replace: true };
    const anew = await registerByHand(world, 'seer', own);
    expect(await reasonFor(world, forged)).toBe('superseded');
    for (const window of [first, second])
      expect(await codeOf(() => draft(anew, window))).toBe('late-registration');
    const third = await world.window([2, 14]);
    const { draft: answer, blocks } = await answerTo(anew, third);
    expectBare(blocks);
    // The answer of the first registration cannot be kept.
    const keeping = withHeader(answer.forged, { kept: forged.header.after });
    expect(await reasonFor(world, keeping)).toBe('stale-commitment');
    await checked(world, anew, third, [2, 14]);
  });

  test('registered before a window, and entered after it', async () => {
    const form = { window: first, block: fitted(world), enrolled: false };
    const late = await registerByHand(world, 'late', { seed: 99, ...form });
    await world.window([3, 15]);
    await world.enroll(late);
    const { draft: own, blocks } = await answerTo(
      await openState(late.folder),
      await world.window([4]),
    );
    expect(own.blocks).toEqual([{ number: 0, live: [4] }]);
    expect(blocks[0]!.dead).toEqual([0, 1, 2, 3, 5, 6]);
    expectBare(blocks);
  });

  test('without window 1 the same registration gives the same weights; and a plan that follows', async () => {
    const { blocks } = await answerTo(mallory, second);
    const other = await World.make();
    const worlds = [other];
    try {
      const block = fitted(other);
      const control = await registerByHand(other, 'control', { seed: 99, block });
      const { blocks: before } = await answerTo(control, await other.window(added));
      for (const [number, { held, weights, dead }] of before.entries()) {
        expect([held, dead]).toEqual([blocks[number]!.held, []]);
        for (const entry of rest(blocks[number]!))
          expect(blocks[number]!.weights[entry]).toBe(weights[entry]);
      }

      await other.window(spread);
      await other.books.close();
      const following = await World.make({ predecessor: other.provider.folder });
      worlds.push(following);
      const state = await registerByHand(following, 'mallory', { seed: 99, block });
      const none = await answerTo(state, await following.window(spread));
      expectBare(none.blocks);
      expect(none.draft.blocks).toEqual([]);
      expect(await reasonFor(following, none.draft.forged)).toBe('accepted');
      const more = await answerTo(state, await following.window([...added, 4]));
      expect(more.draft.blocks).toEqual([{ number: 0, live: [4] }]);
      expectBare(more.blocks);
    } finally {
      for (const each of worlds) await each.remove();
    }
  });
});
