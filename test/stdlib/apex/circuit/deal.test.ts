// How blocks are dealt out to tiles.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hidingRows } from '../../../../compiler/constraints/rows.ts';
import { deal, tileCount, type TileSet } from '../../../../stdlib/apex/circuit/deal.ts';
import { blocksOf, placesOf, type Shape } from '../../../../stdlib/apex/circuit/layout.ts';
import { RowModel, rowsOf } from '../../../../stdlib/apex/circuit/rows.ts';
import { smallestLog } from '../../../../stdlib/apex/circuit/tile-size.ts';
import { seededUniform } from '../../../../stdlib/apex/explore/seeded.ts';
import { makeSpec } from '../../../../stdlib/apex/step/index.ts';
import { runs } from '../../../tier.ts';
import { layouts, specOf } from './tiles.ts';

const spec = specOf(8);

/** Blocks of few columns, some shapes often and some once. */
const manyShapes: fc.Arbitrary<Shape[]> = fc
  .record({ count: fc.integer({ min: 1, max: 3000 }), seed: fc.nat(2 ** 20) })
  .map(({ count, seed }) => {
    const next = seededUniform(seed);
    const k = (): number => 1 + Math.floor(3 * next() ** 3);
    return Array.from({ length: count }, () =>
      Array.from({ length: k() }, () => (next() < 0.5 ? 4 : 8)).sort((a, b) => a - b),
    );
  });

const logs = fc.constantFrom(10, smallestLog, 14);

const positionsOf = (sets: readonly TileSet[]): number[] =>
  sets.flatMap(({ tiles }) => tiles.flat());

test('every block stands once in a place of its shape, and no place is empty', () => {
  fc.assert(
    fc.property(manyShapes, logs, (shapes, log) => {
      const sets = deal(spec, shapes, log);
      expect(positionsOf(sets).sort((a, b) => a - b)).toEqual(shapes.map((_, i) => i));
      for (const { layout, tiles } of sets) {
        const places = placesOf(layout);
        expect(tiles.length).toBeGreaterThan(0);
        expect(layout.every(({ blocks }) => blocks > 0)).toBe(true);
        expect(new Set(layout.map(({ shape }) => shape.join())).size).toBe(layout.length);
        for (const positions of tiles)
          expect(positions.map((position) => shapes[position]!.join())).toEqual(
            places.map((shape) => shape.join()),
          );
      }
    }),
    { numRuns: runs(16) },
  );
});

test('tiles are numbered in their order, and no two sets have the same layout', () => {
  fc.assert(
    fc.property(manyShapes, logs, (shapes, log) => {
      const sets = deal(spec, shapes, log);
      let tiles = 0;
      for (const set of sets) {
        expect(set.first).toBe(tiles);
        tiles += set.tiles.length;
      }
      expect(tileCount(sets)).toBe(tiles);
      const layouts = sets.map(({ layout }) => JSON.stringify(layout));
      expect(new Set(layouts).size).toBe(layouts.length);
    }),
    { numRuns: runs(16) },
  );
});

test('the same shapes are dealt the same way, whatever was counted before', () => {
  fc.assert(
    fc.property(manyShapes, logs, (shapes, log) => {
      const other = makeSpec({ size: 8, weightBits: 24, weightRange: 4 });
      expect(deal(other, shapes, log)).toEqual(deal(spec, shapes, log));
    }),
    { numRuns: runs(8) },
  );
});

test('no tile is fuller than it may be, and all but the last are nearly full', () => {
  const model = RowModel.of(spec);
  fc.assert(
    fc.property(manyShapes, logs, (shapes, log) => {
      const room = 2 ** log - hidingRows;
      const sets = deal(spec, shapes, log);
      sets.forEach(({ layout }, i) => {
        const rows = model.rows(layout);
        expect(rows).toBeLessThanOrEqual(room);
        if (i < sets.length - 1) expect(rows).toBeGreaterThan(0.9 * room);
      });
    }),
    { numRuns: runs(16) },
  );
});

test('a block that no tile holds is refused', () => {
  expect(() => deal(spec, [[4], [8, 8, 8]], 7)).toThrow(/a block with 3 masked weights takes/);
});

test('no blocks take no tile', () => {
  expect(deal(spec, [], smallestLog)).toEqual([]);
});

describe('rows of a tile', () => {
  test('are never more than the model says, and few less', () => {
    fc.assert(
      fc.property(layouts, ({ spec: own, layout }) => {
        const model = RowModel.of(specOf(own.size));
        const [rows, modelled] = [rowsOf(own, layout), model.rows(layout)];
        expect(rows).toBeLessThanOrEqual(modelled);
        expect(modelled - rows).toBeLessThanOrEqual(2 * blocksOf(layout));
      }),
      { numRuns: runs(12) },
    );
  });

  test('are those that the deal counts with', () => {
    const next = seededUniform(4);
    const shapes = Array.from({ length: 400 }, () => (next() < 0.4 ? [4] : [4, 8]));
    const [first] = deal(spec, shapes, smallestLog);
    const rows = rowsOf(spec, first!.layout);
    expect(rows).toBeLessThanOrEqual(2 ** smallestLog - hidingRows);
    expect(rows).toBeGreaterThan(0.95 * 2 ** smallestLog);
  });
});
