// Rows of a block, and which blocks a mask touches.
import { expect, test } from 'vitest';
import { blockSizes, formCases, specOf } from '../../../../examples/studies/costs/cases.ts';
import { coverage, digitsMask, randomMask } from '../../../../examples/studies/costs/masks.ts';
import { dealtLog, isSkipped, maskRows } from '../../../../examples/studies/costs/mask-rows.ts';
import { rowsOf, tilesNeeded } from '../../../../stdlib/apex/circuit/capacity.ts';
import { deal, openLayout } from '../../../../stdlib/apex/circuit/layout.ts';
import type { TouchedBlock } from '../../../../stdlib/apex/documents/mask.ts';
import { inTier } from '../../../tier.ts';

const [inverse, factor, lowRank, kkt] = formCases;

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const shape = inTier<readonly [number, number]>({
  quick: [32, 64],
  normal: [32, 64],
  full: [64, 256],
});

/** The blocks that a random 8 % of a small layer touch. */
const touchedOf = (size: number): readonly TouchedBlock[] =>
  coverage(randomMask(0.08, [{ name: 'w', shape, orientation: 'out-in' }]), size).touched;

test.each(inTier({ quick: [], normal: [inverse!], full: [inverse!, factor!, kkt!] }))(
  '$name: rows of a block are those of its tiles',
  (form) => {
    const spec = specOf(form, 8)!;
    const touched = touchedOf(8);
    const found = maskRows(spec, touched);
    if (isSkipped(found)) throw new Error('a block of 8 is skipped');
    const { rows, byPurpose, parts, known } = found;
    const tiles = tilesNeeded(spec, touched, dealtLog);
    const { layout } = deal(touched, tiles);
    expect(rows).toBeCloseTo((rowsOf(spec, layout) * tiles) / touched.length, 9);
    expect(sum(Object.values(byPurpose))).toBeCloseTo(rows, 9);
    expect(sum(parts.map((part) => part.rows))).toBeCloseTo(rows, 9);
    expect(byPurpose.arithmetic).toBeGreaterThan(0);
    expect(byPurpose.opening).toBeGreaterThan(0);
    expect(byPurpose.hashing).toBeGreaterThan(0);
    expect(known).toBeGreaterThan(0.5);
    expect(rows).toBeLessThan(rowsOf(spec, openLayout(1)));
  },
);

test('a block past the limit is skipped, with the reason and what is expected', () => {
  const spec = specOf(lowRank!, 64)!;
  const found = maskRows(spec, touchedOf(64), 1000);
  if (!isSkipped(found)) throw new Error('recorded');
  expect(found.skipped).toContain('1000 are recorded');
  expect(found.expected / rowsOf(spec, openLayout(1))).toBeCloseTo(1, 1);
});

test('a block of which a tile holds one stands for itself, under an open mask', () => {
  const size = inTier({ quick: 42, normal: 42, full: 64 });
  const spec = specOf(kkt!, size)!;
  const found = maskRows(spec, touchedOf(size).slice(0, 3));
  if (isSkipped(found)) throw new Error('skipped');
  expect(found.rows).toBe(rowsOf(spec, openLayout(1)));
  expect(found.known).toBe(0);
});

test('kkt grows with the cube of a block: 256 wide is skipped', () => {
  expect(isSkipped(maskRows(specOf(kkt!, 256)!, []))).toBe(true);
});

test('a factor of rank 8 is no case of its own at 8 weights', () => {
  expect(specOf(lowRank!, 8)).toBeUndefined();
  expect(specOf(factor!, 8)).toBeDefined();
});

test('the random mask is seeded, and touches what a fair one would', () => {
  const mask = randomMask(0.04);
  const again = randomMask(0.04);
  expect(Buffer.from(mask.bits).equals(Buffer.from(again.bits))).toBe(true);
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
