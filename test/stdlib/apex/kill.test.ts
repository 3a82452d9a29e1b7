// `unlearn` killed before it proves; sixty times all the way in kill.prove.test.ts.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { advanceState, readHoldings } from '../../../stdlib/apex/client/state.ts';
import { openState, unlearn, type State, type Window } from '../../../stdlib/apex/index.ts';
import { windowDigest } from '../../../stdlib/apex/documents/window.ts';
import { spread, World } from './fixture.ts';
import { inTier } from '../../tier.ts';
import { Commands } from './kills.ts';

let world: World;
let ada: State;
let window: Window;
let commands: Commands;

beforeAll(async () => {
  world = await World.make();
  ada = await world.client('ada');
  window = await world.window(spread);
  commands = await Commands.make(world, ada, window);
});
afterAll(() => world.remove());

/** The names of what was prepared. */
async function preparations(): Promise<string[]> {
  const jobs = join(ada.folder, 'jobs');
  const folders = await readdir(jobs).catch(() => []);
  const ids = folders.map((folder) =>
    readFile(join(jobs, folder, 'prepared.json'), 'utf8').catch(() => undefined),
  );
  return (await Promise.all(ids)).filter((id) => id !== undefined);
}

test('the state is what it was, and what was prepared is kept', async () => {
  let known: string[] = [];
  for (const moment of inTier({ quick: [1200], normal: [1200], full: [400, 1200, 4000] })) {
    await commands.unlearn(moment);
    expect(await commands.checkState()).toBe(0);
    const prepared = await preparations();
    expect(prepared).toEqual(expect.arrayContaining(known));
    known = prepared;
  }
});

test('what was prepared for the weights before another window is not used after it', async () => {
  const enough = new Error('enough');
  const begin = async (): Promise<void> => {
    const begun = unlearn({
      folder: ada.folder,
      window,
      out: world.path('bundle.apex'),
      log: 10,
      onWork: () => {
        throw enough;
      },
    });
    await expect(begun).rejects.toBe(enough);
  };
  await begin();
  const before = await preparations();
  // Another window is unlearned in between.
  const state = await openState(ada.folder);
  const holdings = await readHoldings(state);
  const done = { window: windowDigest({ ...window, epoch: 9 }), before: state.root };
  await advanceState(state, holdings, { ...done, after: state.root + 1n, tiles: 8 });
  await begin();
  const after = await preparations();
  expect(before).toHaveLength(1);
  expect(after).toHaveLength(2);
});
