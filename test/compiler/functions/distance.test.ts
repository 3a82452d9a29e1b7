// The proved distance of polynomials to functions: true at dense and at random points for chosen coefficients, for changed ones and for any;
// and not much more than what is found.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distanceOnPart } from '../../../compiler/functions/distance.ts';
import { findFunction, slopeNear } from '../../../compiler/functions/elementary.ts';
import {
  listPieces,
  reachedPieces,
  valueAt,
  type Polynomial,
  type Pieces,
} from '../../../compiler/functions/pieces.ts';
import { realFunction } from '../../../compiler/functions/registry.ts';
import { searchPieces, type Wanted } from '../../../compiler/functions/search.ts';
import { interval, type Interval } from '../../../compiler/numbers/interval.ts';
import { runs } from '../../tier.ts';

interface Case {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly fraction: number;
  readonly resultFraction: number;
}

const wantedOf = ({ name, low, high, fraction, resultFraction }: Case): Wanted => ({
  function: name,
  x: interval(BigInt(low * 2 ** fraction), BigInt(high * 2 ** fraction)),
  fraction,
  resultFraction,
  within: 2 ** -(resultFraction + 1),
});

/** |p − f| at an integer, in real units. */
function errorAt(
  name: string,
  piece: Polynomial,
  x: bigint,
  fraction: number,
  scale: number,
): number {
  const value = Number(valueAt(piece, x)) / 2 ** scale;
  return Math.abs(value - realFunction(name)(Number(x) / 2 ** fraction));
}

/** Float64 itself may be off by so much. */
const rounding = (value: number): number => 1e-13 * (1 + Math.abs(value));

const evenly = ({ low, high }: Interval, count: number): bigint[] => [
  ...new Set(
    Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * BigInt(i)) / BigInt(count)),
  ),
];

const cases: readonly Case[] = [
  { name: 'exp', low: -8, high: 0, fraction: 12, resultFraction: 12 },
  { name: 'exp', low: -3, high: 5, fraction: 20, resultFraction: 24 },
  { name: 'log', low: 1 / 8, high: 8, fraction: 16, resultFraction: 16 },
  { name: 'log', low: 1 / 16, high: 1, fraction: 4, resultFraction: 10 },
  { name: 'sigmoid', low: -8, high: 8, fraction: 8, resultFraction: 8 },
  { name: 'sigmoid', low: -128, high: 127, fraction: 12, resultFraction: 16 },
  { name: 'tanh', low: -4, high: 4, fraction: 16, resultFraction: 12 },
];

describe.each(cases)('$name on [$low, $high] at 2^-$resultFraction', (each) => {
  const wanted = wantedOf(each);
  const pieces = searchPieces(wanted);
  const { name, fraction, resultFraction } = each;
  const scale = pieces.shift + resultFraction;
  const how = { function: name, fraction, scale };
  const reached = reachedPieces(listPieces(pieces), wanted.x);

  test('is proved, and little more than what is found', () => {
    let [proved, seen] = [0, 0];
    for (const { piece, part } of reached) {
      const bound = distanceOnPart(piece, part, how, resultFraction);
      proved = Math.max(proved, bound);
      for (const x of evenly(part, 300)) {
        const error = errorAt(name, piece, x, fraction, scale);
        expect(error).toBeLessThanOrEqual(bound + rounding(bound));
        seen = Math.max(seen, error);
      }
    }
    expect(proved).toBeLessThanOrEqual(wanted.within);
    expect(proved).toBeLessThanOrEqual(3 * seen);
  });

  test('holds for changed coefficients and parts', () => {
    const changes = fc.record({
      index: fc.nat(reached.length - 1),
      power: fc.nat(20),
      by: fc.bigInt({ min: -(1n << 40n), max: 1n << 40n }),
      ends: fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
    });
    fc.assert(
      fc.property(changes, ({ index, power, by, ends }) => {
        const { piece, part } = reached[index]!;
        const at = (share: number): bigint =>
          part.low + BigInt(Math.floor(share * Number(part.high - part.low)));
        const [a, b] = ends.map(at).sort((u, v) => (u < v ? -1 : 1)) as [bigint, bigint];
        const coefficients = piece.coefficients.map((c, k) =>
          k === power % piece.coefficients.length ? c + by : c,
        );
        const changed = { ...piece, coefficients };
        const own = interval(a, b);
        const bound = distanceOnPart(changed, own, how, resultFraction);
        for (const x of evenly(own, 20)) {
          const error = errorAt(name, changed, x, fraction, scale);
          expect(error).toBeLessThanOrEqual(bound + rounding(bound));
        }
      }),
      { numRuns: runs(60) },
    );
  });
});

