// The words of a block and its leaf. That the circuit commits alike is tested with the forms.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInterval, type Format } from '../../../compiler/ir/format.ts';
import { findOp } from '../../../compiler/ops/index.ts';
import { q, u } from '../../../dsl/index.ts';
import {
  blockLeaf,
  curvatureDigest,
  randomCurvatureSalts,
  randomWeightSalts,
} from '../../../stdlib/apex/commitments/leaf.ts';
import {
  curvatureWords,
  limbFormat,
  packWords,
  wordsOf,
} from '../../../stdlib/apex/commitments/words.ts';
import { identityCurvature, stepOf } from './steps.ts';
import { runs } from '../../tier.ts';

describe('words', () => {
  const formats: readonly (readonly [Format, number, number])[] = [
    [q(12, 7), 36, 9],
    [q(24, 20), 8, 4],
    [q(24, 20), 7, 5],
    [q(16, 14), 5, 3],
    [q(31, 20), 3, 3],
    [u(12, 0), 1, 8],
  ];

  test.each(formats)('%o: op unpack takes out what was put in', (format, length, count) => {
    const { low, high } = formatInterval(format);
    const integer = fc.integer({ min: Number(low), max: Number(high) });
    const salts = fc.array(fc.integer({ min: 0, max: 65535 }), {
      minLength: count,
      maxLength: count,
    });
    const numbers = fc.array(integer, { minLength: length, maxLength: length });
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

  test('packed three to an element, injectively', () => {
    const words = Array.from({ length: 7 }, (_, i) => (1n << 64n) - BigInt(i + 1));
    const packed = packWords(words);
    expect(packed).toHaveLength(3);
    expect(packed[2]).toBe(words[6]);
    expect(packed[0]! >> 128n).toBe(words[2]);
    expect(packed.every((each) => each < 1n << 192n)).toBe(true);
  });

  test('a curvature has 128 random bits at least', () => {
    for (const size of [1, 2, 3, 8])
      for (const form of ['factor', 'kkt', 'inverse'] as const)
        expect(curvatureWords(stepOf(form, size))).toBeGreaterThanOrEqual(8);
  });
});

describe('leaves', () => {
  const spec = stepOf('inverse', 3);
  const weights = [1, -2, 3];
  const curvature = identityCurvature(spec);
  const [one, two] = [randomWeightSalts(spec, 1), randomCurvatureSalts(spec, 1)];
  const leaf = (own: readonly number[], salts = one, of = two): bigint =>
    blockLeaf(spec, own, salts, curvatureDigest(spec, curvature, of));

  test('change with every weight and every random bit', () => {
    const known = leaf(weights);
    expect(leaf(weights)).toBe(known);
    expect(leaf([1, -2, 4])).not.toBe(known);
    one.forEach((_, word) => {
      const other = one.map((salt, i) => (i === word ? salt ^ 1 : salt));
      expect(leaf(weights, other)).not.toBe(known);
    });
    two.forEach((_, word) => {
      const other = two.map((salt, i) => (i === word ? salt ^ 32768 : salt));
      expect(leaf(weights, one, other)).not.toBe(known);
    });
  });

  test('random bits are all there, and differ', () => {
    const salts = randomWeightSalts(spec, 200);
    expect(salts).toHaveLength(400);
    expect(new Set(salts).size).toBeGreaterThan(380);
    const bits = salts.reduce((all, salt) => all | salt, 0);
    expect(bits).toBe(65535);
  });
});
