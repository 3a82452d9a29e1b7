// A tile accepts: honest blocks of any layout, exactly up to τ, under exactly the leaves and commitments that were made outside of
// the circuit.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../tier.ts';
import { exactBlock, honestBlock, residualsOf, toleranceOf } from './exact.ts';
import { makeSpec } from '../../../../stdlib/apex/step/index.ts';
import {
  committed,
  compileTile,
  expected,
  honestPlaces,
  inputsOf,
  layouts,
  proves,
  specOf,
} from './tiles.ts';

test('honest blocks in any layout: a proof states what the client and the verifier compute', () => {
  fc.assert(
    fc.property(layouts, ({ spec, layout, seed }) => {
      const places = honestPlaces(spec, layout, seed);
      const tile = compileTile(spec, layout);
      expect(proves(tile, inputsOf(spec, places), expected(spec, places))).toBe(true);
    }),
    { numRuns: runs(16) },
  );
});

describe.each([[[4]], [[4, 8]], [[8, 8, 8]], [[4, 4, 8, 8]]])('columns of %j', (shape) => {
  const spec = specOf(8);
  const tile = compileTile(spec, [{ shape, blocks: 1 }]);
  const limit = toleranceOf(spec);

  test.each(shape.map((_, i) => i))('residual %i lies in [−τ, τ)', (at) => {
    const accepted = [-limit - 1n, -limit, 0n, limit - 1n, limit].map((residual) => {
      const residuals = shape.map((_, i) => (i === at ? residual : 0n));
      const block = exactBlock(spec, shape, residuals, 5);
      expect(residualsOf(spec, block)).toEqual(residuals);
      const places = [committed(block)];
      return proves(tile, inputsOf(spec, places), expected(spec, places));
    });
    expect(accepted).toEqual([false, true, true, true, false]);
  });
});

test('ν away from the solution by τ / φ and more, where K is as small as it can be', () => {
  const spec = specOf(8);
  const tile = compileTile(spec, [{ shape: [4], blocks: 1 }]);
  const zero = { shape: [4], root: [[0, 0, 0, 0]], weights: [3] };
  const solution = 3 * 2 ** (8 + 3);
  const farthest = 2 ** (8 + 3);
  const accepted = (by: number): boolean => {
    const places = [committed({ ...zero, multipliers: [solution + by] })];
    return proves(tile, inputsOf(spec, places), expected(spec, places));
  };
  expect([-farthest - 1, -farthest, farthest - 1, farthest].map(accepted)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  for (let far = 2 * farthest; far < 2 ** 47; far *= 8)
    expect([accepted(far), accepted(-far)]).toEqual([false, false]);
});

test('the largest tolerance of all, and residuals that no double holds', () => {
  const [size, weightBits, largest] = [64, 30, 29];
  const spec = makeSpec({ size, weightBits, weightRange: 4, tolerance: 4 });
  const shape = [16];
  const tile = compileTile(spec, [{ shape, blocks: 1 }]);
  const zero = { shape, root: [new Array<number>(16).fill(0)], weights: [3] };
  // K = φ, and ν has 6 fractional bits more than θ.
  const [solution, farthest] = [3 * 2 ** (8 + 6), 2 ** (largest + 8 + 6)];
  const accepted = (by: number): boolean => {
    const places = [committed({ ...zero, multipliers: [solution + by] })];
    return proves(tile, inputsOf(spec, places), expected(spec, places));
  };
  const edges = [-farthest - 1, -farthest, farthest - 1, farthest];
  expect(edges.map(accepted)).toEqual([false, true, true, false]);
});

test('multipliers in another order are other multipliers', () => {
  const spec = specOf(8);
  const shape = [8, 8, 8];
  const tile = compileTile(spec, [{ shape, blocks: 1 }]);
  const block = honestBlock(spec, shape, 9);
  const [a, b, c] = block.multipliers as [number, number, number];
  for (const multipliers of [
    [b, a, c],
    [a, c, b],
    [c, a, b],
  ]) {
    const places = [committed({ ...block, multipliers })];
    expect(proves(tile, inputsOf(spec, places), expected(spec, places))).toBe(false);
  }
});
