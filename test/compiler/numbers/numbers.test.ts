import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Field, Poseidon } from 'o1js';
import { canonical, centered, inverse, modulus } from '../../../compiler/numbers/field.ts';
import {
  bitLength,
  contains,
  difference,
  hull,
  intersect,
  interval,
  magnitude,
  product,
  renderInteger,
  scaled,
  square,
  sum,
} from '../../../compiler/numbers/interval.ts';
import { solveDense } from '../../../compiler/numbers/linear-system.ts';
import { hash } from '../../../compiler/numbers/poseidon.ts';
import {
  differenceDown,
  productUp,
  quotientUp,
  realUp,
  rootUp,
  sumUp,
} from '../../../compiler/numbers/upward.ts';
import { roundReal, roundShift, toInteger, toReal } from '../../../compiler/numbers/rounding.ts';
import { runs } from '../../tier.ts';

const elements = fc.bigInt({ min: 0n, max: modulus - 1n });
const integers = fc.bigInt({ min: -(1n << 80n), max: 1n << 80n });

describe('field', () => {
  test('is the field of o1js', () => {
    expect(modulus).toBe(Field.ORDER);
  });

  test('canonical and centered are inverse to each other', () => {
    fc.assert(
      fc.property(elements, (x) => {
        expect(canonical(centered(x))).toBe(x);
        expect(centered(x) <= modulus >> 1n && centered(x) > -(modulus >> 1n) - 1n).toBe(true);
      }),
    );
    expect(centered(modulus - 1n)).toBe(-1n);
  });

  test('inverse', () => {
    fc.assert(
      fc.property(elements.filter(Boolean), (x) => {
        expect(canonical(x * inverse(x))).toBe(1n);
      }),
    );
    expect(() => inverse(0n)).toThrow(RangeError);
  });
});

describe('rounding', () => {
  test.each([
    [5n, 1, 3n],
    [-5n, 1, -2n],
    [7n, 2, 2n],
    [6n, 2, 2n],
    [-6n, 2, -1n],
    [9n, 0, 9n],
  ])('%i / 2^%i is %i, halves up', (x, shift, expected) => {
    expect(roundShift(x, shift)).toBe(expected);
  });

  test('is floor((x + 2^(s−1)) / 2^s)', () => {
    fc.assert(
      fc.property(integers, fc.integer({ min: 1, max: 40 }), (x, shift) => {
        const [unit, q] = [1n << BigInt(shift), roundShift(x, shift)];
        expect(q * unit <= x + unit / 2n && x + unit / 2n < (q + 1n) * unit).toBe(true);
      }),
    );
  });

  test('reals round as their integers do', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.nat(10), (x, shift) => {
        expect(roundReal(x / 2 ** shift)).toBe(roundShift(BigInt(x), shift));
      }),
    );
    expect([0.5, -0.5, 0.49999999999999994, -1.5].map(roundReal)).toEqual([1n, 0n, 0n, -1n]);
    expect(toInteger(-7.25, 4)).toBe(-116n);
    expect(toReal(-116n, 4)).toBe(-7.25);
  });
});

describe('intervals hold what they say', () => {
  const intervals = fc
    .tuple(integers, integers)
    .map(([a, b]) => (a < b ? interval(a, b) : interval(b, a)));
  const member = intervals.chain((i) =>
    fc.bigInt({ min: i.low, max: i.high }).map((x) => ({ i, x })),
  );

  test('sums, differences, products, scales, hulls', () => {
    fc.assert(
      fc.property(member, member, integers, (a, b, factor) => {
        const has = (i: { low: bigint; high: bigint }, x: bigint) => contains(i, interval(x, x));
        expect(has(sum(a.i, b.i), a.x + b.x)).toBe(true);
        expect(has(difference(a.i, b.i), a.x - b.x)).toBe(true);
        expect(has(product(a.i, b.i), a.x * b.x)).toBe(true);
        expect(has(square(a.i), a.x * a.x)).toBe(true);
        expect(has(scaled(a.i, factor), a.x * factor)).toBe(true);
        expect(has(hull(a.i, b.i), a.x) && has(hull(a.i, b.i), b.x)).toBe(true);
        expect(magnitude(a.i) >= (a.x < 0n ? -a.x : a.x)).toBe(true);
        const common = intersect(a.i, b.i);
        if (has(b.i, a.x)) expect(common && has(common, a.x)).toBe(true);
      }),
    );
  });

  test('bits and text', () => {
    expect([0n, 1n, 4095n, 4096n].map(bitLength)).toEqual([0, 1, 12, 13]);
    const power = 1n << 23n;
    const shown = [power, -power, power - 1n, 1n - power, 77n, -1n].map(renderInteger);
    expect(shown).toEqual(['2^23', '-2^23', '2^23-1', '-2^23+1', '77', '-1']);
  });
});

