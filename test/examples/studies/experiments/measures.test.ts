import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accuracyOf,
  lossesOf,
  mean,
} from '../../../../examples/studies/experiments/measures/accuracy.ts';
import { attackByLoss } from '../../../../examples/studies/experiments/measures/attack.ts';
import { meanDivergence } from '../../../../examples/studies/experiments/measures/divergence.ts';
import { seededRandom } from '../../../../examples/unlearn-digits/random.ts';

const logs = (...rows: number[][]): Float32Array => Float32Array.from(rows.flat(), Math.log);

test('accuracy counts places, and ties as wrong; losses are means over the places of an example', () => {
  const predictions = logs([0.7, 0.3], [0.2, 0.8], [0.5, 0.5], [0.9, 0.1]);
  const set = { labels: Uint8Array.of(0, 0, 1, 0), places: 2 };
  expect(accuracyOf(predictions, set)).toBe(0.5);
  const losses = lossesOf(predictions, set);
  expect(losses[0]).toBeCloseTo(-(Math.log(0.7) + Math.log(0.2)) / 2, 6);
  expect(losses[1]).toBeCloseTo(-(Math.log(0.5) + Math.log(0.9)) / 2, 6);
});

describe('divergence', () => {
  test('is 0 of equal predictions, and positive of others', () => {
    const [a, b] = [logs([0.7, 0.3], [0.2, 0.8]), logs([0.6, 0.4], [0.2, 0.8])];
    expect(meanDivergence(a, a, 2)).toBe(0);
    const expected = (0.7 * Math.log(0.7 / 0.6) + 0.3 * Math.log(0.3 / 0.4)) / 2;
    expect(meanDivergence(a, b, 2)).toBeCloseTo(expected, 6);
    expect(meanDivergence(b, a, 2)).not.toBeCloseTo(expected, 6);
  });

  test('refuses predictions of different examples', () => {
    expect(() => meanDivergence(logs([1]), logs([0.5, 0.5]), 1)).toThrow(RangeError);
  });
});

describe('the attack by loss', () => {
  const values = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 30 });

  test('has the area of counting all pairs, and DeLong’s interval', () => {
    fc.assert(
      fc.property(values, values, (ours, theirs) => {
        const count = Math.min(ours.length, theirs.length);
        const [a, b] = [ours.slice(0, count), theirs.slice(0, count)];
        const wins = (x: number, y: number): number => (x < y ? 1 : x === y ? 0.5 : 0);
        const among = a.map((x) => mean(b.map((y) => wins(x, y))));
        const against = b.map((y) => mean(a.map((x) => wins(x, y))));
        const area = mean(among);
        const spread = (parts: number[]): number =>
          parts.reduce((sum, part) => sum + (part - area) ** 2, 0) / (count - 1) / count;
        const reach = 1.96 * Math.sqrt(spread(among) + spread(against));
        const attack = attackByLoss(Float64Array.from(ours), Float64Array.from(theirs));
        expect(attack.area).toBeCloseTo(area, 12);
        expect(attack.low).toBeCloseTo(Math.max(0, area - reach), 9);
        expect(attack.high).toBeCloseTo(Math.min(1, area + reach), 9);
        expect(attack.members).toBe(count);
      }),
    );
  });

  test('covers ½ about 95 times in 100 when there is nothing to tell', () => {
    const random = seededRandom(4);
    const draw = (): Float64Array => Float64Array.from({ length: 60 }, () => random.normal());
    let covered = 0;
    for (let i = 0; i < 400; i++) {
      const { low, high } = attackByLoss(draw(), draw());
      if (low <= 0.5 && 0.5 <= high) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.91);
    expect(covered / 400).toBeLessThan(0.99);
  });

  test('refuses a side without two examples', () => {
    expect(() => attackByLoss(Float64Array.of(1), Float64Array.of(1, 2))).toThrow(RangeError);
  });
});
