import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fisherBlock,
  solveLinear,
  woodburyInverse,
} from '../../../../stdlib/apex/reference/index.ts';
import { distance, numRuns, randomBlock } from './arbitraries.ts';

describe('woodburyInverse', () => {
  test('one example by hand', () => {
    // g = (1, 2), n = 1, λ = 1: C = [[2, 2], [2, 5]], det = 6, C⁻¹ = [[5, -2], [-2, 2]] / 6.
    const { entries } = woodburyInverse({ gradients: [Float64Array.of(1, 2)], damping: 1 });
    expect(distance(entries, [5 / 6, -1 / 3, -1 / 3, 1 / 3])).toBeLessThan(1e-15);
  });

  test('equals the inverse of C, column by column, and is symmetric', () => {
    fc.assert(
      fc.property(randomBlock, ({ gradients, damping, weights }) => {
        const size = weights.length;
        const matrix = fisherBlock({ gradients, damping });
        const inverse = woodburyInverse({ gradients, damping });
        for (let j = 0; j < size; j++) {
          const unit = new Float64Array(size);
          unit[j] = 1;
          const column = unit.map((_, i) => inverse.entries[i * size + j]!);
          expect(distance(column, solveLinear({ matrix, right: unit }))).toBeLessThan(1e-9);
          column.forEach((entry, i) => expect(entry).toBe(inverse.entries[j * size + i]));
        }
      }),
      { numRuns },
    );
  });

  test('does not depend on the order of the examples', () => {
    fc.assert(
      fc.property(randomBlock, ({ gradients, damping }) => {
        const forwards = woodburyInverse({ gradients, damping });
        const backwards = woodburyInverse({ gradients: [...gradients].reverse(), damping });
        expect(distance(forwards.entries, backwards.entries)).toBeLessThan(1e-9);
      }),
      { numRuns },
    );
  });

  test.each([
    ['no examples', [], 1, 'has 0 examples'],
    ['λ = 0', [[1]], 0, 'lambda is 0'],
    ['an infinite gradient', [[Infinity]], 1, 'gradients[0]: entry 0 is Infinity'],
    ['overflow', [[1], [1e200]], 1e-6, 'gradients[1]: n + gᵀKg is Infinity'],
  ])('refuses %s', (_, rows, damping, message) => {
    const gradients = rows.map((row) => Float64Array.from(row));
    expect(() => woodburyInverse({ gradients, damping })).toThrow(message);
  });
});
