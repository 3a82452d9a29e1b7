// Rows of a block, and which blocks a mask touches.
import { expect, test } from 'vitest';
import { blockRows, isSkipped } from '../../../examples/bench/block-rows.ts';
import { blockSizes, formCases, specOf } from '../../../examples/bench/cases.ts';
import { coverage, digitsMask, randomMask } from '../../../examples/bench/masks.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import { countRows, totalRows } from '../../../compiler/constraints/rows.ts';
import { tileCircuit, type StepSpec } from '../../../stdlib/apex/circuit/tile.ts';

const totalOf = (spec: StepSpec, blocks: number): number =>
  totalRows(countRows(compileCircuit(tileCircuit(spec, blocks)).system));

const [factor, lowRank, kkt] = formCases;

test.each(formCases)('$name: rows of a block are what a tile grows by', (form) => {
  const spec = specOf(form, 16)!;
  const block = blockRows(spec);
  if (isSkipped(block)) throw new Error('a block of 16 is skipped');
  const { rows, byPurpose, parts } = block;
  expect(Math.abs(totalOf(spec, 5) - totalOf(spec, 2) - 3 * rows)).toBeLessThan(3);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  expect(sum(Object.values(byPurpose))).toBeCloseTo(rows, 9);
  expect(sum(parts.map((part) => part.rows))).toBeCloseTo(rows, 9);
  expect(byPurpose.arithmetic).toBeGreaterThan(0);
  expect(byPurpose.opening).toBeGreaterThan(0);
});

test('a block past the limit is skipped, with the reason and what is expected', () => {
  const spec = specOf(lowRank!, 64)!;
  const block = blockRows(spec, 1000);
  if (!isSkipped(block)) throw new Error('recorded');
  expect(block.skipped).toContain('1000 are recorded');
  expect(block.expected / totalOf(spec, 1)).toBeCloseTo(1, 1);
});

test('a block of which two are past the limit stands for itself', () => {
  const spec = specOf(factor!, 16)!;
  const block = blockRows(spec, 1000);
  if (isSkipped(block)) throw new Error('skipped');
  expect(block.rows).toBe(totalOf(spec, 1));
});

test('kkt grows with the cube of a block: 256 wide is skipped, 64 wide is not', () => {
  expect(isSkipped(blockRows(specOf(kkt!, 256)!))).toBe(true);
});

test('a factor of rank 8 is no case of its own at 8 weights', () => {
  expect(specOf(lowRank!, 8)).toBeUndefined();
  expect(specOf(factor!, 8)).toBeDefined();
});

test('the random mask is seeded, and touches what a fair one would', () => {
  const mask = randomMask(0.04);
  expect(Buffer.from(mask.bits)).toEqual(Buffer.from(randomMask(0.04).bits));
  for (const size of [8, 64]) {
    const { blocks, touched, weights } = coverage(mask, size);
    expect(weights).toBe(768 * 3072);
    expect(blocks).toBe(weights / size);
    expect(touched.length / blocks).toBeCloseTo(1 - 0.96 ** size, 2);
  }
});

test("the digits' mask is clustered: it touches fewer blocks than a random one", async () => {
  const mask = await digitsMask();
  const fractions = blockSizes.map((size) => {
    const { blocks, touched } = coverage(mask, size);
    return touched.length / blocks;
  });
  expect(fractions[0]).toBeLessThan(1 - 0.96 ** 8);
  expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
});
