import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, modulus } from '../../../compiler/numbers/field.ts';
import { rootsInField } from '../../../compiler/numbers/field-roots.ts';
import { runs } from '../../tier.ts';

const element = fc.oneof(
  fc.bigInt({ min: 0n, max: modulus - 1n }),
  fc.bigInt({ min: 0n, max: 9n }),
);

/** Π (X − x). */
const withRoots = (roots: readonly bigint[]): bigint[] =>
  roots.reduce<bigint[]>(
    (product, x) => [0n, ...product].map((c, k) => canonical(c - x * (product[k] ?? 0n))),
    [1n],
  );

test('finds all roots of a product, each once', () => {
  fc.assert(
    fc.property(fc.array(element, { minLength: 1, maxLength: 5 }), element, (roots, factor) => {
      fc.pre(factor !== 0n);
      const found = rootsInField(withRoots(roots).map((c) => c * factor));
      expect(found).toEqual([...new Set(roots)].sort((a, b) => (a < b ? -1 : 1)));
    }),
    { numRuns: runs(40) },
  );
});

test('finds no more than there are', () => {
  // 5 generates the field's units, so it is no square.
  expect(rootsInField([-5n, 0n, 1n])).toEqual([]);
  // (X² − 5) (X − 3)
  expect(rootsInField([15n, -5n, -3n, 1n])).toEqual([3n]);
  expect(rootsInField([7n])).toEqual([]);
  expect(rootsInField([])).toEqual([]);
});
