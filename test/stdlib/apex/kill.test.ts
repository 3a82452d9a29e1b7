// `unlearn` killed before it proves, and begun in another way; sixty kills all the way in kill.prove.test.ts.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveAnswer } from '../../../stdlib/apex/client/state.ts';
import { openState, type State, type Window } from '../../../stdlib/apex/index.ts';
import { inTier } from '../../tier.ts';
import { codeOf } from './codes.ts';
import { spread, World } from './fixture.ts';
import { checkWeights, Commands } from './kills.ts';
import { prepare, type Prepared } from './prepared.ts';

let world: World;
let ada: State;
let first: Window;
let second: Window;
let commands: Commands;

beforeAll(async () => {
  world = await World.make();
  ada = await world.client('ada');
  first = await world.window(spread);
  second = await world.window([1]);
  commands = await Commands.make(world, ada.folder, first);
});
afterAll(() => world.remove());

const begin = (window: Window, anew = false): Promise<Prepared> =>
  prepare({ folder: ada.folder, window, anew });

/** As if all its tiles had been proved. */
async function finish({ answer }: Prepared): Promise<void> {
  ada = await saveAnswer(await openState(ada.folder), answer);
}

let answered: Prepared;

test('the state is what it was, and what was prepared is kept', async () => {
  await commands.unlearn(commands.untilPrepared(null));
  expect(await commands.checkState()).toBeUndefined();
  const id = await commands.prepared(null);
  expect(id).toBeDefined();
  const known = (await commands.commitments({ kept: null })).all();
  for (const moment of inTier({ quick: [], normal: [], full: [400, 1200, 4000] })) {
    await commands.unlearn(moment);
    expect(await commands.checkState()).toBeUndefined();
  }
  answered = await begin(first);
  expect(answered).toMatchObject({ id, commitments: known, proved: 9 });
});

test('one process at a time prepares an answer', async () => {
  const window = { ...second, mask: { ...second.mask, budget: 0.25 } };
  const results = await Promise.allSettled([begin(window), begin(window)]);
  const codes = results.map((each) =>
    each.status === 'fulfilled' ? 'none' : codeOf(() => Promise.reject(each.reason)),
  );
  expect((await Promise.all(codes)).sort()).toEqual(['job-locked', 'none']);
  await begin(window);
});

test('an answer that keeps commitments can be given anew: before it is finished, and after, where the provider does not have them', async () => {
  await finish(answered);
  const keeping = await begin(second);
  expect(keeping).toMatchObject({ answer: { kept: answered.answer.root }, proved: 1 });
  const anew = await begin(second, true);
  expect(anew).toMatchObject({ answer: { kept: null }, proved: 9 });
  // Nothing of one is in the other.
  expect(anew.commitments.filter((each) => keeping.commitments.includes(each))).toEqual([]);

  await finish(keeping);
  expect(await begin(second, true)).toEqual(anew);
  // Begun, it is none yet.
  expect(await begin(second)).toEqual(keeping);
  await finish(anew);
  expect(ada.answers).toEqual([answered.answer, anew.answer]);
  for (const again of [false, true]) expect(await begin(second, again)).toEqual(anew);
  await checkWeights(ada.folder, second);
});
