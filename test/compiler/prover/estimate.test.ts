// The arithmetic around the cost model; cost.test.ts holds the model against what was measured.
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

  /** Bytes of one worker. */
  const { peakMemory: one } = estimate({ rows, tiles: 1, jobs: 1 }, machine);

  test('few tiles are proved one after the other, many beside each other, as memory allows', () => {
    expect(bestJobs(rows, 1, machine)).toBe(1);
    expect(bestJobs(rows, 500, machine)).toBe(4);
    expect(bestJobs(rows, 500, { ...machine, memory: 2.5 * one })).toBe(2);
    expect(bestJobs(rows, 500, { ...machine, memory: 1 })).toBe(1);
  });

  test('computing the basis of the domain takes longer than reading it', () => {
    const seconds = (basis: boolean): number =>
      estimate({ rows, tiles: 4, jobs: 2, basis }, machine).compileSeconds;
    expect(seconds(false)).toBeGreaterThan(seconds(true));
    expect(estimate({ rows, tiles: 4, jobs: 2 }, machine).compileSeconds).toBe(seconds(true));
  });

  test('nothing to do takes nothing', () => {
    const { compileSeconds, proveSeconds, coreSeconds, proofBytes } = estimate(
      { rows, tiles: 0, jobs: 2 },
      machine,
    );
    expect([compileSeconds, proveSeconds, coreSeconds, proofBytes]).toEqual([0, 0, 0, 0]);
  });

  test('what fits a budget', () => {
    expect(jobsThatFit(rows, { ...machine, memory: 9 * one })).toBe(4);
    expect(jobsThatFit(rows, { ...machine, memory: 2.5 * one })).toBe(2);
    expect(jobsThatFit(rows, { ...machine, memory: 0.9 * one })).toBe(0);
    expect(rowsThatFit(1.2 * one, 1)).toBe(8189);
    expect(rowsThatFit(2.4 * one, 2)).toBe(8189);
    expect(rowsThatFit(1.2 * one, 2)).toBe(0);
    expect(rowsThatFit(64e9, 1)).toBe(65533);
  });

  test('a tile of 2^13 rows with range checks fits 700 MB', () => {
    expect(rowsThatFit(700e6, 1)).toBeGreaterThanOrEqual(8189);
  });
});

test('verifying workers: one for few proofs, at most one for each core', () => {
  const machine = { cores: 4, memory: 2 ** 33 };
  expect([1, 64, 256, 257, 768, 769, 5000].map((tiles) => verifiersFor(tiles, machine))).toEqual([
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
