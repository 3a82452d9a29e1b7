import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blockEntries,
  blockGradients,
  fisherBlock,
  obsFromCurvature,
  tensorBlocks,
  unlearn,
} from '../../../../stdlib/apex/reference/index.ts';
import type { NamedTensors, UnlearnInput } from '../../../../stdlib/apex/reference/index.ts';
import {
  bits as randomBits,
  distance,
  halfQuadratic,
  numRuns,
  randomTensors,
  reals,
} from './arbitraries.ts';
import { runs } from '../../../tier.ts';

/** Random tensors, masks and gradients of 3 examples; the last tensor of several is out of scope. */
const randomModel: fc.Arbitrary<UnlearnInput> = randomTensors.chain((weights) => {
  const scope = [...weights].slice(0, Math.max(1, weights.size - 1));
  const forScope = <T>(draw: (length: number) => fc.Arbitrary<T>) =>
    fc
      .tuple(...scope.map(([, { data }]) => draw(data.length)))
      .map((values) => new Map(scope.map(([name], i) => [name, values[i]!])));
  return fc.record({
    weights: fc.constant(weights),
    masks: forScope((length) => randomBits(length)),
    gradients: forScope((length) => fc.tuple(reals(length, 2), reals(length, 2), reals(length, 2))),
    blockSize: fc.integer({ min: 1, max: 6 }),
    damping: fc.double({ min: 0.1, max: 2, noNaN: true }),
  });
});

describe('unlearn', () => {
  test('one tensor by hand', () => {
    // d_b = 2, λ = 1, one example g = (1, 1, 1), θ = (3, 5, 7), the first weight masked.
    // Block 0: C = [[2, 1], [1, 2]], δ = (−3, ½·3), θ_u = (0, 6.5); K_SS = ⅔, so ½·9·1.5 = 6.75.
    // Block 1, of one entry: no mask bit, unchanged.
    const { weights, blocks } = unlearn({
      weights: new Map([['fc1', { shape: [3], data: Float32Array.of(3, 5, 7) }]]),
      masks: new Map([['fc1', Uint8Array.of(1, 0, 0)]]),
      gradients: new Map([['fc1', [Float32Array.of(1, 1, 1)]]]),
      blockSize: 2,
      damping: 1,
    });
    expect(distance(weights.get('fc1')!.data, [0, 6.5, 7])).toBeLessThan(1e-14);
    expect(weights.get('fc1')!.data[0]).toBe(0);
    expect(blocks.map(({ masked }) => masked)).toEqual([1, 0]);
    expect(blocks[0]!.deltaNorm).toBeCloseTo(Math.hypot(3, 1.5), 12);
    expect(blocks[0]!.predictedLossIncrease).toBeCloseTo(6.75, 12);
    expect(blocks[1]).toMatchObject({ deltaNorm: 0, residual: 0, predictedLossIncrease: 0 });
  });

  test('is zero on the mask, unchanged outside, and block by block the complement form', () => {
    fc.assert(
      fc.property(randomModel, (model) => {
        const { weights, masks, gradients, blockSize, damping } = model;
        const after = unlearn(model);
        expect([...after.weights.keys()]).toEqual([...weights.keys()]);
        const reports = [...after.blocks];
        for (const [name, { shape, data }] of weights) {
          const result = after.weights.get(name)!;
          expect(result.shape).toEqual(shape);
          const mask = masks.get(name);
          if (mask === undefined) {
            expect(result.data).toEqual(data);
            continue;
          }
          mask.forEach((bit, i) => bit === 1 && expect(result.data[i]).toBe(0));
          for (const block of tensorBlocks({ tensor: name, shape, blockSize })) {
            const report = reports.shift()!;
            expect(report.block).toEqual(block);
            const before = blockEntries(data, block);
            const bits = blockEntries(mask, block);
            if (!bits.includes(1)) {
              expect(blockEntries(result.data, block)).toEqual(before);
              expect(report).toMatchObject({ masked: 0, deltaNorm: 0 });
              continue;
            }
            const curvature = fisherBlock({
              gradients: blockGradients(gradients.get(name)!, block),
              damping,
            });
            const delta = obsFromCurvature({ curvature, weights: before, mask: bits });
            const expected = before.map((weight, i) => weight + delta[i]!);
            expect(distance(blockEntries(result.data, block), expected)).toBeLessThan(1e-9);
            expect(report.residual).toBeLessThan(1e-9);
            expect(report.predictedLossIncrease).toBeCloseTo(halfQuadratic(curvature, delta), 7);
          }
        }
        expect(reports).toHaveLength(0);
      }),
      { numRuns },
    );
  });

  test('keeps even the sign of a zero where nothing is masked', () => {
    const after = unlearn({
      weights: new Map([['fc1', { shape: [2], data: Float64Array.of(-0, -0) }]]),
      masks: new Map([['fc1', Uint8Array.of(0, 0)]]),
      gradients: new Map(),
      blockSize: 2,
      damping: 1,
    });
    expect([...after.weights.get('fc1')!.data]).toEqual([-0, -0]);
  });

  test('does not change its input', () => {
    fc.assert(
      fc.property(randomModel, (model) => {
        const before = structuredClone([...model.weights]);
        unlearn(model);
        expect([...model.weights]).toEqual(before);
      }),
      { numRuns: runs(50) },
    );
  });
});

