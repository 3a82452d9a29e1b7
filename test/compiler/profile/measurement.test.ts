import { expect, test } from 'vitest';
import { median, medianOf, stages } from '../../../compiler/profile/measurement.ts';
import type { Measurement, Seconds, Stage } from '../../../compiler/profile/measurement.ts';

test('medians', () => {
  expect(median([3])).toBe(3);
  expect(median([5, 1, 9])).toBe(5);
  expect(median([4, 1, 2, 10])).toBe(3);
  expect(() => median([])).toThrow(RangeError);
});

test('each number of several runs is a median by itself', () => {
  const run = (n: number): Measurement => ({
    backend: 'native',
    rows: { Public: 1, Generic: 2, RangeCheck0: 0, Poseidon: 0, Zero: 0 },
    domain: 8,
    seconds: Object.fromEntries(
      stages.map((stage, i) => [stage, { wall: n + i, core: 10 - n }]),
    ) as Record<Stage, Seconds>,
    memory: { load: n, compile: 2 * n, prove: 3 * n },
    proofBytes: 100 + n,
  });
  const { seconds, memory, proofBytes } = medianOf([run(1), run(7), run(2)]);
  expect(seconds.record).toEqual({ wall: 2, core: 8 });
  expect(seconds.verify.wall).toBe(2 + stages.indexOf('verify'));
  expect(memory).toEqual({ load: 2, compile: 4, prove: 6 });
  expect(proofBytes).toBe(102);
});
