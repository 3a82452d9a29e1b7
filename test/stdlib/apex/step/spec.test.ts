import { describe, expect, test } from 'vitest';
import { q } from '../../../../compiler/ir/format.ts';
import {
  blockEpsilon,
  checkSpec,
  columnLengths,
  columnOffsets,
  conditionNumber,
  makeSpec,
  modelEpsilon,
  multiplierFormat,
  resultShift,
} from '../../../../stdlib/apex/step/index.ts';

test('lengths of columns are four classes at most', () => {
  const classes = (size: number) => [...new Set(columnLengths(size))];
  expect(classes(1)).toEqual([4]);
  expect(classes(8)).toEqual([4, 8]);
  expect(classes(10)).toEqual([4, 8, 12]);
  expect(classes(16)).toEqual([4, 8, 12, 16]);
  expect(classes(32)).toEqual([8, 16, 24, 32]);
  expect(classes(48)).toEqual([12, 24, 36, 48]);
  expect(classes(50)).toEqual([16, 32, 48, 52]);
  expect(classes(64)).toEqual([16, 32, 48, 64]);
  for (let size = 1; size <= 64; size++) {
    const lengths = columnLengths(size);
    expect(lengths).toHaveLength(size);
    expect(lengths.every((length, i) => length > i && length % 4 === 0)).toBe(true);
    expect(classes(size).length).toBeLessThanOrEqual(4);
    const sums = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, each) => sum + each));
    expect(columnOffsets(size)).toEqual([0, ...sums]);
  }
});

test('formats follow from size and weights', () => {
  const spec = makeSpec({ size: 32, weightBits: 24, weightRange: 4 });
  expect(spec).toEqual({ size: 32, weights: q(24, 21), tolerance: 2 ** -21 });
  expect(multiplierFormat(spec)).toEqual(q(48, 26));
  expect(resultShift(spec)).toBe(27);
  expect(resultShift({ ...spec, size: 1 })).toBe(22);
  expect(resultShift({ ...spec, size: 33 })).toBe(28);
  expect(makeSpec({ size: 8, weightBits: 16, weightRange: 0.1, tolerance: 2 ** -10 })).toEqual({
    size: 8,
    weights: q(16, 18),
    tolerance: 2 ** -10,
  });
});

describe('refused:', () => {
  const good = { size: 32, weightBits: 24, weightRange: 4 };
  test.each<[object, string]>([
    [{ size: 0 }, 'blocks of 0 weights'],
    [{ size: 65 }, 'blocks of 65 weights'],
    [{ size: 1.5 }, 'blocks of 1.5 weights'],
    [{ weightBits: 32 }, 'q32.29 is no format of weights'],
    [{ weightBits: 3 }, 'leave no fractional bits of 3'],
    [{ weightRange: -1 }, 'weights in [−-1'],
    [{ tolerance: 3 * 2 ** -21 }, 'the tolerance is'],
    [{ tolerance: 2 ** -22 }, 'the tolerance is'],
    [{ tolerance: 8 }, 'the tolerance is 8'],
    [{ size: 64, weightBits: 31 }, 'multipliers of 64 weights of 31 bits do not fit q48.34'],
  ])('%j', (change, message) => {
    expect(() => makeSpec({ ...good, ...change })).toThrow('error[bad-format]');
    expect(() => makeSpec({ ...good, ...change })).toThrow(message);
  });
  test('formats that are not those of signed numbers', () => {
    const spec = makeSpec(good);
    expect(() => checkSpec({ ...spec, weights: { kind: 'bit' } })).toThrow('bit is no format');
    expect(() => checkSpec({ ...spec, tolerance: NaN })).toThrow('the tolerance is NaN');
  });
});

test('ε of a block and of a model', () => {
  const spec = makeSpec({ size: 32, weightBits: 24, weightRange: 4 });
  expect(conditionNumber(spec)).toBe(1 + 640 * 256);
  // Worst cases of the design: √32 τ · 202 and √64 τ · 405.
  expect(blockEpsilon(spec, 32)).toBeCloseTo(5.46e-4, 5);
  expect(blockEpsilon({ ...spec, size: 64 }, 64)).toBeCloseTo(1.544e-3, 5);
  expect(blockEpsilon(spec, 0)).toBe(0);
  const one = blockEpsilon(spec, 1);
  expect(one).toBeCloseTo(2 ** -21 * (Math.sqrt(163841) / 2 + Math.sqrt(31) / 2), 8);
  expect(modelEpsilon(spec, [1, 0, 1, 1, 1])).toBeCloseTo(2 * one, 12);
  expect(modelEpsilon(spec, [])).toBe(0);
});
