// A tolerance that rounding alone can exceed is said, with one that is safe; and the safe one is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findShortfalls } from '../../../compiler/analyses/completeness.ts';
import { analyzeRanges } from '../../../compiler/meanings/range.ts';
import type { Program } from '../../../compiler/ir/program.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { arbitraryInputs } from '../../../compiler/testing/index.ts';
import {
  circuit,
  q,
  solve,
  u,
  type CircuitBuilder,
  type Tensor,
  type Unknown,
} from '../../../dsl/index.ts';
import { runs } from '../../tier.ts';

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
  expect(warning!.hint).toContain('0.0625 is safe for the whole range');
});

test('the tolerance that is called safe never refuses an honest prover', () => {
  const program = solved(0.0625);
  expect(shortfalls(program)).toEqual([]);
  fc.assert(
    fc.property(arbitraryInputs(program), ({ fixed }) => {
      expect(evaluateFixed(program, fixed).findings).toEqual([]);
    }),
    { numRuns: runs(300) },
  );
});

/** r ≈ 1 / x for x in [1, 17), accepted when r · x is within `tolerance` of 1. */
const inverted = (tolerance: number) =>
  circuit('inverted', {}, (c) => {
    const x = c.secret('x', u(12, 8), [2]).add(1);
    const r = c.advice('reciprocal', [x], u(24, 20), [2]);
    r.mul(x).assertWithin({ low: 1 - tolerance, high: 1 + tolerance });
    r.expose('r');
  }).build();

test('an assertion on advice: what an honest prover rounds must fit', () => {
  const [warning] = shortfalls(inverted(2 ** -18));
  expect(warning).toMatchObject({ code: 'tight-tolerance' });
  expect(warning!.message).toContain('rounding alone can move the value by 8.1e-6');
  const safe = Number(/([\d.e-]+) on either side/.exec(warning!.hint!)![1]);
  const program = inverted(safe);
  expect(shortfalls(program)).toEqual([]);
  fc.assert(
    fc.property(arbitraryInputs(program), ({ fixed }) => {
      expect(evaluateFixed(program, fixed).findings).toEqual([]);
    }),
    { numRuns: runs(300) },
  );
});

test.each<[string, number, (c: CircuitBuilder) => Tensor, { low: number; high: number }]>([
  ['exact', 0, (c) => c.public('m', { kind: 'bit' }), { low: 0, high: 0 }],
  ['wide enough', 0, (c) => c.secret('x', q(12, 4)), { low: -0.0625, high: 0.0625 }],
  ['too tight', 1, (c) => c.secret('x', q(12, 4)), { low: 0, high: 0 }],
  ['one side, with room', 0, (c) => c.secret('x', q(12, 4)), { low: 0, high: 1e6 }],
  ['one side, at the end', 1, (c) => c.secret('x', q(12, 4)), { low: 127.9375, high: 1e6 }],
])('assert-within, %s', (_, count, value, bounds) => {
  const program = circuit('bounded', {}, (c) => value(c).assertWithin(bounds)).build();
  expect(shortfalls(program)).toHaveLength(count);
});

test('near-root: where both numbers next to a root fail, it is said', () => {
  const cube = (tolerance: number) =>
    circuit('cube-root', {}, (c) => {
      const v = c.secret('v', u(11, 0)).assertWithin({ low: 1, high: 1151 });
      const of = (x: Unknown) => x.mul(x).mul(x).sub(v);
      c.root({ of, format: u(4, 0), box: { low: 1, high: 15 }, tolerance }).expose('x');
    }).build();
  // 10³ − 1151 = −151 and 11³ − 1151 = 180.
  const refused = (tolerance: number) =>
    evaluateFixed(cube(tolerance), new Map([['v', [1151n]]])).findings;
  expect(refused(150)).toHaveLength(1);
  const [warning] = shortfalls(cube(150));
  expect(warning).toMatchObject({ code: 'tight-tolerance' });
  const safe = Number(/tolerance of ([\d.]+) always/.exec(warning!.hint!)![1]);
  expect(shortfalls(cube(safe))).toEqual([]);
  expect(refused(safe)).toEqual([]);
});
