// Each method on a model that a test can train: what it is for, it does.
import { beforeAll, describe, expect, test } from 'vitest';
import {
  ofImages,
  oneHot,
  type Examples,
} from '../../../../examples/studies/experiments/learning/examples.ts';
import { fit } from '../../../../examples/studies/experiments/learning/fit.ts';
import {
  exampleGradients,
  gradientStatistics,
} from '../../../../examples/studies/experiments/learning/gradients.ts';
import { predict } from '../../../../examples/studies/experiments/learning/predict.ts';
import { lossesOf, mean } from '../../../../examples/studies/experiments/measures/accuracy.ts';
import { dampen } from '../../../../examples/studies/experiments/methods/dampening.ts';
import { unlearnFixed } from '../../../../examples/studies/experiments/methods/fixed-point.ts';
import { gradientAscent } from '../../../../examples/studies/experiments/methods/gradient-ascent.ts';
import {
  chooseMask,
  clearMasked,
  randomMask,
} from '../../../../examples/studies/experiments/methods/mask.ts';
import { perturb } from '../../../../examples/studies/experiments/methods/perturb.ts';
import { scrub } from '../../../../examples/studies/experiments/methods/scrub.ts';
import { visionLearner } from '../../../../examples/studies/experiments/vision/learner.ts';
import { drawGlyphs } from '../../../../examples/unlearn-digits/glyphs.ts';
import { filterByLabel } from '../../../../examples/unlearn-digits/images.ts';
import type { Weights } from '../../../../examples/unlearn-digits/weights.ts';
import { unlearn } from '../../../../stdlib/apex/reference/index.ts';
import { makeSpec } from '../../../../stdlib/apex/step/index.ts';

const learner = visionLearner({ width: 8, heads: 2, layers: 1, expansion: 2, patchSide: 16 });
const glyphs = drawGlyphs({ count: 200, seed: 3 });
const all = ofImages(glyphs);
const forget = ofImages(filterByLabel(glyphs, (label) => label === 4));
const personal = ofImages(filterByLabel(glyphs, (label) => label !== 4));
let weights: Weights;

const lossOn = async (model: Weights, set: Examples): Promise<number> =>
  mean(lossesOf(await predict(learner, model, set), set));

beforeAll(async () => {
  weights = await fit(learner, learner.initial(1), [{ set: all, epochs: 12 }], {
    seed: 1,
    batchSize: 20,
    rate: 1e-2,
    schedule: true,
  });
});

test('fitting lowers the loss, and the same seed gives the same weights', async () => {
  expect(await lossOn(weights, all)).toBeLessThan(1.2);
  const again = (): Promise<Weights> =>
    fit(learner, weights, [{ set: forget, epochs: 1 }], { seed: 7, batchSize: 8, rate: 1e-3 });
  expect(await again()).toEqual(await again());
});

test('labels as targets are what is fitted when no targets are given', async () => {
  const settings = { seed: 7, batchSize: 8, rate: 1e-3 };
  const targets = oneHot(forget, learner.classes);
  expect(await fit(learner, weights, [{ set: forget, targets, epochs: 1 }], settings)).toEqual(
    await fit(learner, weights, [{ set: forget, epochs: 1 }], settings),
  );
});

test('gradient ascent raises the loss on what is to be forgotten', async () => {
  const after = await gradientAscent({ learner, weights, forget, seed: 1, rate: 1e-2 });
  expect(await lossOn(after, forget)).toBeGreaterThan((await lossOn(weights, forget)) + 0.05);
});

test('SCRUB raises the loss of the forget set more than that of the client', async () => {
  const after = await scrub({ learner, weights, forget, personal, seed: 1, rate: 3e-3 });
  const change = async (set: Examples): Promise<number> =>
    (await lossOn(after, set)) - (await lossOn(weights, set));
  expect(await change(forget)).toBeGreaterThan(0);
  expect(await change(forget)).toBeGreaterThan((await change(personal)) + 0.05);
});

