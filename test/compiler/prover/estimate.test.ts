// The model against what was measured on two cores, and the arithmetic around it.
import { describe, expect, test } from 'vitest';
import type { RowCounts } from '../../../compiler/constraints/rows.ts';
import { domainOf } from '../../../compiler/constraints/rows.ts';
import {
  bestJobs,
  estimate,
  jobsThatFit,
  rowsThatFit,
  verifiersFor,
} from '../../../compiler/prover/estimate.ts';
import { parseMemorySize, renderMemorySize } from '../../../compiler/prover/memory-size.ts';

const rowsOf = (Generic: number, RangeCheck0 = 0, poseidon = 0): RowCounts => ({
  Public: 1,
  Generic,
  RangeCheck0,
  Poseidon: 11 * poseidon,
  Zero: poseidon,
});

const measured: [string, RowCounts, { core: number; mebibytes: number }][] = [
  ['976 rows, no lookups', rowsOf(75, 0, 75), { core: 2.81, mebibytes: 562 }],
  ['3,901 rows, no lookups', rowsOf(300, 0, 300), { core: 4.4, mebibytes: 700 }],
  ['3,851 rows', rowsOf(2800, 1050), { core: 6.36, mebibytes: 789 }],
  ['7,976 rows', rowsOf(5800, 2175), { core: 8.07, mebibytes: 831 }],
  ['15,951 rows', rowsOf(11600, 4350), { core: 14.2, mebibytes: 1284 }],
  ['18,913 rows, with hashes', rowsOf(9000, 4500, 451), { core: 19.45, mebibytes: 1845 }],
  ['32,451 rows', rowsOf(23600, 8850), { core: 25.05, mebibytes: 1849 }],
  ['64,901 rows', rowsOf(47200, 17700), { core: 51.04, mebibytes: 3261 }],
];

test.each(measured)('%s', (_, rows, { core, mebibytes }) => {
  const machine = { cores: 2, memory: 8 * 2 ** 30 };
  const [one, two] = [1, 2].map((tiles) => estimate({ rows, tiles, jobs: 1 }, machine));
  const seconds = two!.coreSeconds - one!.coreSeconds;
  expect(Math.abs(seconds / core - 1)).toBeLessThan(0.06);
  const memory = one!.peakMemory / 2 ** 20;
  expect(memory).toBeGreaterThanOrEqual(mebibytes);
  expect(memory / mebibytes).toBeLessThan(1.21);
});

test('domains', () => {
  expect(domainOf(rowsOf(1020))).toBe(1024);
  expect(domainOf(rowsOf(1021))).toBe(2048);
  expect(domainOf(rowsOf(10, 1))).toBe(8192);
  expect(domainOf(rowsOf(65532))).toBe(65536);
});

describe('plans', () => {
  const rows = rowsOf(5800, 2175);
  const machine = { cores: 4, memory: 4e9 };

  test('more tiles take longer, more workers less', () => {
    const seconds = (tiles: number, jobs: number): number =>
      estimate({ rows, tiles, jobs }, machine).proveSeconds;
    expect(seconds(8, 1)).toBeCloseTo(8 * seconds(1, 1));
    expect(seconds(8, 4)).toBeLessThan(seconds(8, 2));
    expect(seconds(8, 2)).toBeLessThan(seconds(8, 1));
    expect(seconds(8, 8)).toBeGreaterThan(0.9 * seconds(8, 4));
  });

  test('few tiles are proved one after the other, many beside each other, as memory allows', () => {
    expect(bestJobs(rows, 1, machine)).toBe(1);
    expect(bestJobs(rows, 500, machine)).toBe(4);
    expect(bestJobs(rows, 500, { ...machine, memory: 2e9 })).toBe(2);
    expect(bestJobs(rows, 500, { ...machine, memory: 1 })).toBe(1);
  });

  test('nothing to do takes nothing', () => {
    const { compileSeconds, proveSeconds, coreSeconds, proofBytes } = estimate(
      { rows, tiles: 0, jobs: 2 },
      machine,
    );
    expect([compileSeconds, proveSeconds, coreSeconds, proofBytes]).toEqual([0, 0, 0, 0]);
  });

  test('what fits a budget', () => {
    expect(jobsThatFit(rows, machine)).toBe(4);
    expect(jobsThatFit(rows, { ...machine, memory: 2e9 })).toBe(2);
    expect(jobsThatFit(rows, { ...machine, memory: 5e8 })).toBe(0);
    expect(rowsThatFit(4e9, 1)).toBe(65533);
    expect(rowsThatFit(2 ** 32, 2)).toBe(32765);
    expect(rowsThatFit(5e8, 1)).toBe(0);
  });
});

test('verifying workers: one for few proofs, at most one for each core', () => {
  const machine = { cores: 4, memory: 2 ** 33 };
  expect([1, 8, 16, 17, 48, 49, 1000].map((tiles) => verifiersFor(tiles, machine))).toEqual([
    1, 1, 1, 2, 3, 4, 4,
  ]);
});

test('sizes of memory', () => {
  expect(['700MB', '4GiB', '1.5 gib', '123', '2kb'].map(parseMemorySize)).toEqual([
    700e6,
    4 * 2 ** 30,
    1.5 * 2 ** 30,
    123,
    2000,
  ]);
  for (const bad of ['', '0', '-1GB', '4 Gb it', '4G', 'GB', '1e9', '1,5GB', '99999999TB'])
    expect(() => parseMemorySize(bad)).toThrow(/error\[bad-size\].*\n.*700MB or 4GiB/);
  expect([830 * 2 ** 20, 1.85 * 2 ** 30, 23 * 2 ** 30].map(renderMemorySize)).toEqual([
    '830 MiB',
    '1.9 GiB',
    '23 GiB',
  ]);
});
