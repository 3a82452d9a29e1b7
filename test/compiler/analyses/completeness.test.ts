// A tolerance that rounding alone can exceed is said, with one that is safe; and the safe one is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findShortfalls } from '../../../compiler/analyses/completeness.ts';
import { analyzeRanges } from '../../../compiler/analyses/range.ts';
import type { Program } from '../../../compiler/ir/program.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { arbitraryInputs } from '../../../compiler/testing/index.ts';
import { circuit, q, solve } from '../../../dsl/index.ts';

/** Symmetric positive definite by its diagonal: entries below 1 beside 8. */
const solved = (tolerance: number) =>
  circuit('solved', {}, (c) => {
    const small = c.secret('matrix', q(9, 8), [3, 3]);
    const diagonal = c.constant([8, 0, 0, 0, 8, 0, 0, 0, 8], q(13, 8), [3, 3]);
    const rhs = c.secret('rhs', q(24, 16), [3]);
    const matrix = small.add(diagonal);
    const format = q(24, 8);
    solve({ matrix, rhs, format, tolerance, smallestEigenvalue: 4 }).expose('x');
  }).build();

const shortfalls = (program: Program) => findShortfalls(program, analyzeRanges(program));

test('too tight: the warning names the bound, the line and the cure', () => {
  const [warning] = shortfalls(solved(2 ** -6));
  expect(warning).toMatchObject({
    code: 'tight-tolerance',
    where: { file: 'test/compiler/analyses/completeness.test.ts' },
  });
  expect(warning!.message).toContain('past the tolerance 0.015625');
  expect(warning!.hint).toContain('0.125 is safe for the whole range');
});

test('the tolerance that is called safe never refuses an honest prover', () => {
  const program = solved(0.125);
  expect(shortfalls(program)).toEqual([]);
  fc.assert(
    fc.property(arbitraryInputs(program), ({ fixed }) => {
      expect(evaluateFixed(program, fixed).findings).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
