// Roots and quotients between two checks are known, and beside each a near miss that has two witnesses is not.
import { describe, expect, test } from 'vitest';
import {
  fromVariable,
  linear,
  offset,
  subtract,
  type Expression,
} from '../../../../compiler/constraints/expression.ts';
import { inTier } from '../../../tier.ts';
import { between, examples, type Checked, type Sides } from './between.ts';
import { knownAfter, type Author } from './known-after.ts';

/** Every so many widths are tried. */
const step = inTier({ quick: 7, normal: 7, full: 1 });

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
    const widths = Array.from({ length: 80 }, (_, i) => i).filter((i) => i % step === 0);
    const known = widths.map((i) => {
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

test.each([true, false])('a cubic that falls between two steps up: %s', (falls) => {
  // x³ − 2 x² is −3, 0, −1, 0 from −1 on, so that −1 is between −3 and 0, and between −1 and 0. x³ + x² never falls from −1 on.
  const cubic: Sides = ({ constraints, input }, { x }) => {
    const n = fromVariable(input());
    const square = constraints.product(x, x);
    const cube = constraints.product(square, x);
    const next = linear([cube, square, x], falls ? [1n, 1n, -1n] : [1n, 4n, 5n]);
    return [
      linear([n, cube, square], [1n, -1n, falls ? 2n : -1n]),
      offset(subtract(next, n), falls ? -2n : 1n),
    ];
  };
  for (const low of [-1n, -2n]) expect(isKnown(cubic, { bits: 2, low })).toBe(!falls);
});

// x³ − 6 x² + 15 x: the step 3 x² − 9 x + 10 is positive everywhere, the sum of the least values of its terms is not.
test('a cubic with coefficients of both signs', () => {
  const cubic: Sides = ({ constraints, input }, { x }) => {
    const n = fromVariable(input());
    const square = constraints.product(x, x);
    const cube = constraints.product(square, x);
    return [
      linear([n, cube, square, x], [1n, -1n, 6n, -15n]),
      offset(linear([cube, square, x, n], [1n, -3n, 6n, -1n]), 9n),
    ];
  };
  for (const bits of [2, 10, 40]) expect(isKnown(cubic, { bits })).toBe(true);
  expect(isKnown(cubic, { bits: 40, excess: 1n })).toBe(false);
});

test.each(['square root', 'rounded division', 'cube root', 'a third'])(
  '%s: is not known when both checks are so wide that their sum wraps around',
  (name) => {
    expect(isKnown(examples[name]!, { checks: [253, 253] })).toBe(true);
    expect(isKnown(examples[name]!, { checks: [254, 254] })).toBe(false);
  },
);

describe('a factor v', () => {
  const root = (check: (author: Author, v: Expression) => void): Sides => {
    return (author, { x }) => {
      const { constraints, input } = author;
      const [n, v] = [fromVariable(input()), fromVariable(input())];
      check(author, v);
      const first = constraints.product(v, x);
      const second = constraints.product(first, x);
      return [subtract(n, second), offset(linear([second, first, v, n], [1n, 2n, 1n, -1n]), -1n)];
    };
  };
  test.each([1, 12, 13, 20, 64, 70])('at least 3, checked to %i bits above', (bits) => {
    const checked = root(({ constraints }, v) => constraints.range(offset(v, -3n), bits));
    expect(isKnown(checked)).toBe(true);
    expect(isKnown(checked, { excess: 1n })).toBe(false);
  });

  // The checks themselves say that a step is positive, for whatever v is.
  test('of any sign', () => {
    const checked = root(({ constraints }, v) => constraints.range(offset(v, 1n << 15n), 16));
    expect(isKnown(checked)).toBe(true);
    expect(isKnown(checked, { excess: 1n })).toBe(false);
  });

  test('without a check, or so wide that products wrap around', () => {
    expect(isKnown(root(() => undefined))).toBe(false);
    expect(isKnown(root(({ constraints }, v) => constraints.range(v, 220)))).toBe(false);
  });

  test('of a cube, not negative', () => {
    const cube: Sides = ({ constraints, input }, { x }) => {
      const [n, v] = [fromVariable(input()), fromVariable(input())];
      constraints.range(v, 16);
      const first = constraints.product(v, x);
      const second = constraints.product(first, x);
      const third = constraints.product(second, x);
      return [
        subtract(n, third),
        offset(linear([third, second, first, v, n], [1n, 3n, 3n, 1n, -1n]), -1n),
      ];
    };
    expect(isKnown(cube)).toBe(true);
    expect(isKnown(cube, { excess: 1n })).toBe(false);
  });
});
