// The demo's way through, small: generated glyphs, few steps, and no proof.
import { beforeAll, describe, expect, test } from 'vitest';
import { runUnlearning, type Unlearning } from '../../../examples/unlearn-digits/unlearning.ts';

let run: Unlearning;
const messages: string[] = [];

beforeAll(async () => {
  process.env['LETHE_DATA'] = '/nowhere';
  run = await runUnlearning({
    seed: 1,
    forgetClass: 3,
    budget: 0.02,
    blockSize: 8,
    relativeDamping: 1,
    gradients: 32,
    digits: 700,
    split: { globalTest: 100, personalTraining: 100, personalTest: 100 },
    epochs: 2,
    report: (message) => messages.push(message),
  });
});

describe('unlearning a class', () => {
  test('masks the budget of the scope, exactly', () => {
    expect(run.origin).toBe('glyphs');
    expect(run.masked).toBe(Math.round(0.02 * run.weightsInScope));
    expect(run.blocks.touched.length).toBeLessThan(run.blocks.all);
    const bits = run.blocks.touched.flatMap(({ mask }) => [...mask]);
    expect(bits.reduce((a, b) => a + b)).toBe(run.masked);
  });

  test('leaves exact zeros on the mask, and nothing changed outside the touched blocks', () => {
    const touched = new Map<string, Map<number, number>>();
    for (const { block, mask } of run.blocks.touched) {
      const own = touched.get(block.tensor) ?? new Map<number, number>();
      touched.set(block.tensor, own);
      for (let i = 0; i < block.length; i++) own.set(block.start + i, mask[i]!);
    }
    for (const [name, { data }] of run.weights.unlearned) {
      const before = run.weights.personal.get(name)!.data;
      data.forEach((value, i) => {
        const bit = touched.get(name)?.get(i);
        if (bit === 1) expect(value).toBe(0);
        if (bit === undefined) expect(value).toBe(before[i]);
      });
    }
  });

  test('fixed point stays near float64', () => {
    expect(run.distance).toBeLessThan(2e-3);
    expect(run.distance).toBeGreaterThan(0);
  });

  test('accuracies are fractions, and progress was told', () => {
    for (const { forget, personal } of Object.values(run.scores))
      for (const value of [forget, personal]) expect(value >= 0 && value <= 1).toBe(true);
    expect(messages.length).toBeGreaterThan(5);
  });
});
