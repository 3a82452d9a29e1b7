import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../../examples/unlearn-digits/architecture.ts';
import { evaluate, predict } from '../../../examples/unlearn-digits/evaluate.ts';
import { drawGlyphs } from '../../../examples/unlearn-digits/glyphs.ts';
import { firstImages } from '../../../examples/unlearn-digits/images.ts';
import {
  personalize,
  trainGlobal,
  type TrainingProgress,
} from '../../../examples/unlearn-digits/train.ts';
import { inTier } from '../../tier.ts';

const architecture = { width: 16, heads: 2, layers: 1, expansion: 2, patchSide: 8 };
const set = drawGlyphs({ count: 320, seed: 1 });

describe('training', () => {
  it('lowers the loss, reports it, and gives the same weights for the same seed', async () => {
    const reports: TrainingProgress[] = [];
    const settings = { architecture, seed: 4, epochs: 20, batchSize: 32, learningRate: 0.015 };
    const before = await evaluate(initialWeights(architecture, 4), set, architecture);
    const weights = await trainGlobal(set, {
      ...settings,
      onProgress: (progress) => reports.push(progress),
    });
    const after = await evaluate(weights, set, architecture);
    expect(after.loss).toBeLessThan(0.8 * before.loss);
    expect(after.accuracy).toBeGreaterThan(before.accuracy + 0.3);
    expect(reports.at(-1)).toMatchObject({ step: 200, steps: 200 });
    expect(reports.at(-1)!.loss).toBeLessThan(0.8 * reports[0]!.loss);
    const again = inTier({ quick: 1, normal: 1, full: settings.epochs });
    const same = { ...settings, epochs: again };
    const first = again === settings.epochs ? weights : await trainGlobal(set, same);
    expect(await trainGlobal(set, same)).toEqual(first);

    const fewer = firstImages(set, 20);
    const personal = await personalize(weights, fewer, { architecture, epochs: 15 });
    const fitted = await evaluate(personal, fewer, architecture);
    expect(fitted.loss).toBeLessThan((await evaluate(weights, fewer, architecture)).loss);
  });

  it('refuses an empty set', async () => {
    const empty = firstImages(set, 0);
    await expect(trainGlobal(empty)).rejects.toThrow('an empty set of images trains nothing');
    await expect(evaluate(new Map(), empty)).rejects.toThrow('has no accuracy');
  });
});

describe('evaluation', () => {
  it('predicts probabilities, and does not depend on what else is in the set', async () => {
    const weights = initialWeights(architecture, 2);
    const all = await predict(weights, firstImages(set, 130), architecture);
    for (let row = 0; row < 130; row++) {
      const probabilities = all.subarray(row * 10, row * 10 + 10).map(Math.exp);
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
    }
    const few = await predict(weights, firstImages(set, 3), architecture);
    few.forEach((value, index) => expect(value).toBeCloseTo(all[index]!, 4));
  });
});
