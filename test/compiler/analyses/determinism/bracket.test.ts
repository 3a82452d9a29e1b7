// Roots and quotients between two checks are known, and beside each a near miss that has two witnesses is not.
import { describe, expect, test } from 'vitest';
import { between, examples, type Checked, type Sides } from './between.ts';
import { knownAfter } from './known-after.ts';

const isKnown = (sides: Sides, checked?: Checked): boolean => {
  const known = knownAfter(between(sides, checked));
  expect(new Set(known).size).toBe(1);
  return known[0]!;
};

describe.each(Object.entries(examples))('%s', (_, sides) => {
  test('is known', () => {
    expect(isKnown(sides)).toBe(true);
    expect(isKnown(sides, { low: 5n })).toBe(true);
    expect(isKnown(sides, { low: 5n, sealed: true })).toBe(true);
    expect(isKnown(sides, { factor: 3n })).toBe(true);
  });

  test.each([true, false])('of any width, sealed: %s', (sealed) => {
    const known = Array.from({ length: 80 }, (_, i) => {
      const checks = [i + 20 + (i % 7), i + 20 + (i % 5)] as const;
      return isKnown(sides, { bits: i + 1, sealed, low: 1n, checks });
    });
    expect(known).toEqual(known.map(() => true));
  });

  test('is not known when one check is lost, or both are', () => {
    expect(isKnown(sides, { checks: [44, 0] })).toBe(false);
    expect(isKnown(sides, { checks: [0, 44] })).toBe(false);
    expect(isKnown(sides, { checks: [0, 0] })).toBe(false);
  });

  test('is not known when the second check admits one more', () => {
    expect(isKnown(sides, { excess: 1n })).toBe(false);
    expect(isKnown(sides, { excess: 1n, sealed: true, low: 7n })).toBe(false);
    expect(isKnown(sides, { excess: 1n << 40n })).toBe(false);
  });

  test('is known when the second check admits one less', () => {
    expect(isKnown(sides, { excess: -1n })).toBe(true);
  });

  test('is not known when x is so wide that sums wrap around', () => {
    expect(isKnown(sides, { bits: 253, checks: [40, 40] })).toBe(false);
  });

  // r ≥ 0 and g ≥ 0 in a sum of integers: it does not matter how much more than that a check admits.
  test('is known when one check is as wide as it can be', () => {
    expect(isKnown(sides, { checks: [253, 64] })).toBe(true);
    expect(isKnown(sides, { checks: [64, 253] })).toBe(true);
  });
});

test.each(['square root', 'rounded division', 'cube root', 'a third'])(
  '%s: is not known when both checks are so wide that their sum wraps around',
  (name) => {
    expect(isKnown(examples[name]!, { checks: [253, 253] })).toBe(true);
    expect(isKnown(examples[name]!, { checks: [254, 254] })).toBe(false);
  },
);
