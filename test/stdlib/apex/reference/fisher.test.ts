import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blockGradients,
  diagonalFisher,
  fisherBlock,
  meanGradient,
  normalisedFisherBlock,
  tensorBlocks,
} from '../../../../stdlib/apex/reference/index.ts';
import { distance, halfQuadratic, numRuns, randomBlock } from './arbitraries.ts';

describe('fisherBlock', () => {
  test('is λI + (1/n) Σ g gᵀ', () => {
    // g = (1, 2) and (3, 0), n = 2, λ = 1:
    //   ½ [[1+9, 2+0], [2+0, 4+0]] + I = [[6, 1], [1, 3]].
    const gradients = [Float32Array.of(1, 2), Float64Array.of(3, 0)];
    expect([...fisherBlock({ gradients, damping: 1 }).entries]).toEqual([6, 1, 1, 3]);
    // C' = C/λ with λ = 2: [[5+2, 1], [1, 2+2]] / 2.
    expect([...normalisedFisherBlock({ gradients, damping: 2 }).entries]).toEqual([
      3.5, 0.5, 0.5, 2,
    ]);
    expect([...diagonalFisher({ gradients, damping: 1 })]).toEqual([6, 3]);
    expect([...meanGradient(gradients)]).toEqual([2, 1]);
  });

  test('is symmetric, bounded below by λ, and λ times the normalised one', () => {
    fc.assert(
      fc.property(randomBlock, ({ gradients, damping, weights }) => {
        const curvature = fisherBlock({ gradients, damping });
        const size = weights.length;
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < i; j++) {
            expect(curvature.entries[i * size + j]).toBe(curvature.entries[j * size + i]);
          }
        }
        const squaredNorm = weights.reduce((sum, weight) => sum + weight * weight, 0);
        expect(halfQuadratic(curvature, weights)).toBeGreaterThanOrEqual(
          0.5 * damping * squaredNorm * (1 - 1e-12),
        );
        const normalised = normalisedFisherBlock({ gradients, damping });
        expect(
          distance(
            normalised.entries.map((entry) => entry * damping),
            curvature.entries,
          ),
        ).toBeLessThan(1e-12);
        const diagonal = diagonalFisher({ gradients, damping });
        expect(
          distance(
            diagonal,
            weights.map((_, i) => curvature.entries[i * size + i]!),
          ),
        ).toBeLessThan(1e-12);
      }),
      { numRuns },
    );
  });

  test('of a block is that of its own gradients', () => {
    const block = tensorBlocks({ tensor: 'fc1', shape: [3], blockSize: 2 })[1]!;
    const gradients = blockGradients([Float64Array.of(1, 2, 3)], block);
    expect([...fisherBlock({ gradients, damping: 0.5 }).entries]).toEqual([9.5]);
  });

  test.each([
    ['no examples', [], 1, 'gradients: has 0 examples'],
    ['rows of different lengths', [[1, 2], [1]], 1, 'gradients[1]: has 1 entries where 2'],
    ['NaN', [[1], [NaN]], 1, 'gradients[1]: entry 0 is NaN'],
    ['λ = 0', [[1]], 0, 'damping: lambda is 0\n  hint: give a finite lambda above zero'],
    ['λ < 0', [[1]], -1, 'lambda is -1'],
    ['λ = NaN', [[1]], NaN, 'lambda is NaN'],
    ['overflow', [[1e200]], 1, 'their products exceed double precision'],
  ])('refuses %s', (_, rows, damping, message) => {
    const gradients = rows.map((row) => Float64Array.from(row));
    expect(() => fisherBlock({ gradients, damping })).toThrow(message);
    expect(() => normalisedFisherBlock({ gradients, damping })).toThrow(message);
  });
});
