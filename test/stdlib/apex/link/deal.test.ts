// Blocks of a link take a large part of a tile: they are dealt out all the same, and equal ones share a circuit.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countRows,
  hasLookups,
  hidingRows,
  totalRows,
} from '../../../../compiler/constraints/rows.ts';
import { deal, tileCount } from '../../../../stdlib/apex/circuit/deal.ts';
import { placesOf } from '../../../../stdlib/apex/circuit/layout.ts';
import { smallestLog } from '../../../../stdlib/apex/circuit/tile-size.ts';
import { linkTiles } from '../../../../stdlib/apex/link/circuit.ts';
import { linkKey, linkShapeOf, type LinkShape } from '../../../../stdlib/apex/link/shape.ts';
import { runs } from '../../../tier.ts';
import { compileTile, someEntries, specOf } from './tiles.ts';

const all = (size: number): number[] => Array.from({ length: size }, (_, i) => i);

test('equal blocks of 32 without S: few circuits, though five of them leave an eighth of a tile', () => {
  const spec = specOf(32);
  const shape = linkShapeOf(32, { live: [], linked: all(32) });
  const sets = deal(spec, new Array<LinkShape>(64).fill(shape), smallestLog, linkTiles);
  expect(tileCount(sets)).toBe(13);
  expect(sets.map(({ tiles }) => tiles.length)).toEqual([12, 1]);
});

test('every block stands in one place of its shape, and no tile is too large', () => {
  const spec = specOf(8);
  fc.assert(
    fc.property(fc.array(someEntries(8), { minLength: 1, maxLength: 30 }), (blocks) => {
      const shapes = blocks.map((block) => linkShapeOf(8, block));
      const sets = deal(spec, shapes, 11, linkTiles);
      const seen = sets.flatMap(({ tiles }) => tiles.flat());
      expect([...seen].sort((a, b) => a - b)).toEqual(all(blocks.length));
      for (const { layout, tiles } of sets) {
        const rows = totalRows(countRows(compileTile(spec, layout).system));
        expect(rows).toBeLessThanOrEqual(2 ** 11 - hidingRows);
        for (const places of tiles)
          expect(places.map((place) => linkKey(shapes[place]!))).toEqual(
            placesOf(layout).map(linkKey),
          );
      }
    }),
    { numRuns: runs(8) },
  );
});

test('every tile has range checks, so its proof has the parts of a lookup', () => {
  for (const size of [1, 2, 8])
    for (const live of size > 1 ? [[], [size - 1]] : [[]]) {
      const shape = linkShapeOf(size, { live, linked: [0] });
      const { system } = compileTile(specOf(size), [{ shape, blocks: 1 }]);
      expect(hasLookups(countRows(system))).toBe(true);
    }
});
