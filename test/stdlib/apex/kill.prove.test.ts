// `unlearn` and `verify` killed at sixty random moments each, then run to their end.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spread, World } from './fixture.ts';
import { Commands } from './kills.ts';

/** Kill points of each command. */
const times = 60;
let world: World;
let commands: Commands;

beforeAll(async () => {
  world = await World.make();
  const ada = await world.client('ada');
  commands = await Commands.make(world, ada, await world.window(spread));
});
afterAll(() => world.remove());

/** Early and late moments of something that takes about `seconds`. */
const moment = (seconds: number): number => 1000 * seconds * Math.random() ** 1.5;

test('unlearn', { timeout: 1_800_000 }, async () => {
  let before = 0;
  for (let kill = 0; kill < times; kill++) {
    await commands.unlearn(moment(25));
    const sequence = await commands.checkState();
    // What was done stays done.
    expect(sequence).toBeGreaterThanOrEqual(before);
    before = sequence;
  }
  const { exit, output } = await commands.unlearn();
  expect([exit, output]).toEqual([0, expect.stringContaining('"ok":true')]);
  expect(await commands.checkState()).toBe(1);
  await commands.checkWeights();
  // Once more: the same bundle.
  const bundle = await readFile(world.path('bundle.apex'));
  expect((await commands.unlearn()).exit).toBe(0);
  expect(await readFile(world.path('bundle.apex'))).toEqual(bundle);
  await commands.checkWeights();
});

test('verify', { timeout: 1_800_000 }, async () => {
  for (let kill = 0; kill < times; kill++) {
    await commands.verify(moment(10));
    await commands.checkBooks();
  }
  const { exit, output } = await commands.verify();
  // A run that was killed may have been through with its verdict.
  if (exit !== 0) expect(output).toContain('replayed-bundle');
  await commands.checkBooks({ accepted: 1 });
  expect((await commands.verify()).output).toContain('replayed-bundle');
  await commands.checkBooks({ accepted: 1 });
});
