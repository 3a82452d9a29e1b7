// The bound of a root against coefficients that are any distance from the real ones, many last places or few.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fractionOf, q, u, type FixedFormat } from '../../../../compiler/ir/format.ts';
import { interval } from '../../../../compiler/numbers/interval.ts';
import { toReal } from '../../../../compiler/numbers/rounding.ts';
import { root } from '../../../../compiler/ops/root.ts';
import type { Accuracy, Call } from '../../../../compiler/ops/op.ts';
import { runs } from '../../../tier.ts';

interface Equation {
  /** Formats of the coefficients, each with the integers that it can have; one that is known has one. */
  readonly coefficients: readonly (readonly [FixedFormat, low: number, high: number])[];
  readonly to: FixedFormat;
  readonly low: bigint;
  readonly rounding: string;
}

const equations: Readonly<Record<string, Equation>> = {
  quotient: {
    coefficients: [
      [q(12, 6), -2000, 2000],
      [u(12, 6), 40, 4000],
    ],
    to: q(30, 10),
    low: -(1n << 29n),
    rounding: 'nearest',
  },
  'square root': {
    coefficients: [
      [q(14, 6), -4000, 0],
      [q(2, 0), 0, 0],
      [q(2, 0), 1, 1],
    ],
    to: u(20, 12),
    low: 0n,
    rounding: 'down',
  },
  'reciprocal root': {
    coefficients: [
      [q(2, 0), -1, -1],
      [q(2, 0), 0, 0],
      [u(14, 6), 30, 8000],
    ],
    to: u(24, 16),
    low: 1n,
    rounding: 'nearest',
  },
  cubic: {
    coefficients: [
      [q(12, 4), -1000, 1000],
      [u(12, 6), 600, 1000],
      [q(2, 0), 0, 0],
      [u(6, 2), 31, 63],
    ],
    to: q(30, 10),
    low: -(1n << 29n),
    rounding: 'nearest',
  },
};

const share = fc.double({ min: 0, max: 1, noNaN: true });

test.each(Object.entries(equations))('%s', (_, { coefficients, to, low, rounding }) => {
  const high = to.signed ? -low - 1n : (1n << BigInt(to.bits)) - 1n;
  const call = {
    attributes: { to, low, high, rounding },
    arguments: coefficients.map(([format]) => ({ shape: [], format })),
    result: { shape: [], format: to },
    operands: coefficients.map((_, k) => k),
  } satisfies Call;
  // An interval in that of the equation, errors in last places, and where in them the integer and the real number are.
  const draw = fc.record({
    ends: fc.array(fc.tuple(share, share), { minLength: 4, maxLength: 4 }),
    places: fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 4, maxLength: 4 }),
    points: fc.array(
      fc.array(fc.tuple(share, fc.constantFrom(-1, -0.5, 0, 0.3, 1)), {
        minLength: 4,
        maxLength: 4,
      }),
      { minLength: 20, maxLength: 20 },
    ),
  });
  let bounded = 0;
  fc.assert(
    fc.property(draw, ({ ends, places, points }) => {
      const known = coefficients.map(([format, first, last], k): Accuracy => {
        const at = (s: number): bigint => BigInt(Math.round(first + s * (last - first)));
        const [a, b] = ends[k]!.map(at) as [bigint, bigint];
        const error = first === last ? 0 : places[k]! / 2 ** format.fraction;
        return { interval: a < b ? interval(a, b) : interval(b, a), error };
      });
      const [bound] = root.error(
        known.map((each) => [each]),
        call,
      );
      if (bound === Infinity) return;
      bounded++;
      for (const point of points) {
        const fixed = known.map(({ interval: own }, k) => {
          const [s] = point[k]!;
          return own.low + BigInt(Math.round(s * Number(own.high - own.low)));
        });
        const real = fixed.map((value, k) => {
          const { error } = known[k]!;
          return toReal(value, fractionOf(coefficients[k]![0])) + point[k]![1] * error;
        });
        const [x] = root.fixed(
          fixed.map((value) => [value]),
          call,
        );
        const [y] = root.real(
          real.map((value) => Float64Array.of(value)),
          call,
        );
        const distance = Math.abs(toReal(x!, to.fraction) - y!);
        expect(distance).toBeLessThanOrEqual(bound! * (1 + 1e-9) + 1e-12);
      }
    }),
    { numRuns: runs(400) },
  );
  expect(bounded).toBeGreaterThan(runs(400) / 4);
});
