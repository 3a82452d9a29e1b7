import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fisherBlock, solveLinear } from '../../../../stdlib/apex/reference/index.ts';
import { multiply } from '../../../../stdlib/apex/reference/matrix.ts';
import { distance, matrixOf, numRuns, randomBlock } from './arbitraries.ts';

describe('solveLinear', () => {
  test('solves a system that needs a row exchange', () => {
    // 0·x + 2·y = 4,  3·x + 1·y = 5   =>   y = 2, x = 1.
    const matrix = matrixOf([
      [0, 2],
      [3, 1],
    ]);
    expect([...solveLinear({ matrix, right: [4, 5] })]).toEqual([1, 2]);
    expect([...matrix.entries]).toEqual([0, 2, 3, 1]);
  });

  test('the solution satisfies the equations', () => {
    fc.assert(
      fc.property(randomBlock, ({ gradients, damping, weights }) => {
        const matrix = fisherBlock({ gradients, damping });
        const solution = solveLinear({ matrix, right: weights });
        expect(distance(multiply(matrix, solution), weights)).toBeLessThan(1e-9);
      }),
      { numRuns },
    );
  });

  test('the empty system has the empty solution', () => {
    expect(solveLinear({ matrix: matrixOf([]), right: [] })).toHaveLength(0);
  });

  test('badly scaled rows are no reason to refuse', () => {
    const matrix = matrixOf([
      [1e20, 0],
      [0, 1e-20],
    ]);
    expect([...solveLinear({ matrix, right: [1e20, 1e-20] })]).toEqual([1, 1]);
  });

  test.each([
    ['a repeated row', [1, 2], [1, 2], 'pivot 1 is 0'],
    ['dependent rows up to rounding', [0.1, 0.3], [0.3, 0.9], 'pivot 1 is'],
    ['zero', [0, 0], [0, 0], 'pivot 0 is 0'],
  ])('refuses %s and names the pivot', (_, first, second, message) => {
    const solve = () => solveLinear({ matrix: matrixOf([first, second]), right: [1, 1] });
    expect(solve).toThrow(message);
    expect(solve).toThrow(expect.objectContaining({ code: 'singular' }));
  });

  test.each([
    ['a matrix that is not square', matrixOf([[1, 2]]), [1], 'is 1 × 2 where 1 × 1 is needed'],
    ['a short right-hand side', matrixOf([[1]]), [], 'right-hand side: has 0 entries'],
    ['NaN', matrixOf([[NaN]]), [1], 'matrix: entry 0 is NaN'],
    ['an infinite right-hand side', matrixOf([[1]]), [Infinity], 'entry 0 is Infinity'],
  ])('refuses %s', (_, matrix, right, message) => {
    expect(() => solveLinear({ matrix, right })).toThrow(message);
  });
});
