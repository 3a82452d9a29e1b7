// Wrong witnesses of piecewise polynomials: other pieces, other places in a piece, other quotients and remainders, each with all that
// follows from it. Small arguments are tried exhaustively.
import { describe, expect, test } from 'vitest';
import { searchPieces } from '../../../compiler/functions/search.ts';
import { formatInterval, q } from '../../../compiler/ir/format.ts';
import { inverse } from '../../../compiler/numbers/field.ts';
import { accepts, attack, from, writing } from './attacked.ts';

/** Pieces of widths 8, 4, 2, 1, 1 and 16 from −16 on, with values that differ from piece to piece. */
const uneven = {
  function: 'exp',
  origin: -16n,
  unit: 1n,
  start: -16n,
  widths: [3, 2, 1, 0, 0, 4],
  shift: 5,
  coefficients: [500n, 7n, -40n, 300n, 90n, -9n, 1000n, 0n, -100n, 100n, 11n, -200n],
  to: q(12, 2),
};

describe('the piece', () => {
  const format = q(5, 2);
  const attacked = attack('piecewise', [[format, []]], uneven);
  // The digits of x + 16 from the highest to the lowest: pieces of one integer leave nothing below them.
  const [, ...others] = attacked.advice;
  const digits = attacked.advice.slice(0, 5);

  test('is forced: every other set of digits is refused, whatever comes after', () => {
    expect(others.length).toBeGreaterThan(4);
    for (const x of from(-16, 15)) {
      const honest = x + 16n;
      for (const other of from(0, 31)) {
        const written = digits.map((digit, k) => [digit, (other >> BigInt(k)) & 1n] as const);
        expect(accepts(attacked.lowered, { a: [x] }, written), `${x}, ${other}`).toBe(
          other === honest,
        );
      }
    }
  });

  test('has bits for digits: 2 for 1 above is refused', () => {
    for (const x of [-16n, -1n, 5n, 15n]) {
      const bits = digits.map((_, k) => ((x + 16n) >> BigInt(k)) & 1n);
      const borrowed = [bits[0]! + 2n, bits[1]! - 1n, ...bits.slice(2)];
      const written = digits.map((digit, k) => [digit, borrowed[k]!] as const);
      expect(accepts(attacked.lowered, { a: [x] }, written)).toBe(false);
    }
  });
});

describe('pieces whose lengths are no powers of 2', () => {
  const attributes = {
    ...uneven,
    unit: 5n,
    widths: [1, 1, 1, 0],
    coefficients: uneven.coefficients.slice(0, 8),
  };
  const attacked = attack('piecewise', [[q(5, 2), []]], attributes);
  // Digits of (x + 16) / 5, and what is left.
  const [digits, rest] = [attacked.advice.slice(0, 3), attacked.advice[3]!];

  test('one quotient by the length is accepted, with its own remainder', () => {
    for (const x of from(-16, 15)) {
      const own = x + 16n;
      for (const quotient of from(0, 7)) {
        const written = [
          ...digits.map((digit, k) => [digit, (quotient >> BigInt(k)) & 1n] as const),
          [rest, own - 5n * quotient] as const,
        ];
        const accepted = accepts(attacked.lowered, { a: [x] }, written);
        expect(accepted, `${x}, ${quotient}`).toBe(quotient === own / 5n);
      }
    }
  });
});

test('an origin from which the digits are not those of one integer is refused', () => {
  const pieces = {
    function: 'exp',
    unit: 1n,
    start: -4n,
    widths: [2, 2],
    shift: 0,
    coefficients: [1n, 2n],
    to: q(12, 0),
  };
  const from = (origin: bigint) => () =>
    attack('piecewise', [[q(3, 0), []]], { ...pieces, origin });
  expect(from(-4n)).not.toThrow();
  expect(from(4n - (1n << 252n))).not.toThrow();
  for (const origin of [0n, 4n, -(1n << 252n), -(1n << 255n), -(1n << 300n)])
    expect(from(origin)).toThrow('an origin');
});

describe('chosen pieces', () => {
  const [format, fraction, resultFraction] = [q(12, 8), 8, 8];
  const pieces = searchPieces({
    function: 'sigmoid',
    x: formatInterval(format),
    fraction,
    resultFraction,
    within: 2 ** -9,
  });
  const attributes = { function: 'sigmoid', ...pieces, to: q(10, 8) };
  const attacked = attack('piecewise', [[format, []]], attributes);
  const below = Math.min(...pieces.widths);
  const count = 12 - below;
  const digits = attacked.advice.slice(0, count);
  const rest = attacked.advice[count]!;

  test('a place in a piece that is past its end, or before it, is refused', () => {
    expect(pieces.widths.length).toBeGreaterThan(2);
    for (const x of [-2048n, -700n, -1n, 0n, 1n, 511n, 512n, 2047n]) {
      const own = x - pieces.origin;
      const written = (moved: bigint) => [
        ...digits.map((digit, k) => [digit, ((own + moved) >> BigInt(below + k)) & 1n] as const),
        [rest, own - (((own + moved) >> BigInt(below)) << BigInt(below))] as const,
      ];
      expect(accepts(attacked.lowered, { a: [x] }, written(0n))).toBe(true);
      for (const moved of [1n, -1n, 2n, -2n].map((by) => by << BigInt(below)))
        if (own + moved >= 0n && own + moved < 4096n)
          expect(accepts(attacked.lowered, { a: [x] }, written(moved)), `${x}, ${moved}`).toBe(
            false,
          );
    }
  });

  test('other values are refused, with the remainder that belongs to them', () => {
    const [value] = attacked.value;
    for (const x of [-2048n, -513n, 0n, 777n]) {
      const [honest] = attacked.honest({ a: [x] });
      const tries = (y: bigint): boolean =>
        accepts(attacked.lowered, { a: [x] }, writing(value!, y));
      expect(tries(honest!)).toBe(true);
      for (const y of [honest! + 1n, honest! - 1n, honest! + inverse(1n << BigInt(pieces.shift))])
        expect(tries(y), `${x}, ${y}`).toBe(false);
    }
  });
});
