// Rows of a mask's blocks, and which blocks it touches.
import { expect, test } from 'vitest';
import { hidingRows } from '../../../../compiler/constraints/rows.ts';
import { blockSizes, specOf } from '../../../../examples/studies/costs/cases.ts';
import { maskRows } from '../../../../examples/studies/costs/mask-rows.ts';
import { coverage, digitsMask, randomMask } from '../../../../examples/studies/costs/masks.ts';
import { deal, tileCount } from '../../../../stdlib/apex/circuit/deal.ts';
import { rowsOf } from '../../../../stdlib/apex/circuit/rows.ts';
import { inTier } from '../../../tier.ts';

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** A random 4 % of a small layer. */
const small = randomMask(0.04, [{ name: 'w', shape: [256, 64], orientation: 'out-in' }]);

test.each(inTier({ quick: [], normal: [8], full: [...blockSizes] }))(
  'blocks of %i: rows of a block are those of all tiles',
  (size) => {
    const spec = specOf(size);
    const { shapes } = coverage(small, size);
    const log = 13;
    const { rows, byPurpose, parts, tiles, circuits, empty } = maskRows(spec, shapes, log);
    const sets = deal(spec, shapes, log);
    const all = sum(sets.map(({ layout, tiles: own }) => rowsOf(spec, layout) * own.length));
    expect(rows).toBeCloseTo(all / shapes.length, 9);
    expect(tiles).toBe(tileCount(sets));
    expect(circuits).toBe(sets.length);
    expect(all).toBeLessThanOrEqual(tiles * (2 ** log - hidingRows));
    expect(empty).toBeCloseTo(1 - all / (tiles * 2 ** log), 9);
    expect(sum(Object.values(byPurpose))).toBeCloseTo(rows, 9);
    expect(sum(parts.map((part) => part.rows))).toBeCloseTo(rows, 9);
    for (const purpose of ['arithmetic', 'opening', 'hashing', 'range', 'linking'] as const)
      expect(byPurpose[purpose]).toBeGreaterThan(0);
  },
);

test('the random mask is seeded, and touches what a fair one would', () => {
  const mask = randomMask(0.04);
  const again = randomMask(0.04);
  expect(Buffer.from(mask.bits).equals(Buffer.from(again.bits))).toBe(true);
  for (const size of [8, 64]) {
    const { blocks, positions, touched, shapes, weights } = coverage(mask, size);
    expect(weights).toBe(768 * 3072);
    expect(blocks).toBe(weights / size);
    expect(touched.length / blocks).toBeCloseTo(1 - 0.96 ** size, 2);
    expect(positions.length / weights).toBeCloseTo(0.04, 3);
    expect(sum(shapes.map(({ length }) => length))).toBe(positions.length);
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