test('dampening scales by λ F_p / F_f where F_f exceeds α F_p, and leaves the rest', () => {
  const tensor = (...data: number[]) => ({ shape: [data.length], data: Float32Array.from(data) });
  const after = dampen({
    weights: new Map([
      ['w', tensor(1, 2, 3, 4)],
      ['other', tensor(5)],
    ]),
    forget: new Map([['w', tensor(8, 1, 8, 0)]]),
    kept: new Map([['w', tensor(1, 1, 4, 0)]]),
    selection: 2,
    strength: 3,
  });
  // 8 > 2·1: times 3/8. 1 ≤ 2. 8 ≤ 2·4. 0 ≤ 0.
  expect([...after.get('w')!.data]).toEqual([0.375, 2, 3, 4]);
  expect([...after.get('other')!.data]).toEqual([5]);
});

test('a random mask has the size of the budget, and its seed decides it', () => {
  const { scope } = learner;
  const draw = (seed: number) => randomMask({ weights, scope, budget: 0.1, seed });
  const [name] = scope as [string];
  const bits = draw(1).get(name)!;
  expect(bits.reduce((sum, bit) => sum + bit, 0)).toBe(Math.round(0.1 * bits.length));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test('perturbing moves the unmasked weights of touched blocks by the distance, and nothing else', () => {
  const data = new Float32Array(20).fill(1);
  const mask = Uint8Array.from(data, (_, i) => (i === 2 || i === 17 ? 1 : 0));
  const masks = new Map([['w', mask]]);
  const start = new Map([['w', { shape: [20], data }]]);
  const moved = perturb({ weights: start, masks, blockSize: 8, distance: 0.5, seed: 1 });
  const change = moved.get('w')!.data.map((value, i) => value - data[i]!);
  expect(Math.hypot(...change.subarray(0, 8))).toBeCloseTo(0.5, 5);
  expect(Math.hypot(...change.subarray(8, 16))).toBe(0);
  expect(Math.hypot(...change.subarray(16))).toBeCloseTo(0.5, 5);
  expect([change[2], change[17]]).toEqual([0, 0]);
});

describe('gradients', () => {
  test('of examples have the mean and the mean square of the statistics', async () => {
    const [name] = learner.scope as [string];
    const rows = (await exampleGradients(learner, weights, forget)).get(name)!;
    const { mean: gradient, fisher } = await gradientStatistics(learner, weights, forget);
    for (const entry of [0, 17, 100]) {
      const column = rows.map((row) => row[entry]!);
      expect(gradient.get(name)!.data[entry]).toBeCloseTo(mean(column), 4);
      expect(fisher.get(name)!.data[entry]).toBeCloseTo(mean(column.map((g) => g * g)), 4);
    }
  });

  test('agree with a difference of losses', async () => {
    const [name] = learner.scope as [string];
    const { mean: gradient } = await gradientStatistics(learner, weights, forget);
    const slope = gradient.get(name)!.data;
    const norm = Math.hypot(...slope);
    const moved = (step: number): Weights => {
      const { shape, data } = weights.get(name)!;
      return new Map(weights).set(name, {
        shape,
        data: data.map((value, i) => value + (step * slope[i]!) / norm),
      });
    };
    const step = 0.02;
    const rise = (await lossOn(moved(step), forget)) - (await lossOn(moved(-step), forget));
    expect(rise / (2 * step) / norm).toBeCloseTo(1, 1);
  });
});

describe.each([8, 32])('the step in fixed point, blocks of %i', (size) => {
  const spec = makeSpec({ size, weightBits: 24, weightRange: 4 });

  test('is the float step but for rounding, with zeros on the mask', async () => {
    const gradients = await exampleGradients(learner, weights, personal);
    const masks = chooseMask({
      weights,
      forget: await gradientStatistics(learner, weights, forget),
      budget: 0.1,
    });
    const damping = 1e-3;
    const float = unlearn({ weights, masks, gradients, blockSize: size, damping });
    const fixed = unlearnFixed({ weights, masks, gradients, damping, spec });
    expect(fixed.touched).toBe(float.blocks.filter(({ masked }) => masked > 0).length);
    expect(fixed.clipped).toBe(0);
    for (const [name, mask] of masks) {
      const [a, b] = [float.weights.get(name)!.data, fixed.weights.get(name)!.data];
      mask.forEach((bit, i) => {
        if (bit) expect(b[i]).toBe(0);
        expect(Math.abs(a[i]! - b[i]!)).toBeLessThan(0.02);
      });
    }
    const cleared = clearMasked(weights, masks);
    const head = 'classifier.weight';
    expect(cleared.get(head)!.data).toBe(weights.get(head)!.data);
  });
});
