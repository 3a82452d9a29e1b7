// Error bounds where a naive rule would say too little.
import { expect, test } from 'vitest';
import { analyzeErrors, largestError } from '../../../compiler/meanings/error.ts';
import { analyzeRanges } from '../../../compiler/meanings/range.ts';
import { bit, circuit, q, solve, type CircuitBuilder } from '../../../dsl/index.ts';

/** The bound of the value that is exposed last. */
function bound(build: (c: CircuitBuilder) => void): number {
  const program = circuit('bounded', {}, build).build();
  const errors = analyzeErrors(program, analyzeRanges(program));
  return largestError(errors[program.lines.at(-1)!.arguments[0]!]!);
}

test('an exact mask chooses; a rounded one may choose the other operand', () => {
  const operands = (c: CircuitBuilder) =>
    [c.secret('a', q(12, 4)), c.secret('b', q(12, 4))] as const;
  expect(
    bound((c) =>
      c
        .public('m', bit)
        .select(...operands(c))
        .expose('y'),
    ),
  ).toBe(2 ** -5);
  expect(
    bound((c) =>
      c
        .secret('x', q(8, 4))
        .rescale(bit)
        .select(...operands(c))
        .expose('y'),
    ),
  ).toBe(Infinity);
});

test('advice is unbounded, also times zero', () => {
  const free = (c: CircuitBuilder) => c.advice('square-root', [c.secret('x', q(8, 4))], q(8, 4));
  expect(bound((c) => free(c).expose('y'))).toBe(Infinity);
  expect(
    bound((c) =>
      free(c)
        .mul(c.constant(0, q(8, 4)))
        .expose('y'),
    ),
  ).toBe(Infinity);
  expect(bound((c) => free(c).scale(0, { fraction: 1 }).expose('y'))).toBe(Infinity);
});

test('solve: the tolerance over the smallest eigenvalue, unless the matrix may be singular', () => {
  const solved = (smallestEigenvalue: number) =>
    bound((c) => {
      const matrix = c.constant([2, 0, 0, 2], q(8, 4), [2, 2]);
      const rhs = c.secret('b', q(24, 12), [2]);
      const system = { matrix, rhs, format: q(12, 8), tolerance: 2 ** -4, smallestEigenvalue };
      solve(system).expose('x');
    });
  expect(solved(2)).toBeCloseTo((Math.sqrt(2) * (2 ** -4 + 2 ** -13)) / 2, 10);
  expect(solved(1)).toBeGreaterThan(solved(2));
});
