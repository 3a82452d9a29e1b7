// The sign of a slope over a box, at its integers and at all reals.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interval } from '../../../../compiler/numbers/interval.ts';
import { directionOver, firstIn } from '../../../../compiler/ops/shared/roots/monotone.ts';
import { valueOver } from '../../../../compiler/ops/shared/roots/polynomial.ts';

const polynomial =
  (...coefficients: bigint[]) =>
  (part: { low: bigint; high: bigint }) =>
    valueOver(
      coefficients.map((c) => interval(c, c)),
      part,
    );

test('a slope that is negative between two integers alone: known at integers, not at reals', () => {
  // 8 x² − 8 x + 1 is 1 at 0 and at 1, and −1 at 1/2.
  const slope = polynomial(1n, -8n, 8n);
  const box = interval(-3n, 4n);
  expect(directionOver(box, slope)).toBe(1n);
  expect(directionOver(box, slope, { real: true })).toEqual(interval(0n, 1n));
});

test('a slope of 0 at an end: refused, unless it may be flat', () => {
  const box = interval(0n, 100n);
  expect(directionOver(box, polynomial(0n, 2n), { real: true })).toMatchObject({ low: 0n });
  expect(directionOver(box, polynomial(0n, 2n), { real: true, flat: true })).toBe(1n);
  expect(directionOver(box, polynomial(0n, -2n), { real: true, flat: true })).toBe(-1n);
});

test('a direction is that of every integer of the box', () => {
  const coefficient = fc.bigInt({ min: -20n, max: 20n });
  fc.assert(
    fc.property(
      fc.tuple(coefficient, coefficient, coefficient),
      fc.bigInt({ min: -30n, max: 30n }),
      fc.bigInt({ min: 0n, max: 40n }),
      ([a, b, c], low, length) => {
        const box = interval(low, low + length);
        const found = directionOver(box, polynomial(a, b, c));
        if (typeof found !== 'bigint') return;
        for (let x = box.low; x <= box.high; x++)
          expect(found * (a + b * x + c * x * x) > 0n).toBe(true);
      },
    ),
  );
});

test('the first integer from which a condition holds, or the one past the box', () => {
  const box = interval(-5n, 9n);
  for (let from = -7n; from <= 11n; from++) {
    const expected = from < -5n ? -5n : from > 10n ? 10n : from;
    expect(firstIn(box, (x) => x >= from)).toBe(expected);
  }
});
