import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  columnOffsets,
  makeSpec,
  unlearnedBlock,
  type HeldBlock,
} from '../../../../stdlib/apex/step/index.ts';
import { runs } from '../../../tier.ts';
import { anyBlock, definition, integerFrom, sizes, someEntries } from './blocks.ts';

test('θ_u is its definition in big integers, for all numbers of the formats', () => {
  fc.assert(
    fc.property(sizes, (own) => {
      const { spec, length, random } = own;
      const block = anyBlock(own);
      const share = random.uniform();
      const live = someEntries(random, length, share);
      const dead = someEntries(random, length, 0.1).filter((entry) => !live.includes(entry));
      // Small multipliers leave sums within the format, large ones clamp.
      const range = 2 ** integerFrom(random, 0, 47);
      const multipliers = Float64Array.from(live, () => integerFrom(random, -range, range - 1));
      const step = { live, dead, multipliers };
      expect([...unlearnedBlock(spec, block, step)]).toEqual(
        definition(spec, block, step).unlearned,
      );
    }),
    { numRuns: runs(400) },
  );
});

test('the largest sums of all are exact', () => {
  const spec = makeSpec({ size: 64, weightBits: 30, weightRange: 4 });
  const live = Array.from({ length: 63 }, (_, i) => i);
  const root = new Int16Array(columnOffsets(64)[64]!).fill(-2048);
  const weights = new Int32Array(64).fill(2 ** 29 - 1);
  for (const extreme of [-(2 ** 47), 2 ** 47 - 1]) {
    const step = { live, dead: [], multipliers: new Float64Array(63).fill(extreme) };
    const last = unlearnedBlock(spec, { weights, root }, step)[63];
    expect(last).toBe(definition(spec, { weights, root }, step).unlearned[63]);
    expect(last).toBe(extreme < 0 ? 2 ** 29 - 1 : -(2 ** 29));
  }
});

describe('by hand', () => {
  // d = 8: s = 25, columns of 4, 4, 4, 4, 8, 8, 8, 8. One multiplier ν of entry 0; z_t = R_t0 ν, and R_{:,1}·z = R_01 z_0 + R_11 z_1.
  const spec = makeSpec({ size: 8, weightBits: 24, weightRange: 4 });
  const entryOne = (rows: { column0: number[]; column1: number[]; weight: number; nu: number }) => {
    const root = new Int16Array(columnOffsets(8)[2]!);
    root.set(rows.column0, 0);
    root.set(rows.column1, 4);
    const block: HeldBlock = { weights: Int32Array.of(5, rows.weight), root };
    const step = { live: [0], dead: [], multipliers: Float64Array.of(rows.nu) };
    const result = unlearnedBlock(spec, block, step);
    expect([...result]).toEqual(definition(spec, block, step).unlearned);
    expect(result[0]).toBe(0);
    return result[1];
  };
  const halves = { column0: [1024], column1: [1024] };

  test('half a unit goes up, where θ − round(R z) would go down', () => {
    // R z = ±2^24 is half a unit of 2^25.
    expect(entryOne({ ...halves, weight: 7, nu: 16 })).toBe(7);
    expect(entryOne({ ...halves, weight: 7, nu: -16 })).toBe(8);
    expect(entryOne({ ...halves, weight: -7, nu: 16 })).toBe(-7);
    expect(entryOne({ ...halves, weight: -7, nu: -16 })).toBe(-6);
    expect(entryOne({ ...halves, weight: 0, nu: 48 })).toBe(-1);
  });

  test('entries from i + 1 to len(i) count', () => {
    // R_10 = ±1 and R_11 = 1 move the tie by ±ν.
    expect(entryOne({ column0: [1024, 1], column1: [1024, 1], weight: 7, nu: 16 })).toBe(6);
    expect(entryOne({ column0: [1024, -1], column1: [1024, 1], weight: 7, nu: 16 })).toBe(7);
    expect(
      entryOne({ column0: [0, 0, 0, 1024], column1: [0, 0, 0, 1024], weight: 7, nu: 64 }),
    ).toBe(5);
  });

  test('clamps to the format at both ends', () => {
    const nu = 2 ** 20;
    expect(entryOne({ ...halves, weight: -(2 ** 23), nu })).toBe(-(2 ** 23));
    expect(entryOne({ ...halves, weight: 2 ** 23 - 1, nu: -nu })).toBe(2 ** 23 - 1);
    expect(entryOne({ ...halves, weight: 2 ** 23 - 1, nu })).toBe(2 ** 23 - 1 - 2 ** 15);
    expect(entryOne({ ...halves, weight: 0, nu: 2 ** 47 - 1 })).toBe(-(2 ** 23));
    const full = { column0: [-2048, -2048], column1: [-2048, -2048] };
    expect(entryOne({ ...full, weight: 0, nu: 2 ** 47 - 1 })).toBe(-(2 ** 23));
    expect(entryOne({ ...full, weight: 0, nu: -(2 ** 47) })).toBe(2 ** 23 - 1);
  });

  test('nothing masked: only the dead change', () => {
    const block = { weights: Int32Array.of(5, -3, 9), root: new Int16Array(12).fill(77) };
    const step = { live: [], dead: [1], multipliers: new Float64Array() };
    expect([...unlearnedBlock(spec, block, step)]).toEqual([5, 0, 9]);
  });
});

test.each<[string, object]>([
  ['too few multipliers', { multipliers: Float64Array.of(1) }],
  ['a multiplier past its format', { multipliers: Float64Array.of(1, 2 ** 47) }],
  ['a broken multiplier', { multipliers: Float64Array.of(1, 0.5) }],
  ['an entry past the block', { live: [0, 3] }],
  ['entries out of order', { live: [1, 0] }],
  ['an entry twice', { live: [1, 1] }],
  ['a dead entry past the block', { dead: [-1] }],
])('%s is refused', (_, change) => {
  const spec = makeSpec({ size: 8, weightBits: 24, weightRange: 4 });
  const block = { weights: new Int32Array(3), root: new Int16Array(12) };
  const step = { live: [0, 1], dead: [], multipliers: Float64Array.of(1, 2) };
  expect(unlearnedBlock(spec, block, step)).toHaveLength(3);
  expect(() => unlearnedBlock(spec, block, { ...step, ...change })).toThrow(RangeError);
  const short = { ...block, root: new Int16Array(11) };
  expect(() => unlearnedBlock(spec, short, step)).toThrow('a block of 3 weights and 11 entries');
});
