import { expect, test } from 'vitest';
import type { Accuracy } from '../../../../compiler/ops/op.ts';
import { solutionDistance } from '../../../../compiler/ops/shared/solution-distance.ts';
import { q } from '../../../../dsl/index.ts';

test('a system may have more entries than a function takes arguments', () => {
  const n = 512;
  const exact = (count: number, high: bigint): Accuracy[] =>
    new Array<Accuracy>(count).fill({ interval: { low: 0n, high }, error: 0 });
  const free = { interval: { low: 0n, high: 0n }, error: 0 };
  const [matrix, rhs, values] = [exact(n * n, 1n), exact(n, 1n), exact(n, 1n)];
  const masks = new Array<Accuracy>(n).fill(free);
  const bounds = solutionDistance([matrix, rhs, masks, values], {
    n,
    matrix: { format: q(12, 7), shape: [n, n] },
    reach: 8,
    tolerance: 2 ** -12,
    smallestEigenvalue: 1,
  });
  expect(bounds.length).toBe(n);
  expect(bounds[0]! / (Math.sqrt(n) * 2 ** -12)).toBeCloseTo(1, 6);
});