test('Poseidon equals that of o1js', () => {
  fc.assert(
    fc.property(fc.array(elements, { minLength: 1, maxLength: 7 }), (inputs) => {
      expect(hash(inputs)).toBe(Poseidon.hash(inputs.map((x) => Field(x))).toBigInt());
    }),
    { numRuns: runs(40) },
  );
});

describe('dense systems', () => {
  test('A x = b', () => {
    const entry = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 9, maxLength: 9 }),
        fc.tuple(entry, entry, entry),
        (a, x) => {
          const matrix = [0, 1, 2].map((i) =>
            [0, 1, 2].map((j) => a[3 * i + j]! + (i === j ? 40 : 0)),
          );
          const rhs = matrix.map((row) => row.reduce((s, v, j) => s + v * x[j]!, 0));
          solveDense(matrix, rhs)!.forEach((value, i) => expect(value).toBeCloseTo(x[i]!, 9));
        },
      ),
    );
  });

  test('a singular one has no solution', () => {
    expect(
      solveDense(
        [
          [1, 2],
          [2, 4],
        ],
        [1, 1],
      ),
    ).toBeUndefined();
    expect(
      solveDense(
        [
          [0, 1],
          [1, 0],
        ],
        [2, 3],
      ),
    ).toEqual([3, 2]);
  });
});

describe('upward rounding is never below the exact result', () => {
  const whole = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  /** 0, or a float64 of at least 2^−8, as an integer of 60 fractional bits, exactly. */
  const scaled = (x: number): bigint => BigInt(x * 2 ** 60);

  test('sums, products, roots, quotients', () => {
    fc.assert(
      fc.property(whole, whole, fc.integer({ min: 1, max: 255 }), (a, b, c) => {
        expect(scaled(sumUp(a, b))).toBeGreaterThanOrEqual((BigInt(a) + BigInt(b)) << 60n);
        expect(scaled(productUp(a, b))).toBeGreaterThanOrEqual((BigInt(a) * BigInt(b)) << 60n);
        expect(scaled(rootUp(c)) ** 2n).toBeGreaterThanOrEqual(BigInt(c) << 120n);
        expect(scaled(quotientUp(1, c)) * BigInt(c)).toBeGreaterThanOrEqual(1n << 60n);
        expect(scaled(differenceDown(a + 1, 1))).toBeLessThanOrEqual(BigInt(a) << 60n);
        expect(realUp((BigInt(a) << 20n) + 1n, 20)).toBeGreaterThanOrEqual(a);
      }),
    );
  });

  test('zero is exact, and nothing else vanishes', () => {
    expect(sumUp(0, 0)).toBe(0);
    expect(sumUp(0, 0.5)).toBe(0.5);
    expect(productUp(0, 7)).toBe(0);
    expect(productUp(1e-300, 1e-300)).toBeGreaterThan(0);
    expect(realUp(1n, 1100)).toBeGreaterThan(0);
    // Units that are no float64 themselves.
    expect(realUp(1n << 1100n, 1200)).toBeGreaterThanOrEqual(2 ** -100);
    expect(realUp(3n << 2200n, 2200)).toBeGreaterThanOrEqual(3);
    expect(realUp(3n << 2200n, 2200)).toBeLessThan(3.1);
    expect(quotientUp(2 ** -1000, 2 ** 100)).toBeGreaterThan(0);
    expect(productUp(0, Infinity)).toBe(Infinity);
    expect(quotientUp(Infinity, 2)).toBe(Infinity);
  });
});
