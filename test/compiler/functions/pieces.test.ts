// Intervals of polynomials on parts of pieces, the partition of intervals into cells, and pieces that are malformed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellAround, grids, partOf, splitCells } from '../../../compiler/functions/partition.ts';
import {
  rangeOf,
  shifted,
  valueAt,
  type Polynomial,
  type Pieces,
} from '../../../compiler/functions/pieces.ts';
import { contains, interval, type Interval } from '../../../compiler/numbers/interval.ts';
import { q } from '../../../compiler/ir/format.ts';
import { ProgramBuilder } from '../../../compiler/program/builder.ts';

const integers = fc.bigInt({ min: -(1n << 20n), max: 1n << 20n });
const pieces: fc.Arbitrary<Polynomial & { width: number }> = fc.record({
  first: integers,
  width: fc.integer({ min: 0, max: 9 }),
  coefficients: fc.array(integers, { minLength: 1, maxLength: 6 }),
});

test('the interval holds every value, and is exact for a polynomial that rises', () => {
  fc.assert(
    fc.property(pieces, fc.nat(511), fc.nat(511), (piece, a, b) => {
      const size = 1 << piece.width;
      const ends = [a % size, b % size].sort((u, v) => u - v);
      const part = interval(piece.first + BigInt(ends[0]!), piece.first + BigInt(ends[1]!));
      const range = rangeOf({ piece, part });
      for (let x = part.low; x <= part.high; x++) {
        const value = valueAt(piece, x);
        expect(contains(range, interval(value, value))).toBe(true);
      }
      const rising = { ...piece, coefficients: piece.coefficients.map((c) => (c < 0n ? -c : c)) };
      expect(rangeOf({ piece: rising, part })).toEqual(
        interval(valueAt(rising, part.low), valueAt(rising, part.high)),
      );
    }),
  );
});

test('moving a polynomial moves its values', () => {
  fc.assert(
    fc.property(pieces, integers, integers, ({ coefficients }, by, x) => {
      const at = (c: readonly bigint[], t: bigint): bigint =>
        valueAt({ first: 0n, coefficients: c }, t);
      expect(at(shifted(coefficients, by), x)).toBe(at(coefficients, x + by));
    }),
  );
});

test('cells are aligned, follow one another and hold the interval', () => {
  const intervals = fc
    .tuple(integers, integers)
    .map(([a, b]) => (a < b ? interval(a, b) : interval(b, a)));
  fc.assert(
    fc.property(intervals, fc.bigInt({ min: 1n, max: 1n << 16n }), (x, widest) => {
      for (const grid of grids(x)) {
        const { origin, unit } = grid;
        expect(origin).toBeLessThanOrEqual(x.low);
        expect(partOf(cellAround(x, grid), grid, x)).toEqual(x);
        const isGood = ({ low, high }: Interval): boolean => high - low < widest * 4096n;
        const cells = splitCells(x, grid, isGood, 5000);
        if (!cells) {
          expect(unit).toBeGreaterThan(1n);
          continue;
        }
        let next = cells[0]!.first;
        expect(next).toBeLessThanOrEqual(x.low);
        for (const { first, width } of cells) {
          expect(first).toBe(next);
          expect((first - origin) % (unit << BigInt(width))).toBe(0n);
          next = first + (unit << BigInt(width));
        }
        expect(next).toBeGreaterThan(x.high);
      }
    }),
  );
});

describe('pieces that are refused', () => {
  const good: Pieces & { function: string } = {
    function: 'exp',
    origin: -8n,
    unit: 1n,
    start: -8n,
    widths: [3, 2, 2],
    shift: 2,
    coefficients: [1n, 2n, 3n],
  };
  const ranged = (changed: Partial<Pieces & { function: string }>): void => {
    const builder = new ProgramBuilder();
    const format = q(4, 0);
    const x = builder.append('input', [], { name: 'x', visibility: 'secret', format, shape: [] });
    builder.intervalsOf(builder.append('piecewise', [x], { ...good, ...changed, to: q(8, 0) }));
  };

  test.each([
    ['not covered', { widths: [3, 2, 1] }, 'the pieces do not cover that'],
    ['not covered from the start', { start: -4n, origin: -4n }, 'the pieces do not cover that'],
    ['not aligned', { widths: [2, 3, 2] }, 'a multiple of its length'],
    ['not aligned to the origin', { origin: -7n }, 'a multiple of its length'],
    ['no unit', { unit: 0n }, 'a unit of 0'],
    ['too few coefficients', { coefficients: [1n, 2n] }, '2 coefficients for 3 pieces'],
    ['no pieces', { widths: [], coefficients: [] }, 'widths that are none'],
    ['half a width', { widths: [3, 2.5, 2] }, 'widths that are none'],
    ['a negative shift', { shift: -1 }, 'a shift of -1'],
    ['too high a degree', { coefficients: new Array<bigint>(99).fill(0n) }, 'a degree'],
    ['a function without a name', { function: 'e x p' }, 'has no name'],
    ['values past the format', { coefficients: [1n, 2n, 3000n] }, 'past q8.0'],
  ])('%s', (_, changed, message) => {
    expect(() => ranged(good)).not.toThrow();
    expect(() => ranged(changed)).toThrow(message);
  });
});
