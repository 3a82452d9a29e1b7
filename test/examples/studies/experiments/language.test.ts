import { beforeAll, describe, expect, test } from 'vitest';
import { initialDecoder } from '../../../../examples/studies/experiments/language/architecture.ts';
import { adapt, mergeAdapters } from '../../../../examples/studies/experiments/language/lora.ts';
import { languageScenario } from '../../../../examples/studies/experiments/language/scenario.ts';
import {
  divide,
  readDialect,
  vocabulary,
  windowsOf,
} from '../../../../examples/studies/experiments/language/texts.ts';
import { fit } from '../../../../examples/studies/experiments/learning/fit.ts';
import { exampleGradients } from '../../../../examples/studies/experiments/learning/gradients.ts';
import { predict } from '../../../../examples/studies/experiments/learning/predict.ts';
import { lossesOf, mean } from '../../../../examples/studies/experiments/measures/accuracy.ts';
import { quick } from '../../../../examples/studies/experiments/settings.ts';

const sizes = { width: 16, heads: 2, layers: 1, context: 12 };
const windows = { dialect: 30, forget: 20, personal: 20, test: 10 };
const scenario = languageScenario({ ...quick.language, sizes, windows });
const { learner } = scenario;
const weights = initialDecoder({ ...sizes, vocabulary }, 1);
const set = windowsOf(
  'the quick brown fox jumps over the lazy dog, again and again.\n'.repeat(9),
  12,
);

describe('texts', () => {
  test('a label is the character after its place', () => {
    const { inputs, labels, count, places } = windowsOf('abcdefg\nü', 4);
    expect([count, places]).toEqual([2, 4]);
    expect([...inputs].slice(1)).toEqual([...labels].slice(0, -1));
    expect(labels.at(-1)).toBe(vocabulary - 1);
  });

  test('every dialect is there, and is not another', () => {
    const dialects = [
      'javascript',
      'declarations',
      'json',
      'markdown',
      'ts-morph',
      'client',
    ] as const;
    const texts = dialects.map((dialect) => readDialect(dialect, 4000));
    expect(texts.map(({ length }) => length)).toEqual(dialects.map(() => 4000));
    expect(new Set(texts).size).toBe(dialects.length);
  });

  test('the parts of a set are disjoint, and the same for the same seed', () => {
    const [a, b] = divide(set, [5, 5], 1);
    expect([a!.count, b!.count]).toEqual([5, 5]);
    expect(divide(set, [5, 5], 1)).toEqual([a, b]);
  });

  test('D is D_f and what is retained, and the held-out part of D_f is none of it', async () => {
    const { forget, heldOut } = await scenario.data();
    const rows = (part: typeof forget): string[] =>
      Array.from({ length: part.count }, (_, i) =>
        part.inputs.subarray(i * part.width, (i + 1) * part.width).join(),
      );
    expect(forget.count).toBe(windows.forget);
    const known = new Set(rows(forget));
    expect(rows(heldOut).filter((row) => known.has(row)).length).toBeLessThan(3);
  });
});

describe('the decoder', () => {
  test('says nothing of a place from what comes after it', async () => {
    const changed = { ...set, inputs: set.inputs.slice() };
    for (let i = 7; i < changed.inputs.length; i += 12) changed.inputs[i] = 5;
    const [a, b] = [await predict(learner, weights, set), await predict(learner, weights, changed)];
    const row = (values: Float32Array, place: number): Float32Array =>
      values.slice(place * vocabulary, (place + 1) * vocabulary);
    expect(row(a, 6)).toEqual(row(b, 6));
    expect(row(a, 7)).not.toEqual(row(b, 7));
  });

  test('learns, and its gradients of examples are those of its loss', async () => {
    const phases = [{ set, epochs: 6 }];
    const after = await fit(learner, weights, phases, { seed: 1, batchSize: 8, rate: 1e-2 });
    const loss = async (model: typeof weights): Promise<number> =>
      mean(lossesOf(await predict(learner, model, set), set));
    expect(await loss(after)).toBeLessThan((await loss(weights)) - 0.5);

    const [name] = learner.scope as [string];
    const rows = (await exampleGradients(learner, after, set)).get(name)!;
    const slope = after.get(name)!.data.map((_, i) => mean(rows.map((row) => row[i]!)));
    const norm = Math.hypot(...slope);
    const moved = (step: number): typeof weights => {
      const { shape, data } = after.get(name)!;
      const own = data.map((value, i) => value + (step * slope[i]!) / norm);
      return new Map(after).set(name, { shape, data: own });
    };
    // Gradients are of the sum over places, losses are means.
    const rise = ((await loss(moved(0.01))) - (await loss(moved(-0.01)))) * set.places;
    expect(rise / 0.02 / norm).toBeCloseTo(1, 1);
  });
});

describe('LoRA', () => {
  const adapted = ['model.decoder.layers.0.fc1.weight'];
  let after: typeof weights;
  beforeAll(async () => {
    after = await adapt({
      learner,
      weights,
      adapted,
      rank: 2,
      phases: [{ set, epochs: 3 }],
      settings: { seed: 1, batchSize: 8, rate: 1e-2 },
    });
  });

  test('changes the adapted matrices by its rank, and nothing else', () => {
    for (const [name, { data }] of after)
      if (!adapted.includes(name)) expect(data).toEqual(weights.get(name)!.data);
    const [a, b] = [weights, after].map((model) => model.get(adapted[0]!)!.data);
    const change = (row: number, column: number): number =>
      b![row * 16 + column]! - a![row * 16 + column]!;
    expect(Math.abs(change(0, 0))).toBeGreaterThan(0);
    // A matrix of rank 2 has no 3 × 3 minor.
    const m = [0, 1, 2].map((row) => [0, 1, 2].map((column) => change(row, column) * 100));
    const minor = (i: number, j: number): number => m[1]![i]! * m[2]![j]! - m[1]![j]! * m[2]![i]!;
    const determinant = m[0]![0]! * minor(1, 2) - m[0]![1]! * minor(0, 2) + m[0]![2]! * minor(0, 1);
    const scale = Math.max(...m.flat().map(Math.abs)) ** 3;
    expect(Math.abs(determinant)).toBeLessThan(1e-3 * scale);
  });

  test('merging adds B A', () => {
    const tensor = (shape: number[], ...data: number[]) => ({
      shape,
      data: Float32Array.from(data),
    });
    const merged = mergeAdapters(
      new Map([['w', tensor([2, 2], 1, 2, 3, 4)]]),
      new Map([
        ['w.lora_A', tensor([1, 2], 10, 20)],
        ['w.lora_B', tensor([2, 1], 1, -1)],
      ]),
      ['w'],
    );
    expect([...merged.get('w')!.data]).toEqual([11, 22, -7, -16]);
  });
});
