import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fisherBlock,
  kktResidual,
  obsFromCurvature,
  obsFromInverse,
  obsMultipliers,
  predictedLossIncrease,
  woodburyInverse,
} from '../../../../stdlib/apex/reference/index.ts';
import { multiply } from '../../../../stdlib/apex/reference/matrix.ts';
import { distance, halfQuadratic, matrixOf, numRuns, randomBlock, reals } from './arbitraries.ts';
import type { RandomBlock } from './arbitraries.ts';

const matrices = ({ gradients, damping }: RandomBlock) => ({
  curvature: fisherBlock({ gradients, damping }),
  inverse: woodburyInverse({ gradients, damping }),
});

describe('group OBS by hand', () => {
  // C = [[2, 1, 0], [1, 2, 1], [0, 1, 2]], det C = 2·3 − 1·2 = 4, so
  // K = ¼ [[3, −2, 1], [−2, 4, −2], [1, −2, 3]].   θ = (1, 5, 7), S = {0}, R = {1, 2}.
  //   C_RR⁻¹ = ⅓ [[2, −1], [−1, 2]],  C_RS θ_S = (1, 0),  δ_R = (⅔, −⅓),  δ = (−1, ⅔, −⅓).
  //   y = K_SS⁻¹ θ_S = 1 / ¾ = 4/3,   δ = −K_{:,S} y = −4/3 · ¼ (3, −2, 1) = (−1, ⅔, −⅓).
  //   Cδ = (−2 + ⅔, −1 + 4/3 − ⅓, ⅔ − ⅔) = (−4/3, 0, 0) = (−y, 0, 0).
  //   ½ θ_S y = ⅔ = ½ δᵀCδ = ½ · (−1) · (−4/3).
  const curvature = matrixOf([
    [2, 1, 0],
    [1, 2, 1],
    [0, 1, 2],
  ]);
  const inverse = matrixOf([
    [0.75, -0.5, 0.25],
    [-0.5, 1, -0.5],
    [0.25, -0.5, 0.75],
  ]);
  const weights = Float64Array.of(1, 5, 7);
  const mask = Uint8Array.of(1, 0, 0);
  const delta = [-1, 2 / 3, -1 / 3];

  test('both forms give δ', () => {
    expect(distance(obsFromCurvature({ curvature, weights, mask }), delta)).toBeLessThan(1e-15);
    expect(distance(obsFromInverse({ inverse, weights, mask }), delta)).toBeLessThan(1e-15);
  });

  test('multipliers, residual and predicted loss increase', () => {
    expect(obsMultipliers({ inverse, weights, mask })[0]).toBeCloseTo(4 / 3, 14);
    expect(distance(kktResidual({ curvature, delta, mask }), [0, 0, 0])).toBeLessThan(1e-15);
    expect(predictedLossIncrease({ inverse, weights, mask })).toBeCloseTo(2 / 3, 14);
    expect(halfQuadratic(curvature, delta)).toBeCloseTo(2 / 3, 14);
  });

  test('the residual sees the unmasked rows, and only those', () => {
    // δ = −θ on the mask and nothing else: Cδ = (−2, −1, 0).
    expect([...kktResidual({ curvature, delta: [-1, 0, 0], mask })]).toEqual([0, -1, 0]);
  });
});