describe('unlearn refuses', () => {
  const weights: NamedTensors = new Map([
    ['fc1', { shape: [2], data: Float64Array.of(1, 2) }],
    ['fc2', { shape: [1], data: Float64Array.of(3) }],
  ]);
  const one = [Float64Array.of(1, 1)];
  const input: UnlearnInput = {
    weights,
    masks: new Map([['fc1', Uint8Array.of(1, 0)]]),
    gradients: new Map([['fc1', one]]),
    blockSize: 2,
    damping: 1,
  };
  test.each<[string, Partial<UnlearnInput>, string]>([
    ['λ = 0', { damping: 0 }, 'damping: lambda is 0'],
    ['block size 0', { blockSize: 0 }, 'blockSize: is 0'],
    [
      'a mask for no tensor',
      { masks: new Map([['fc9', Uint8Array.of(1)]]) },
      'masks: tensor "fc9": is not among the weights, which are [fc1, fc2]',
    ],
    [
      'a short mask',
      { masks: new Map([['fc1', Uint8Array.of(1)]]) },
      'masks: tensor "fc1": has 1 entries where 2 are needed',
    ],
    [
      'a mask that is not of bits',
      { masks: new Map([['fc1', Uint8Array.of(1, 3)]]) },
      'masks: tensor "fc1": mask entry 1 is 3',
    ],
    ['no gradients', { gradients: new Map() }, 'tensor "fc1": has no entry in gradients'],
    [
      'gradients for no tensor',
      { gradients: new Map([['fc9', one]]) },
      'gradients: tensor "fc9": is not among the weights',
    ],
    [
      'gradients of another length',
      { gradients: new Map([['fc1', [Float64Array.of(1)]]]) },
      'gradients: tensor "fc1"[0]: has 1 entries where 2 are needed',
    ],
    [
      'different numbers of examples',
      {
        masks: new Map([
          ['fc1', Uint8Array.of(1, 0)],
          ['fc2', Uint8Array.of(1)],
        ]),
        gradients: new Map([
          ['fc1', one],
          ['fc2', [Float64Array.of(1), Float64Array.of(2)]],
        ]),
      },
      'gradients: tensor "fc2": has 2 examples where the tensors before it have 1',
    ],
    [
      'overflowing gradients, naming the block',
      { gradients: new Map([['fc1', [Float64Array.of(1e200, 1)]]]) },
      'tensor "fc1", block 0: gradients[0]: n + gᵀKg is Infinity',
    ],
    [
      'an infinite weight',
      { weights: new Map([['fc1', { shape: [2], data: Float64Array.of(1, Infinity) }]]) },
      'weights: tensor "fc1": entry 1 is Infinity',
    ],
  ])('%s', (_, change, message) => {
    expect(() => unlearn({ ...input, ...change })).toThrow(message);
  });
});
