// The constants of a template are exact.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ceilingAt,
  exactFraction,
  floorAt,
  inverse,
  ofDecimal,
  ofNumber,
  plus,
  times,
  toNumber,
} from '../../../dsl/notation/rational.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

test('a float64 is itself', () => {
  fc.assert(
    fc.property(finite, (x) => {
      const { numerator, denominator } = ofNumber(x);
      fc.pre(denominator < 1n << 1000n);
      expect(toNumber({ numerator, denominator })).toBe(x === 0 ? 0 : x);
    }),
  );
});

test('decimals', () => {
  expect(ofDecimal('1.25e-1')).toEqual({ numerator: 1n, denominator: 8n });
  expect(ofDecimal('.5')).toEqual({ numerator: 1n, denominator: 2n });
  expect(ofDecimal('1E3')).toEqual({ numerator: 1000n, denominator: 1n });
  expect(ofDecimal('0.1')).toEqual({ numerator: 1n, denominator: 10n });
  expect(times(ofDecimal('0.1')!, ofDecimal('10')!)).toEqual(ofNumber(1));
  expect(plus(ofDecimal('0.1')!, ofDecimal('0.2')!)).toEqual(ofDecimal('0.3'));
});

test('numbers past float64 are not made, and small ones are no factors', () => {
  for (const text of ['1e309', '1e999999999', '1E-999999999', '0.5e-309'])
    expect(ofDecimal(text), text).toBeUndefined();
  for (const x of [5e-324, 2 ** -1000, 2 ** -253]) {
    expect(exactFraction(ofNumber(x))).toBeUndefined();
    expect(toNumber(ofNumber(x))).toBe(x);
  }
  expect(exactFraction(ofNumber(2 ** -252))).toBe(252);
});

test('floor and ceiling hold the value between them, and are it where it is whole', () => {
  const fractions = fc.integer({ min: 0, max: 60 });
  fc.assert(
    fc.property(
      fc.bigInt(-(10n ** 20n), 10n ** 20n),
      fc.bigInt(1n, 10n ** 20n),
      fractions,
      (n, d, f) => {
        const value = times({ numerator: n, denominator: 1n }, { numerator: 1n, denominator: d });
        const [low, high] = [floorAt(value, f), ceilingAt(value, f)];
        const scaled = n << BigInt(f);
        expect(low * d <= scaled && scaled <= high * d).toBe(true);
        expect(high - low).toBe(scaled % d === 0n ? 0n : 1n);
      },
    ),
  );
});

test('fractional bits of what is exact in few bits', () => {
  expect(exactFraction(ofNumber(0.375))).toBe(3);
  expect(exactFraction(ofNumber(-(2 ** 60)))).toBe(0);
  expect(exactFraction(ofNumber(2 ** -60))).toBe(60);
  expect(exactFraction(ofNumber(0))).toBe(0);
  expect(exactFraction(ofDecimal('0.1')!)).toBeUndefined();
  expect(exactFraction(ofNumber(0.1))).toBeUndefined();
});

test('the inverse of an inverse, and their product', () => {
  fc.assert(
    fc.property(finite, (x) => {
      fc.pre(x !== 0);
      const a = ofNumber(x);
      expect(inverse(inverse(a))).toEqual(a);
      expect(times(a, inverse(a))).toEqual(ofNumber(1));
      expect(inverse(a).denominator > 0n).toBe(true);
    }),
  );
});