test('of any coefficients', () => {
  const any = fc.record({
    name: fc.constantFrom('exp', 'log', 'sigmoid', 'tanh'),
    first: fc.bigInt({ min: -2000n, max: 2000n }),
    width: fc.integer({ min: 0, max: 10 }),
    fraction: fc.integer({ min: 2, max: 10 }),
    scale: fc.integer({ min: 0, max: 30 }),
    coefficients: fc.array(fc.bigInt({ min: -1000n, max: 1000n }), { minLength: 1, maxLength: 5 }),
  });
  fc.assert(
    fc.property(any, ({ name, fraction, scale, ...piece }) => {
      const part = interval(piece.first, piece.first + (1n << BigInt(piece.width)) - 1n);
      const bound = distanceOnPart(piece, part, { function: name, fraction, scale }, 10);
      if (bound === Infinity) return;
      for (const x of evenly(part, 16)) {
        const error = errorAt(name, piece, x, fraction, scale);
        expect(error).toBeLessThanOrEqual(bound + rounding(bound));
      }
    }),
    { numRuns: runs(200) },
  );
});

describe('slopes', () => {
  const slope = (name: string, low: number, high: number, error: number): number =>
    slopeNear(findFunction(name)!, interval(BigInt(low * 256), BigInt(high * 256)), {
      fraction: 8,
      error,
    });

  test('are the largest of the derivative, as far as the error reaches', () => {
    expect(slope('exp', -1, 0, 0.5)).toBeCloseTo(Math.exp(0.5), 12);
    expect(slope('log', 0.5, 2, 0.25)).toBeCloseTo(4, 12);
    expect(slope('sigmoid', -1, 1, 0)).toBeGreaterThanOrEqual(0.25);
    expect(slope('sigmoid', -1, 1, 0)).toBeCloseTo(0.25, 12);
    expect(slope('tanh', -1, 1, 0)).toBeGreaterThanOrEqual(1);
    expect(slope('tanh', -1, 1, 0)).toBeCloseTo(1, 12);
    expect(slope('sigmoid', 1, 4, 0.5)).toBeCloseTo(Math.exp(-0.5) / (1 + Math.exp(-0.5)) ** 2, 12);
    expect(slope('tanh', -4, -1, 0.5)).toBeCloseTo(1 - Math.tanh(0.5) ** 2, 12);
  });

  test('of log are unbounded where x may reach 0, and those of exp past the field', () => {
    expect(slope('log', 0.5, 2, 0.5)).toBe(Infinity);
    expect(slope('exp', 0, 300, 0)).toBe(Infinity);
    expect(slope('exp', 0, 1, Infinity)).toBe(Infinity);
  });
});

test('the search gives the same pieces for the same question', () => {
  const wanted = wantedOf(cases[0]!);
  const summary = ({ origin, unit, start, widths, shift, coefficients }: Pieces): unknown =>
    JSON.parse(
      JSON.stringify({ origin, unit, start, widths, shift, coefficients }, (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
    );
  // Coefficients are part of a circuit's digest: they are the same on every machine.
  expect(summary(searchPieces(wanted))).toMatchInlineSnapshot(`
    {
      "coefficients": [
        "67959464533988056459987027704676352",
        "-37819162539766733557599523831808",
        "41866753709512029172431585280",
        "-11721815962347003210366976",
        "1732928042461890084864",
        "-136752745896923136",
        "6144468985795",
        "-145505913",
        "1507",
        "0",
      ],
      "origin": "-32768",
      "shift": 115,
      "start": "-32768",
      "unit": "1",
      "widths": [
        16,
      ],
    }
  `);
});