describe('group OBS, for all blocks', () => {
  test('the complement form equals the inverse form', () => {
    fc.assert(
      fc.property(randomBlock, (block) => {
        const { curvature, inverse } = matrices(block);
        const left = obsFromCurvature({ ...block, curvature });
        const right = obsFromInverse({ ...block, inverse });
        expect(distance(left, right)).toBeLessThan(1e-9);
      }),
      { numRuns },
    );
  });

  test('δ on the mask is exactly −θ, and θ + δ exactly 0', () => {
    fc.assert(
      fc.property(randomBlock, (block) => {
        const { curvature, inverse } = matrices(block);
        const deltas = [
          obsFromCurvature({ ...block, curvature }),
          obsFromInverse({ ...block, inverse }),
        ];
        block.mask.forEach((bit, i) => {
          if (bit === 0) return;
          for (const delta of deltas) {
            expect(delta[i]).toBe(-block.weights[i]!);
            expect(block.weights[i]! + delta[i]!).toBe(0);
          }
        });
      }),
      { numRuns },
    );
  });

  test('the KKT residual is zero, and Cδ = −y on the mask', () => {
    fc.assert(
      fc.property(randomBlock, (block) => {
        const { curvature, inverse } = matrices(block);
        const delta = obsFromInverse({ ...block, inverse });
        const residual = kktResidual({ curvature, delta, mask: block.mask });
        expect(distance(residual, new Float64Array(delta.length))).toBeLessThan(1e-9);
        const onMask = multiply(curvature, delta).filter((_, i) => block.mask[i] === 1);
        const y = obsMultipliers({ ...block, inverse });
        expect(
          distance(
            onMask,
            y.map((value) => -value),
          ),
        ).toBeLessThan(1e-8);
      }),
      { numRuns },
    );
  });

  test('the predicted loss increase is ½ δᵀCδ', () => {
    fc.assert(
      fc.property(randomBlock, (block) => {
        const { curvature, inverse } = matrices(block);
        const predicted = predictedLossIncrease({ ...block, inverse });
        const actual = halfQuadratic(curvature, obsFromInverse({ ...block, inverse }));
        expect(Math.abs(predicted - actual)).toBeLessThan(1e-8);
      }),
      { numRuns },
    );
  });

  test('is optimal: no feasible perturbation lowers ½ δᵀCδ', () => {
    fc.assert(
      fc.property(randomBlock, reals(8, 1), (block, direction) => {
        const { curvature } = matrices(block);
        const delta = obsFromCurvature({ ...block, curvature });
        const other = delta.map((value, i) =>
          block.mask[i] === 1 ? value : value + direction[i]!,
        );
        const lowest = halfQuadratic(curvature, delta);
        expect(halfQuadratic(curvature, other)).toBeGreaterThanOrEqual(lowest - 1e-9);
      }),
      { numRuns },
    );
  });

  test('without a masked weight δ = 0; with all of them δ = −θ', () => {
    fc.assert(
      fc.property(randomBlock, (block) => {
        const { curvature, inverse } = matrices(block);
        const none = { ...block, mask: block.mask.map(() => 0) };
        const all = { ...block, mask: block.mask.map(() => 1) };
        const zero = new Float64Array(block.weights.length);
        expect(distance(obsFromCurvature({ ...none, curvature }), zero)).toBe(0);
        expect(distance(obsFromInverse({ ...none, inverse }), zero)).toBe(0);
        expect(predictedLossIncrease({ ...none, inverse })).toBe(0);
        const opposite = block.weights.map((weight) => -weight);
        expect(obsFromCurvature({ ...all, curvature })).toEqual(opposite);
        expect(obsFromInverse({ ...all, inverse })).toEqual(opposite);
      }),
      { numRuns },
    );
  });

  test('δ does not change when C is normalised', () => {
    fc.assert(
      fc.property(randomBlock, (block) => {
        const { curvature } = matrices(block);
        const normalised = {
          ...curvature,
          entries: curvature.entries.map((c) => c / block.damping),
        };
        const left = obsFromCurvature({ ...block, curvature });
        const right = obsFromCurvature({ ...block, curvature: normalised });
        expect(distance(left, right)).toBeLessThan(1e-9);
      }),
      { numRuns },
    );
  });
});

describe('group OBS refuses', () => {
  const curvature = matrixOf([
    [1, 0],
    [0, 1],
  ]);
  test.each([
    ['a short mask', [1, 2], [1], 'mask: has 1 entries where 2 are needed'],
    ['a mask entry that is no bit', [1, 2], [1, 2], 'mask: mask entry 1 is 2'],
    ['NaN', [1, NaN], [1, 0], 'weights: entry 1 is NaN'],
    ['another size', [1], [1], 'curvature: is 2 × 2 where 1 × 1 is needed'],
  ])('%s', (_, weights, mask, message) => {
    expect(() => obsFromCurvature({ curvature, weights, mask })).toThrow(message);
  });

  test('a singular K_SS', () => {
    const inverse = matrixOf([
      [1, 1],
      [1, 1],
    ]);
    expect(() => obsFromInverse({ inverse, weights: [1, 1], mask: [1, 1] })).toThrow(
      'matrix 2 × 2: pivot 1 is 0',
    );
  });
});
