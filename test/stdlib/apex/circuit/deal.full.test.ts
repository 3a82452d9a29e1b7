// How many rows stay empty where blocks of 32 are dealt out: on a random mask, and on clustered ones.
import { expect, test } from 'vitest';
import { coverage, digitsMask, randomMask } from '../../../../examples/studies/costs/masks.ts';
import { maskRows } from '../../../../examples/studies/costs/mask-rows.ts';
import { deal, tileCount } from '../../../../stdlib/apex/circuit/deal.ts';
import { shapeOf, type Shape } from '../../../../stdlib/apex/circuit/layout.ts';
import { RowModel } from '../../../../stdlib/apex/circuit/rows.ts';
import { smallestLog } from '../../../../stdlib/apex/circuit/tile-size.ts';
import { seededUniform } from '../../../../stdlib/apex/explore/seeded.ts';
import { specOf } from './tiles.ts';

const spec = specOf(32);
const layer = { name: 'w', shape: [260, 768], orientation: 'out-in' } as const;

test('a random mask of 4 %: at most 5 %, the last tile included', () => {
  const { shapes } = coverage(randomMask(0.04, [layer]), spec.size);
  const { empty, circuits, tiles } = maskRows(spec, shapes, 14);
  expect(empty).toBeLessThan(0.05);
  expect(circuits).toBeLessThan(tiles / 4);
});

test('the mask of the digits: at most 10 %', async () => {
  const { shapes } = coverage(await digitsMask(), spec.size);
  expect(maskRows(spec, shapes, smallestLog).empty).toBeLessThan(0.1);
});

/** Few rows of a matrix have most of the masked weights, as those have that a saliency names. */
function clusteredShapes(): Shape[] {
  const next = seededUniform(12);
  return Array.from({ length: 3000 }, () => {
    const density = 0.12 * next() ** 4;
    const live = Array.from({ length: spec.size }, (_, i) => i).filter(() => next() < density);
    return shapeOf(spec.size, live);
  }).filter(({ length }) => length > 0);
}

test('a clustered mask: at most 10 %', () => {
  const shapes = clusteredShapes();
  const model = RowModel.of(spec);
  const sets = deal(spec, shapes, smallestLog);
  const filled = sets.reduce(
    (sum, { layout, tiles }) => sum + model.rows(layout) * tiles.length,
    0,
  );
  expect(filled / (tileCount(sets) * 2 ** smallestLog)).toBeGreaterThan(0.9);
});
