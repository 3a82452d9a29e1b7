// `unlearn` and `verify` killed at sixty random moments each, then run to their end; and what was begun under an answer that keeps
// commitments, with every block proved anew in the end.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { State, Window } from '../../../stdlib/apex/index.ts';
import { spread, World } from './fixture.ts';
import { Commands } from './kills.ts';

/** Kill points of each command; a quarter of them for the second window. */
const most = 60;
let world: World;
let ada: State;
let second: Window;
let commands: Commands;

beforeAll(async () => {
  world = await World.make();
  ada = await world.client('ada');
  const first = await world.window(spread);
  second = await world.window([1]);
  commands = await Commands.make(world, ada.folder, first);
});
afterAll(() => world.remove());

/** Early and late moments of something that takes about `seconds`. */
const moment = (seconds: number): number => 1000 * seconds * Math.random() ** 1.5;

/** The preparation, and later the answer, never change. */
async function killed(
  own: Commands,
  times: number,
  options: readonly string[] = [],
): Promise<void> {
  let id = await own.prepared(null);
  let answered = false;
  for (let kill = 0; kill < times; kill++) {
    await own.unlearn(moment(25), ...options);
    const answer = await own.checkState();
    // What was done stays done.
    expect(answered && answer === undefined).toBe(false);
    answered = answer !== undefined;
    const now = await own.prepared(null);
    if (id !== undefined) expect(now).toBe(id);
    id = now;
  }
}

/** Runs it to its end, and once more. */
async function completed(own: Commands, options: readonly string[] = []): Promise<void> {
  const id = await own.prepared(null);
  const { exit, output } = await own.unlearn(undefined, ...options);
  expect([exit, output]).toEqual([0, expect.stringContaining('"ok":true')]);
  expect(await own.checkState()).toMatchObject({ kept: null });
  if (id !== undefined) expect(await own.prepared(null)).toBe(id);
  await own.checkWeights();
  // Once more: the same bundle.
  const bundle = await readFile(own.bundle);
  expect((await own.unlearn()).exit).toBe(0);
  expect(await readFile(own.bundle)).toEqual(bundle);
  await own.checkWeights();
}

async function verified(own: Commands, times: number): Promise<void> {
  let known = false;
  for (let kill = 0; kill < times; kill++) {
    await own.verify(moment(10));
    const accepted = await own.checkBooks();
    expect(known && !accepted).toBe(false);
    known = accepted;
  }
  const { exit, output } = await own.verify();
  // A run that was killed may have been through with its verdict.
  if (exit !== 0) expect(output).toContain('replayed-bundle');
  expect(await own.checkBooks()).toBe(true);
  expect((await own.verify()).output).toContain('replayed-bundle');
  expect(await own.checkBooks()).toBe(true);
}

test('unlearn', { timeout: 1_800_000 }, async () => {
  await killed(commands, most);
  await completed(commands);
});

test('verify', { timeout: 1_800_000 }, async () => {
  await verified(commands, most);
});

test('begun with commitments that are kept, then anew', { timeout: 3_600_000 }, async () => {
  const own = await Commands.make(world, ada.folder, second);
  const { root } = (await commands.checkState())!;
  await own.unlearn(own.untilPrepared(root));
  const keeping = await own.prepared(root);
  expect(keeping).toBeDefined();
  await killed(own, most / 4, ['--anew']);
  await completed(own, ['--anew']);
  // The work that was begun first is as it was, and takes no part.
  expect(await own.prepared(root)).toBe(keeping);
  await verified(own, most / 4);
});
