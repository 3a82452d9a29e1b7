// The search over plans: what is tried, what is refused, and the front.
import { describe, expect, test } from 'vitest';
import { numeric } from '../../../compiler/ir/format.ts';
import { rowsOf, tilesNeeded } from '../../../stdlib/apex/circuit/capacity.ts';
import { blocksOf, deal } from '../../../stdlib/apex/circuit/layout.ts';
import { deriveEpsilon } from '../../../stdlib/apex/epsilon.ts';
import {
  candidates,
  defaultSpace,
  evaluate,
  explore,
  frontOf,
  type Point,
  type Space,
} from '../../../stdlib/apex/explore/index.ts';
import { randomlyTouched } from '../../../stdlib/apex/explore/typical-tile.ts';
import { inTier } from '../../tier.ts';

const small = {
  ...defaultSpace,
  forms: ['factor'] as const,
  sizes: [4, 8],
  ranks: [2, 8],
  weightBits: [16, 24],
  curvatureBits: [8],
  tolerances: [2 ** -8],
};
/** Where other widths and tolerances than a form's own take too long. */
const own: Pick<Space, 'curvatureBits' | 'tolerances'> = { curvatureBits: [], tolerances: [] };
const { curvatureBits, tolerances } = small;
const widths = inTier({ quick: own, normal: own, full: { curvatureBits, tolerances } });
const demands = { epsilon: 1e-2, memory: 4e9, masked: 0.04 };

describe('candidates', () => {
  test('every combination once; a rank that is full is no rank', () => {
    const all = candidates(small);
    expect(all.length).toBe(2 * 2 * 2 * 2 * 2);
    expect(all.filter(({ rank }) => rank === undefined).length).toBe(all.length / 2);
    expect(all.some(({ size, rank }) => rank !== undefined && rank >= size)).toBe(false);
  });

  test('only a factor has ranks', () => {
    const kkt = candidates({ ...small, forms: ['kkt'] });
    // 8 bits are less than the range of its curvature takes.
    expect(kkt.length).toBe(2 * 2 * 2);
    expect(kkt.every(({ rank }) => rank === undefined)).toBe(true);
  });

  test('widths that a form cannot have are left out', () => {
    expect(candidates({ ...small, weightBits: [2] })).toEqual([]);
    expect(candidates({ ...small, weightBits: [16], curvatureBits: [3] }).length).toBe(8);
  });
});

describe('one plan', () => {
  const [spec] = candidates({ ...small, sizes: [8], ranks: [8], weightBits: [24] });
  const point = evaluate(spec!, demands) as Point;
  const least = evaluate(spec!, { ...demands, memory: 8e8 }) as Point;

  test('ε is the derived one', () => {
    expect(point.epsilon).toBe(deriveEpsilon(spec!, 1).block);
  });

  const cut = inTier({ quick: [least], normal: [least], full: [least, point] });
  test.each(cut)('its tile of 2^$log rows is one that the client would cut', (found) => {
    const count = 8000;
    const touched = randomlyTouched(8, demands.masked, count);
    const tiles = tilesNeeded(spec!, touched, found.log);
    const { layout } = deal(touched, tiles);
    expect(Math.abs(found.blocks / blocksOf(layout) - 1)).toBeLessThan(0.05);
    // Rows are those of all tiles, over all blocks.
    const each = (rowsOf(spec!, layout) * tiles) / count / 8;
    expect((each * (1 - 0.96 ** 8)) / found.rowsPerWeight).toBeCloseTo(1, 1);
  });

  test('less memory, a smaller tile, dearer weights', () => {
    expect(least.log).toBeLessThan(point.log);
    expect(least.memory).toBeLessThanOrEqual(8e8);
    expect(least.coreMillisecondsPerWeight).toBeGreaterThan(point.coreMillisecondsPerWeight);
    // Fewer blocks in a tile, fewer masks that are part of it.
    expect(least.rowsPerWeight).toBeGreaterThan(point.rowsPerWeight);
  });

  test('inverse, the default form, is cheaper for few masked weights', () => {
    const [inverse] = candidates({ ...small, forms: ['inverse'], sizes: [8], weightBits: [24] });
    const found = evaluate(inverse!, { ...demands, epsilon: 1 }) as Point;
    expect(found.spec.form).toBe('inverse');
    // In rows of its own, and not only beside a factor that becomes cheaper, too.
    expect(found.rowsPerWeight).toBeLessThan(4.45);
    expect(point.rowsPerWeight).toBeLessThan(5.45);
    expect(found.rowsPerWeight).toBeLessThan(point.rowsPerWeight);
  });

  test('what is refused says why', () => {
    expect(evaluate(spec!, { ...demands, epsilon: 1e-9 })).toBe('epsilon');
    expect(evaluate(spec!, { ...demands, memory: 1e6 })).toBe('memory');
    const tight = { ...spec!, formats: { ...spec!.formats, tolerance: 2 ** -21 } };
    expect(evaluate(tight, demands)).toBe('refuses');
  });
});

test('the front: dearer only where it is better, and nothing beats it', () => {
  const sizes = inTier({ quick: [4], normal: [4], full: [4, 8] });
  const names = ['factor', 'inverse'] as const;
  const space = { ...small, ...widths, sizes, forms: names, weightBits: [12, 24] };
  const { points, refused } = explore(space, { ...demands, epsilon: 1 });
  const refusals = Object.values(refused).reduce((sum, count) => sum + count, 0);
  expect(points.length + refusals).toBe(sizes.length * inTier({ quick: 6, normal: 6, full: 24 }));
  const front = frontOf(points, 'rows', 'epsilon');
  expect(front.length).toBeGreaterThan(1);
  for (const [i, point] of front.entries()) {
    const previous = front[i - 1];
    if (previous) {
      expect(point.rowsPerWeight).toBeGreaterThan(previous.rowsPerWeight);
      expect(point.epsilon).toBeLessThan(previous.epsilon);
    }
    const beaten = points.some(
      (other) => other.rowsPerWeight < point.rowsPerWeight && other.epsilon < point.epsilon,
    );
    expect(beaten).toBe(false);
  }
});

test('refusals are counted by reason', () => {
  const space = { ...small, sizes: [4], ranks: [2], weightBits: [12] };
  const { points, refused } = explore(space, { ...demands, epsilon: 1e-6 });
  expect(points).toEqual([]);
  expect(refused).toEqual({ 'does not compile': 0, epsilon: 4, memory: 0, refuses: 0 });
});

test('against the rank: more directions cost more rows', () => {
  const { points } = explore({ ...small, ...widths, sizes: [8], weightBits: [24] }, demands);
  const ranks = frontOf(points, 'rows', 'rank').map(({ spec }) => spec.rank ?? spec.size);
  expect(ranks).toEqual([2, 8]);
  expect(numeric(points[0]!.spec.formats.weights)!.bits).toBe(24);
});
