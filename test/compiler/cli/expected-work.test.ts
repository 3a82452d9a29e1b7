// The forecast that `lethe apex unlearn` prints before it begins.
import { expect, test } from 'vitest';
import { describeWork, expectWork } from '../../../compiler/cli/actions/apex/expected-work.ts';
import { estimate } from '../../../compiler/prover/estimate.ts';
import type { Work, WorkSet } from '../../../stdlib/apex/index.ts';

const machine = { cores: 2, memory: 4e9 };
const rows = { Public: 10, Generic: 4000, RangeCheck0: 2000, Poseidon: 1500, Zero: 200 };
const set = (own: Partial<WorkSet>): WorkSet => ({ rows, tiles: 4, finished: 0, jobs: 2, ...own });
const work = (sets: readonly WorkSet[], own: Partial<Work> = {}): Work => ({
  sets,
  log: 13,
  live: 900,
  blocks: 700,
  proved: 500,
  tiles: sets.reduce((sum, { tiles }) => sum + tiles, 0),
  finished: sets.reduce((sum, { finished }) => sum + finished, 0),
  aside: [],
  openingBytes: 1000,
  ...own,
});

test('circuits follow each other: seconds add up, memory does not', () => {
  const one = expectWork(work([set({})]), machine);
  const two = expectWork(work([set({}), set({})]), machine);
  expect(two.seconds).toBeCloseTo(2 * one.seconds, 6);
  expect(two.memory).toBe(one.memory);
  expect(two).toMatchObject({ tiles: 8, circuits: 2, jobs: 2, rows: 2 * one.rows });
});

test('what is finished takes no time, and stays in the bundle', () => {
  const all = expectWork(work([set({})]), machine);
  const done = expectWork(work([set({ finished: 4 })]), machine);
  expect(done).toMatchObject({ seconds: 0, memory: 0, bundleBytes: all.bundleBytes });
  const { proofBytes } = estimate({ rows, tiles: 4, jobs: 1 }, machine);
  expect(all.bundleBytes).toBe(1000 + proofBytes);
});

test('nothing to prove', () => {
  const none = work([], { live: 0, blocks: 0, proved: 0, openingBytes: 0 });
  expect(expectWork(none, machine)).toEqual({
    ...{ seconds: 0, memory: 0, bundleBytes: 0, rows: 0 },
    ...{ tiles: 0, circuits: 0, jobs: 0 },
  });
});

test('says what is kept, what is finished, and what is left aside', () => {
  const some = work([set({ finished: 1 })], { aside: [14] });
  const text = describeWork(some, expectWork(some, machine));
  expect(text).toContain('900 masked weights in 700 blocks, 200 of them kept as they were');
  expect(text).toContain('4 tiles of at most 2^13 rows in 1 circuits, 1 of them finished before');
  expect(text).toContain('what was finished in tiles of 2^14 rows is left aside');
});
