// Numbers in words, and words in elements.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInterval, type Format } from '../../../../compiler/ir/format.ts';
import { findOp } from '../../../../compiler/ops/index.ts';
import { q, u } from '../../../../dsl/index.ts';
import { limbFormat, packWords, wordsOf } from '../../../../stdlib/apex/commitments/words.ts';
import { runs } from '../../../tier.ts';

describe('words', () => {
  const formats: readonly (readonly [Format, number, number])[] = [
    [q(12, 11), 36, 9],
    [q(24, 20), 8, 4],
    [q(24, 20), 7, 5],
    [q(31, 20), 3, 3],
    [q(48, 25), 4, 4],
    [u(12, 0), 1, 8],
  ];

  test.each(formats)('%o: op unpack takes out what was put in', (format, length, count) => {
    const { low, high } = formatInterval(format);
    const integer = fc.maxSafeInteger().map((x) => (x < 0 ? Number(low) : Number(high)));
    const inside = fc.double({ min: 0, max: 1, noNaN: true }).map((x) => {
      const span = Number(high - low);
      return Number(low) + Math.round(x * span);
    });
    const salts = fc.array(fc.integer({ min: 0, max: 65535 }), {
      minLength: count,
      maxLength: count,
    });
    const numbers = fc.array(fc.oneof(integer, inside), { minLength: length, maxLength: length });
    fc.assert(
      fc.property(numbers, salts, (integers, own) => {
        const words = wordsOf(integers, format, own);
        expect(words.every((word) => word >= 0n && word < 1n << 64n)).toBe(true);
        expect(words.map((word) => Number(word & 65535n))).toEqual(own);
        const call = {
          attributes: { to: limbFormat(format), length },
          arguments: [{ shape: [count], format: u(64, 0) }],
          result: { shape: [length], format: limbFormat(format) },
          operands: [0],
        };
        expect(findOp('unpack').fixed([words], call)).toEqual(integers.map(BigInt));
      }),
      { numRuns: runs(50) },
    );
  });

  test('integers that do not fit, and too many of them', () => {
    for (const integer of [2048, -2049, 2 ** 40, -(2 ** 40), 0.5, NaN])
      expect(() => wordsOf([integer], q(12, 11), [0])).toThrow(RangeError);
    expect(() => wordsOf([0, 0, 0, 0, 0], q(12, 11), [0])).toThrow(RangeError);
  });

  test('packed three to an element, injectively, below the domain', () => {
    const words = Array.from({ length: 7 }, (_, i) => (1n << 64n) - BigInt(i + 1));
    const packed = packWords(words, 5n);
    expect(packed).toHaveLength(3);
    expect(packed[2]).toBe(words[6]);
    expect(packed.map((each) => each >> 192n)).toEqual([5n, 0n, 0n]);
    const lanes = packed.flatMap((each) =>
      [0n, 64n, 128n].map((at) => BigInt.asUintN(64, each >> at)),
    );
    expect(lanes.slice(0, 7)).toEqual(words);
  });
});
