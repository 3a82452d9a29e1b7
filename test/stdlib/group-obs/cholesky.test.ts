// Roots of positive semidefinite matrices, which the tests commit to.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededUniform } from '../../../stdlib/apex/explore/seeded.ts';
import { triangleIndex, triangleLength } from '../../../stdlib/matrix.ts';
import { choleskyRoot, pivotedRoot } from './cholesky.ts';

const semidefinite = fc.record({
  size: fc.integer({ min: 1, max: 7 }),
  rows: fc.integer({ min: 1, max: 9 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
});
function gram({ size, rows, seed }: { size: number; rows: number; seed: number }): Float64Array {
  const next = seededUniform(seed);
  const g = Array.from({ length: rows }, () => Array.from({ length: size }, () => next() - 0.5));
  const triangle = new Float64Array(triangleLength(size));
  for (let i = 0; i < size; i++)
    for (let j = i; j < size; j++)
      triangle[triangleIndex(i, j, size)] = g.reduce((sum, row) => sum + row[i]! * row[j]!, 0);
  return triangle;
}

test('choleskyRoot: RᵀR = M, of any rank', () => {
  fc.assert(
    fc.property(semidefinite, (own) => {
      const { size } = own;
      const m = gram(own);
      const root = choleskyRoot(m, size);
      for (let i = 0; i < size; i++)
        for (let j = i; j < size; j++) {
          let sum = 0;
          for (let k = 0; k <= i; k++)
            sum += root[triangleIndex(k, i, size)]! * root[triangleIndex(k, j, size)]!;
          expect(sum).toBeCloseTo(m[triangleIndex(i, j, size)]!, 5);
        }
    }),
  );
});

test('pivotedRoot: GᵀG ⪯ M, equal at full rank, and nearer with each row', () => {
  fc.assert(
    fc.property(semidefinite, (own) => {
      const { size } = own;
      const m = gram(own);
      const rest = (rank: number): number => {
        const g = pivotedRoot(m, size, rank);
        let trace = 0;
        for (let i = 0; i < size; i++) {
          let own2 = m[triangleIndex(i, i, size)]!;
          for (let k = 0; k < rank; k++) own2 -= g[k * size + i]! ** 2;
          // The rest is semidefinite: no diagonal entry is negative.
          expect(own2).toBeGreaterThan(-1e-9);
          trace += own2;
        }
        return trace;
      };
      const traces = Array.from({ length: size }, (_, k) => rest(k + 1));
      traces.forEach(
        (trace, k) => k > 0 && expect(trace).toBeLessThanOrEqual(traces[k - 1]! + 1e-9),
      );
      expect(traces.at(-1)).toBeCloseTo(0, 8);
    }),
  );
});
