import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../../examples/unlearn-digits/architecture.ts';
import { evaluate } from '../../../examples/unlearn-digits/evaluate.ts';
import { drawGlyphs } from '../../../examples/unlearn-digits/glyphs.ts';
import {
  exampleGradients,
  gradientStatistics,
} from '../../../examples/unlearn-digits/gradients.ts';
import { firstImages, selectImages } from '../../../examples/unlearn-digits/images.ts';
import { seededRandom } from '../../../examples/unlearn-digits/random.ts';
import { mlpScope, scopeVector, withScopeVector } from '../../../examples/unlearn-digits/scope.ts';

const architecture = { width: 8, heads: 2, layers: 2, expansion: 2, patchSide: 16 };
const weights = initialWeights(architecture, 3);
const set = drawGlyphs({ count: 40, seed: 2 });

describe.each(['first', 'both'] as const)('gradients with %s matrices in scope', (matrices) => {
  const scope = mlpScope(architecture, matrices);

  it('agree with finite differences of the loss', async () => {
    const { mean } = await gradientStatistics(weights, set, scope, architecture);
    const vector = scopeVector(weights, scope);
    const random = seededRandom(1);
    const loss = async (moved: Float32Array): Promise<number> =>
      (await evaluate(withScopeVector(weights, scope, moved), set, architecture)).loss;
    const norm = Math.hypot(...mean);
    const step = 0.03;
    // One direction with the gradient, where the slope is large, and two at random.
    const along = mean.map((slope) => slope / norm);
    const others = [0, 1].map(() => mean.map(() => random.normal() / Math.sqrt(mean.length)));
    for (const direction of [along, ...others]) {
      const move = (sign: number): Float32Array =>
        vector.map((value, entry) => value + sign * step * direction[entry]!);
      const difference = ((await loss(move(1))) - (await loss(move(-1)))) / (2 * step);
      const slope = mean.reduce((sum, value, entry) => sum + value * direction[entry]!, 0);
      expect(Math.abs(difference - slope)).toBeLessThan(0.01 * norm);
    }
  });

  it('of examples give the mean gradient and the Fisher', async () => {
    const { count, length, data } = await exampleGradients(weights, set, scope, architecture);
    const { mean, fisher } = await gradientStatistics(weights, set, scope, architecture);
    expect([count, length]).toEqual([40, scopeVector(weights, scope).length]);
    for (let entry = 0; entry < length; entry++) {
      const column = Array.from({ length: count }, (_, row) => data[row * length + entry]!);
      expect(mean[entry]).toBeCloseTo(column.reduce((sum, value) => sum + value, 0) / count, 6);
      const square = column.reduce((sum, value) => sum + value * value, 0) / count;
      expect(fisher[entry]).toBeCloseTo(square, 6);
    }
  });
});

describe('per-example gradients', () => {
  it('are those of the example alone', async () => {
    const scope = mlpScope(architecture);
    const all = await exampleGradients(weights, set, scope, architecture);
    const { mean } = await gradientStatistics(
      weights,
      selectImages(set, [35]),
      scope,
      architecture,
    );
    const row = all.data.subarray(35 * all.length, 36 * all.length);
    mean.forEach((value, entry) => expect(value).toBeCloseTo(row[entry]!, 6));
  });

  it('are refused for tensors that are missing or not matrices, and means of nothing too', async () => {
    const gradients = (name: string): Promise<unknown> =>
      exampleGradients(weights, set, [name], architecture);
    await expect(gradients('none')).rejects.toThrow("no weights called 'none'");
    await expect(gradients('classifier.bias')).rejects.toThrow('is not a matrix');
    const empty = firstImages(set, 0);
    await expect(gradientStatistics(weights, empty, ['none'])).rejects.toThrow('no mean gradient');
  });
});
