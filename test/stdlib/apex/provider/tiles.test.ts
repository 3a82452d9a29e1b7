// Which sizes of tiles a verifier takes on, and that every tile has a proof of the same kind.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countRows, hasLookups } from '../../../../compiler/constraints/rows.ts';
import { deal, tileCount } from '../../../../stdlib/apex/circuit/deal.ts';
import { shapeOf, type Shape } from '../../../../stdlib/apex/circuit/layout.ts';
import { unlearningTiles } from '../../../../stdlib/apex/circuit/tile.ts';
import { largestLog, leastLog, smallestLog } from '../../../../stdlib/apex/circuit/tile-size.ts';
import { seededUniform } from '../../../../stdlib/apex/explore/seeded.ts';
import { checkTiles } from '../../../../stdlib/apex/provider/check-tiles.ts';
import { Refused } from '../../../../stdlib/apex/provider/refused.ts';
import { runs } from '../../../tier.ts';
import { compileTile, specOf } from '../circuit/tiles.ts';

const spec = specOf(8);

/** Blocks whose weights are masked with a probability, as a random mask leaves them. */
const masked: fc.Arbitrary<Shape[]> = fc
  .record({
    count: fc.integer({ min: 1, max: 2000 }),
    part: fc.constantFrom(0.04, 0.2, 0.9),
    seed: fc.nat(2 ** 20),
  })
  .map(({ count, part, seed }) => {
    const next = seededUniform(seed);
    const live = (): number[] => [0, 1, 2, 3, 4, 5, 6, 7].filter(() => next() < part);
    return Array.from({ length: count }, () => shapeOf(8, live())).filter(
      ({ length }) => length > 0,
    );
  });

const verdictOn = (shapes: readonly Shape[], log: number, tiles?: number): string => {
  try {
    const own = tiles ?? tileCount(deal(spec, shapes, log));
    checkTiles(spec, shapes, { log, tiles: own }, unlearningTiles);
    return 'taken on';
  } catch (error) {
    if (error instanceof Refused) return error.reason.code;
    throw error;
  }
};

test('every size that unlearn can choose is taken on', () => {
  fc.assert(
    fc.property(masked, (shapes) => {
      for (let log = smallestLog; log <= largestLog; log++)
        expect(verdictOn(shapes, log)).toBe('taken on');
    }),
    { numRuns: runs(12) },
  );
});

test('many more tiles than that are not; few of a small size are', () => {
  const shapes = (count: number): Shape[] => new Array<Shape>(count).fill(shapeOf(8, [2, 7]));
  expect(verdictOn(shapes(4), leastLog)).toBe('taken on');
  expect(verdictOn(shapes(1000), leastLog)).toBe('bad-coverage');
  expect(verdictOn(shapes(1000), 10)).toBe('bad-coverage');
  expect(verdictOn(shapes(1000), smallestLog - 1)).toBe('taken on');
  expect(verdictOn([], leastLog)).toBe('taken on');
});

test('another number of tiles, and blocks that fit none', () => {
  expect(verdictOn([[8]], smallestLog, 2)).toBe('bad-coverage');
  expect(verdictOn([[8]], smallestLog, 0)).toBe('bad-coverage');
  const whole = specOf(16);
  const block = shapeOf(16, [...Array(16).keys()]);
  expect(() => checkTiles(whole, [block], { log: leastLog, tiles: 1 }, unlearningTiles)).toThrow(
    Refused,
  );
});

test('every tile has range checks, so its proof has the parts of a lookup', () => {
  for (const size of [1, 2, 8, 32])
    for (const live of [[0], [size - 1], size > 1 ? [0, size - 1] : [0]]) {
      const { system } = compileTile(specOf(size), [{ shape: shapeOf(size, live), blocks: 1 }]);
      expect(hasLookups(countRows(system))).toBe(true);
    }
});
