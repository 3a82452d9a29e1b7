// Wrong witnesses of lookups and extremes: other digits of an index, an index past the axis, the other one of two numbers.
import { describe, expect, test } from 'vitest';
import { constant } from '../../../compiler/constraints/expression.ts';
import { modulus } from '../../../compiler/numbers/field.ts';
import { q, u, type CircuitBuilder } from '../../../dsl/index.ts';
import { accepts, adviceOf, attack, build, from } from './attacked.ts';

/** All bits for so many variables. */
const allBits = (variables: readonly number[]): [number, bigint][][] =>
  Array.from({ length: 2 ** variables.length }, (_, k) =>
    variables.map((variable, i) => [variable, BigInt((k >> i) & 1)] as [number, bigint]),
  );

const lookup = (n: number, row: number) =>
  build((c: CircuitBuilder) => {
    const table = c.secret('table', q(8, 0), [n, row]);
    table.gather({ axis: 0, index: c.secret('i', u(3, 0)) }).expose('y');
  });

describe.each([
  [5, 1],
  [5, 3],
  [8, 1],
  [8, 3],
])('take from %i rows of %i', (n, row) => {
  const lowered = lookup(n, row);
  const table = Array.from({ length: n * row }, (_, k) => BigInt(3 * k - 7));
  const width = 3;
  const digits = adviceOf(lowered, 'take').slice(0, width);

  test('the digits of the index alone, and no index past the axis', () => {
    for (const i of from(0, 7)) {
      const accepted = allBits(digits).filter((bits) => accepts(lowered, { table, i: [i] }, bits));
      const own = digits.map((variable, k) => [variable, (i >> BigInt(k)) & 1n]);
      expect(accepted, `${i}`).toEqual(i < BigInt(n) ? [own] : []);
    }
  });

  test('digits that are no bits', () => {
    // 2 b_0 + … with b_0 = 2 in place of b_1 = 1, and halves.
    const [first, second] = digits as [number, number];
    for (const [b0, b1] of [
      [2n, 0n],
      [-2n, 2n],
      [(modulus + 1n) / 2n, (modulus + 3n) / 4n],
    ])
      expect(
        accepts(lowered, { table, i: [2n] }, [
          [first, ((b0! % modulus) + modulus) % modulus],
          [second, b1!],
        ]),
      ).toBe(false);
  });
});

describe.each(['min', 'abs'])('%s', (op) => {
  const operands = op === 'abs' ? 1 : 2;
  const { lowered, value, advice, honest } = attack(
    op,
    Array.from({ length: operands }, () => [q(4, 0), []] as const),
  );

  test('the other number is refused, with its bit and the rest', () => {
    const [bit, ...limbs] = advice;
    expect(limbs.length).toBeGreaterThan(0);
    expect(value[0]).not.toEqual(constant(0n));
    // A check of so many bits: one limb of 12.
    const top = 1n << BigInt(12 * limbs.length);
    for (const a of from(-8, 7))
      for (const b of op === 'abs' ? [0n] : from(-8, 7)) {
        const given = op === 'abs' ? { a: [a] } : { a: [a], b: [b] };
        const d = op === 'abs' ? a : a - b;
        const accepted = [0n, 1n].filter((chosen) =>
          accepts(lowered, given, [
            [bit!, chosen],
            [limbs[0]!, (((d + top - top * chosen) % modulus) + modulus) % modulus],
          ]),
        );
        expect(accepted, `${a}, ${b}`).toEqual([d >= 0n ? 1n : 0n]);
        const expected = op === 'abs' ? (a < 0n ? -a : a) : a < b ? a : b;
        expect(honest(given)).toEqual([expected]);
      }
  });
});
