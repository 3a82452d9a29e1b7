// The search over plans: what is tried, what is refused, and the front.
import { describe, expect, test } from 'vitest';
import { numeric } from '../../../compiler/ir/format.ts';
import { totalRows } from '../../../compiler/constraints/rows.ts';
import { deal, tileCount } from '../../../stdlib/apex/circuit/deal.ts';
import {
  candidates,
  defaultSpace,
  evaluate,
  explore,
  frontOf,
  type Point,
} from '../../../stdlib/apex/explore/index.ts';
import { randomShapes, typicalTile } from '../../../stdlib/apex/explore/typical-tile.ts';
import { blockEpsilon, makeSpec } from '../../../stdlib/apex/step/index.ts';
import { inTier } from '../../tier.ts';

const small = { ...defaultSpace, sizes: [4, 8], weightBits: [16, 24], tolerances: [2 ** -8] };
const demands = { epsilon: 1e-1, memory: 4e9, masked: 0.04 };

describe('candidates', () => {
  test('every combination once', () => {
    const { specs, impossible } = candidates(small);
    expect(specs.length).toBe(2 * 2 * 2);
    expect(impossible).toBe(0);
    const twice = { ...small, sizes: [4, 4], tolerances: [2 ** -8, 2 ** -8] };
    expect(candidates(twice).specs.length).toBe(2 * 2);
  });

  test('what no plan can have is counted', () => {
    expect(candidates({ ...small, weightBits: [3] })).toEqual({ specs: [], impossible: 4 });
    // Below a unit of the weights rounding alone exceeds it.
    const tight = candidates({ ...small, weightBits: [16], tolerances: [2 ** -20] });
    expect(tight.specs.map(({ tolerance }) => tolerance)).toEqual([2 ** -13, 2 ** -13]);
    expect(tight.impossible).toBe(2);
  });
});

describe('one plan', () => {
  const spec = makeSpec({ size: 8, weightBits: 24, weightRange: 4 });
  const point = evaluate(spec, demands) as Point;
  const least = evaluate(spec, { ...demands, memory: 8e8 }) as Point;

  test('ε is that of a block which is masked whole', () => {
    expect(point.epsilon).toBe(blockEpsilon(spec, 8));
  });

  test('its rows are those of the tiles that a client would cut', () => {
    const log = 13;
    const { blocks, counts } = typicalTile(spec, demands.masked, log);
    const next = randomShapes(8, demands.masked);
    const shapes = Array.from({ length: 8 * blocks }, () => next());
    const tiles = tileCount(deal(spec, shapes, log));
    expect(Math.abs(tiles / 8 - 1)).toBeLessThan(0.15);
    expect(totalRows(counts)).toBeLessThanOrEqual(2 ** log);
    expect(totalRows(counts)).toBeGreaterThan(0.9 * 2 ** log);
  });

  test('less memory, a smaller tile, dearer weights', () => {
    expect(least.log).toBeLessThan(point.log);
    expect(least.memory).toBeLessThanOrEqual(8e8);
    expect(least.coreMillisecondsPerWeight).toBeGreaterThan(point.coreMillisecondsPerWeight);
  });

  test('what is refused says why', () => {
    expect(evaluate(spec, { ...demands, epsilon: 1e-9 })).toBe('epsilon');
    expect(evaluate(spec, { ...demands, memory: 1e6 })).toBe('memory');
  });
});

test('the front: dearer only where it is better, and nothing beats it', () => {
  const sizes = inTier({ quick: [4, 8], normal: [4, 8], full: [8, 16, 32, 64] });
  const space = { ...small, sizes, weightBits: [16, 24], tolerances: [] };
  const { points, refused } = explore(space, demands);
  const refusals = Object.values(refused).reduce((sum, count) => sum + count, 0);
  expect(points.length + refusals).toBe(2 * sizes.length);
  for (const quality of ['epsilon', 'size'] as const) {
    const front = frontOf(points, 'rows', quality);
    expect(front.length).toBeGreaterThan(quality === 'size' ? 1 : 0);
    for (const [i, point] of front.entries())
      expect(point.rowsPerWeight).toBeGreaterThan(front[i - 1]?.rowsPerWeight ?? 0);
  }
  const front = frontOf(points, 'rows', 'epsilon');
  for (const point of front)
    expect(
      points.some(
        (other) => other.rowsPerWeight < point.rowsPerWeight && other.epsilon < point.epsilon,
      ),
    ).toBe(false);
});

test('refusals are counted by reason', () => {
  const space = { ...small, sizes: [4], weightBits: [3, 16] };
  const { points, refused } = explore(space, { ...demands, epsilon: 1e-9 });
  expect(points).toEqual([]);
  expect(refused).toEqual({ impossible: 2, epsilon: 2, memory: 0 });
});

test('against the size: wider blocks cost more rows', () => {
  const space = { ...small, weightBits: [24], tolerances: [] };
  const { points } = explore(space, demands);
  expect(frontOf(points, 'rows', 'size').map(({ spec }) => spec.size)).toEqual([4, 8]);
  expect(numeric(points[0]!.spec.weights)!.bits).toBe(24);
});
