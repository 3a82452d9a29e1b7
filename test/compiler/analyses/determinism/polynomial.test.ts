// Polynomials against their values.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  degreeIn,
  leastIn,
  plus,
  polynomial,
  polynomialBounds,
  spanIn,
  stepOf,
  times,
  type Polynomial,
} from '../../../../compiler/analyses/determinism/polynomial.ts';
import { interval } from '../../../../compiler/numbers/interval.ts';

const variables = 3;

const small = fc.bigInt({ min: -5n, max: 5n });

const polynomials = fc
  .array(
    fc.record({
      coefficient: small,
      factors: fc
        .array(fc.nat(variables - 1), { maxLength: 4 })
        .map((factors) => factors.sort((a, b) => a - b)),
    }),
    { maxLength: 5 },
  )
  .map(polynomial);

const point = fc.tuple(small, small, small);

const valueAt = (a: Polynomial, at: readonly bigint[]): bigint =>
  [...a.values()].reduce(
    (sum, { coefficient, factors }) =>
      sum + factors.reduce((product, factor) => product * at[factor]!, coefficient),
    0n,
  );

test('sums, products and steps have the values that they should have', () => {
  fc.assert(
    fc.property(polynomials, polynomials, point, small, (a, b, at, by) => {
      const [u, v] = [valueAt(a, at), valueAt(b, at)];
      expect(valueAt(plus(a, b, by), at)).toBe(u + by * v);
      expect(valueAt(times(a, b), at)).toBe(u * v);
      const moved = [at[0] + by, at[1], at[2]];
      expect(valueAt(stepOf(0, by, a), at)).toBe(valueAt(a, moved) - u);
      if (degreeIn(0, a) === 0) expect(valueAt(a, moved)).toBe(u);
      expect(degreeIn(0, stepOf(0, by, a))).toBeLessThanOrEqual(Math.max(0, degreeIn(0, a) - 1));
    }),
  );
});

test('values are within the bounds, and those that differ in x alone within the span', () => {
  fc.assert(
    fc.property(polynomials, point, point, fc.nat(2), (a, at, other, x) => {
      const boundsOf = (variable: number): { low: bigint; high: bigint } => {
        const [u, v] = [at[variable]!, other[variable]!];
        return u < v ? interval(u, v) : interval(v, u);
      };
      const { low, high } = polynomialBounds(a, boundsOf);
      for (let mask = 0; mask < 2 ** variables; mask++) {
        const mixed = at.map((value, i) => ((mask >> i) & 1 ? other[i]! : value));
        const moved = mixed.with(x, other[x]!);
        const [u, v] = [valueAt(a, mixed), valueAt(a, moved)];
        expect(low <= u && u <= high).toBe(true);
        const distance = u < v ? v - u : u - v;
        expect(distance <= spanIn(x, a, boundsOf)).toBe(true);
      }
      const middle = at.map((value, i) => (value + other[i]!) / 2n);
      const within = valueAt(a, middle);
      expect(low <= within && within <= high).toBe(true);
    }),
  );
});

test('no value is below the least one', () => {
  fc.assert(
    fc.property(polynomials, point, point, fc.nat(2), (a, at, other, x) => {
      const boundsOf = (variable: number): { low: bigint; high: bigint } => {
        const [u, v] = [at[variable]!, other[variable]!];
        return u < v ? interval(u, v) : interval(v, u);
      };
      const least = leastIn(x, a, boundsOf);
      for (let mask = 0; mask < 2 ** variables; mask++)
        for (let { low, high } = boundsOf(x); low <= high; low++) {
          const mixed = at.map((value, i) => ((mask >> i) & 1 ? other[i]! : value));
          expect(least <= valueAt(a, mixed.with(x, low))).toBe(true);
        }
    }),
  );
});

test.each([1n, -1n])('the step of %s c x³ never falls for a c of that sign', (sign) => {
  const cube = polynomial([{ coefficient: sign, factors: [0, 0, 0, 1] }]);
  const c = sign > 0n ? interval(2n, 3n) : interval(-3n, -2n);
  const bounds = (variable: number) => (variable === 1 ? c : interval(1n, 4094n));
  expect(leastIn(0, stepOf(0, 1n, cube), bounds)).toBeGreaterThanOrEqual(0n);
});
