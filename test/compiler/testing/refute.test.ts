// Proofs by contradiction, and fractions that are integers: on gates alone, each beside a neighbour for which it must not hold.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Gate } from '../../../compiler/constraints/gates.ts';
import { canonical } from '../../../compiler/numbers/field.ts';
import { interval, type Interval } from '../../../compiler/numbers/interval.ts';
import { boundsOf } from '../../../compiler/testing/mutation/bounds.ts';
import { dyadicBounds } from '../../../compiler/testing/mutation/dyadic.ts';
import { excludes, isNeverBoth, isWithin } from '../../../compiler/testing/mutation/refute.ts';
import { runs } from '../../tier.ts';

const linear = (
  out: number,
  terms: readonly (readonly [coefficient: bigint, variable: number])[],
  constant = 0n,
): Gate => ({
  kind: 'linear',
  terms: terms.map(([coefficient, variable]) => ({
    coefficient: canonical(coefficient),
    variable,
  })),
  constant: canonical(constant),
  out,
});
const product = (out: number, left: number, right: number): Gate => ({
  kind: 'product',
  scale: 1n,
  left,
  right,
  out,
});
const range = (...limbs: readonly [number, number, number, number]): Gate => ({
  kind: 'range12',
  limbs,
});
const bit = (variable: number): Gate => ({ kind: 'boolean', variable });

test('never excludes what is possible', () => {
  const small = fc.bigInt({ min: -6n, max: 6n });
  const span = fc.tuple(small, small).map(([a, b]) => (a < b ? interval(a, b) : interval(b, a)));
  fc.assert(
    fc.property(
      fc.record({ x: span, y: span, w: span, assumed: span }),
      fc.tuple(small, small, small),
      fc.constantFrom(0, 1, 2, 3),
      (own, [a, b, c], about) => {
        // z = x y, w = a z + b x + c
        const gates = [
          product(2, 0, 1),
          linear(
            3,
            [
              [a, 2],
              [b, 0],
            ],
            c,
          ),
        ];
        const bounds = new Map([
          [0, own.x],
          [1, own.y],
          [3, own.w],
        ]);
        const isIn = (n: bigint, { low, high }: Interval): boolean => n >= low && n <= high;
        if (!excludes(gates, bounds, about, own.assumed)) return;
        for (let x = own.x.low; x <= own.x.high; x++)
          for (let y = own.y.low; y <= own.y.high; y++) {
            const w = a * x * y + b * x + c;
            if (isIn(w, own.w)) expect(isIn([x, y, x * y, w][about]!, own.assumed)).toBe(false);
          }
      },
    ),
    { numRuns: runs(400) },
  );
});

describe('n = q d + r with 0 ≤ r < d', () => {
  /** q may have 13 bits (two halves); d is at least 1 by the check of d − r − 1, if r is checked. */
  const division = (...more: readonly Gate[]): Gate[] => [
    range(0, 1, 2, 3),
    bit(4),
    linear(5, [
      [1n, 3],
      [4096n, 4],
    ]),
    product(6, 5, 1),
    linear(
      7,
      [
        [1n, 6],
        [1n, 2],
      ],
      0n,
    ),
    { kind: 'equal', left: 7, right: 0 },
    ...more,
  ];
  const isQuotient = (gates: readonly Gate[]): boolean =>
    isWithin(gates, boundsOf(gates), 5, interval(0n, 4095n));

  test('bounds the quotient where d is not 0', () => {
    const below = linear(
      8,
      [
        [1n, 1],
        [-1n, 2],
      ],
      -1n,
    );
    expect(isQuotient(division(below, range(8, 8, 8, 8)))).toBe(true);
  });

  test('does not where d may be 0', () => {
    expect(isQuotient(division())).toBe(false);
  });
});

describe('the digits 4 a + 2 b + c of a number', () => {
  const digits = (most: bigint): Gate[] => [
    bit(0),
    bit(1),
    bit(2),
    linear(3, [
      [4n, 0],
      [2n, 1],
    ]),
    linear(4, [
      [1n, 3],
      [1n, 2],
    ]),
    linear(5, [[-1n, 4]], most),
    range(5, 5, 5, 5),
  ];
  const ends = { kind: 'product', scale: 1n, left: 0, right: 2, out: 9 } as const;

  test('are never both 1 where it is at most 4, and may be where it is at most 5', () => {
    expect(isNeverBoth(digits(4n), ends)).toBe(true);
    expect(isNeverBoth(digits(5n), ends)).toBe(false);
  });
});

describe('32 v has 12 bits', () => {
  /** c v = n, for a checked n. */
  const fraction = (c: bigint): Gate[] => [
    linear(1, [[32n, 0]]),
    range(1, 2, 2, 2),
    linear(2, [[c, 0]]),
  ];
  const boundsFor = (gates: readonly Gate[]): Interval | undefined =>
    dyadicBounds(gates, boundsOf(gates), 0);

  test('v is an integer where 3 v is one, and need not be where 2 v is one', () => {
    expect(boundsFor(fraction(3n))).toEqual(interval(0n, 127n));
    expect(boundsFor(fraction(2n))).toBeUndefined();
  });

  test('nor where nothing bounds 3 v', () => {
    expect(boundsFor([linear(1, [[32n, 0]]), range(1, 1, 1, 1), linear(2, [[3n, 0]])])).toBe(
      undefined,
    );
  });
});
