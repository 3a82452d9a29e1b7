// The protocol with real proofs, window after window: one tile each.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readFile, writeFile } from 'node:fs/promises';
import { currentWeights } from '../../../stdlib/apex/client/export.ts';
import {
  unlearn,
  type State,
  type Unlearned,
  type VerifiedBundle,
} from '../../../stdlib/apex/index.ts';
import { spread, World, type WorldOptions } from './fixture.ts';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

let world: World;
let files = 0;
const begin = async (options?: WorldOptions): Promise<void> => {
  world = await World.make(options);
};
beforeEach(() => void (files = 0));
afterEach(() => world.remove());

interface Answered {
  readonly done: Unlearned;
  readonly verdict: VerifiedBundle;
  readonly out: string;
}

async function answer(
  client: State,
  positions: readonly number[],
  anew = false,
): Promise<Answered> {
  const window = await world.window(positions);
  const out = world.path(`${files++}.apex`);
  const done = await unlearn({ folder: client.folder, window, out, anew, log: 13, jobs: 1 });
  // A bit of the bundle changed: the client has not signed it.
  const bytes = await readFile(out);
  bytes[bytes.length - 100]! ^= 1;
  await writeFile(`${out}.changed`, bytes);
  expect((await world.verify(`${out}.changed`)).reason?.code).toBe('forged-bundle');
  return { done: done!, verdict: await world.verify(out), out };
}

const weightAt = async (client: State, number: number): Promise<number[]> => {
  const { openState } = await import('../../../stdlib/apex/index.ts');
  const weights = await currentWeights(await openState(client.folder));
  try {
    return [...(await weights.block(number))];
  } finally {
    await weights.close();
  }
};

test('windows that overlap and nest, one by one; what has not changed keeps its commitment', async () => {
  await begin();
  const ada = await world.client('ada');
  const first = await answer(ada, spread);
  expect(first.verdict).toMatchObject({ accepted: true, warnings: [] });
  expect(first.done).toMatchObject({ live: spread.length, proved: 9, blocks: 9 });
  const second = await answer(ada, [1, 5, 70]);
  expect(second.verdict).toMatchObject({ accepted: true, warnings: [] });
  expect(second.done).toMatchObject({ live: spread.length + 2, proved: 2, blocks: 9 });
  const third = await answer(ada, [2], true);
  expect(third.verdict).toMatchObject({ accepted: true });
  expect(third.done).toMatchObject({ proved: 9, blocks: 9 });
});

test('a provider that keeps leaves; a block masked whole; an old client that skipped a window, and a newcomer', async () => {
  await begin({ keeps: 'leaves' });
  const ada = await world.client('ada');
  const row = [12, 13, 14, 15, 16, 17, 18, 19];
  const first = await world.window([...row, 0, 56]);
  const bob = await world.client('bob', { seed: 31, window: first });
  // Ada skips the first window.
  const old = await answer(ada, [1, 30]);
  expect(old.verdict).toMatchObject({ accepted: true, warnings: [] });
  expect(old.done.header.siblings).toBe(0);
  expect(await weightAt(ada, 2)).toEqual(new Array(8).fill(0));
  const newcomer = await answer(bob, [1, 30, 13]);
  // A mask that adds nothing is the window that ada has answered.
  expect(newcomer.verdict).toMatchObject({ accepted: true, warnings: [] });
  expect(newcomer.done).toMatchObject({ live: 2, blocks: 2, uncompensated: 0 });
  expect(await weightAt(bob, 2)).toEqual(new Array(8).fill(0));
  expect((await weightAt(bob, 0)).slice(0, 2)).toEqual([0, 0]);
  // A window that is new for nobody's blocks but one: bob answers it with one proof, and ada with one.
  for (const client of [ada, bob]) {
    const next = await answer(client, [31]);
    expect(next.verdict).toMatchObject({ accepted: true });
    expect(next.done.proved).toBe(1);
  }
});
