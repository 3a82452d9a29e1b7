import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { topKMasks } from '../../../../stdlib/apex/reference/index.ts';
import type { NamedTensors } from '../../../../stdlib/apex/reference/index.ts';
import { numRuns } from './arbitraries.ts';

/** Scores of few different values, so that ties are common; −0 and 0 are a tie as well. */
const tiedScores: fc.Arbitrary<NamedTensors> = fc
  .array(fc.array(fc.constantFrom(-1, -0, 0, 0.5, 2)), { minLength: 1, maxLength: 4 })
  .map(
    (rows) =>
      new Map(
        rows.map((row, i) => [
          `tensor-${i}`,
          { shape: [row.length], data: i % 2 ? Float32Array.from(row) : Float64Array.from(row) },
        ]),
      ),
  );

describe('topKMasks', () => {
  test('is global, not per tensor', () => {
    const scores = new Map([
      ['fc1', { shape: [2, 2], data: Float64Array.of(1, 9, 8, 2) }],
      ['fc2', { shape: [2], data: Float64Array.of(7, -10) }],
    ]);
    const masks = topKMasks({ scores, k: 3 });
    expect([...masks.get('fc1')!]).toEqual([0, 1, 1, 0]);
    expect([...masks.get('fc2')!]).toEqual([1, 0]);
  });

  test('equals a sort by score, then tensor, then index', () => {
    fc.assert(
      fc.property(tiedScores, fc.nat(), (scores, seed) => {
        const entries = [...scores].flatMap(([name, { data }], tensor) =>
          Array.from(data, (score, index) => ({ name, tensor, index, score })),
        );
        const k = seed % (entries.length + 1);
        const chosen = [...entries]
          .sort((a, b) => b.score - a.score || a.tensor - b.tensor || a.index - b.index)
          .slice(0, k);
        const expected = new Map(
          [...scores].map(([name, { data }]) => [name, new Uint8Array(data.length)]),
        );
        chosen.forEach(({ name, index }) => (expected.get(name)![index] = 1));
        expect(topKMasks({ scores, k })).toEqual(expected);
      }),
      { numRuns },
    );
  });

  test.each([-1, 3, 0.5, NaN])('refuses k = %d out of 2', (k) => {
    const scores = new Map([['fc1', { shape: [2], data: Float64Array.of(1, 2) }]]);
    expect(() => topKMasks({ scores, k })).toThrow(
      `k: is ${k} with 2 scores\n  hint: give a whole number of weights from 0 to 2`,
    );
  });

  test('refuses a score that is not finite', () => {
    const scores = new Map([['fc1', { shape: [2], data: Float64Array.of(1, Infinity) }]]);
    expect(() => topKMasks({ scores, k: 1 })).toThrow('scores: tensor "fc1": entry 1 is Infinity');
  });
});
