// What `solve` rests on, on matrices that keep it, and that do not.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileCircuit } from '../../../compiler/compile.ts';
import { isDefinite, smallestEigenvalue } from '../../../compiler/numbers/eigenvalue.ts';
import { choicesAreNear } from '../../../compiler/testing/index.ts';
import { exactInputs } from '../../../compiler/testing/exact-inputs.ts';
import { falsePremises } from '../../../compiler/testing/premises.ts';
import { bit, circuit, q, solve } from '../../../dsl/index.ts';

const compiled = compileCircuit(
  circuit('systems', {}, (c) => {
    solve({
      matrix: c.public('matrix', q(12, 8), [2, 2, 2]),
      rhs: c.public('rhs', q(24, 16), [2, 2]),
      pinned: { mask: c.public('mask', bit, [2, 2]), values: c.public('values', q(16, 8), [2, 2]) },
      format: q(16, 8),
      tolerance: 0.125,
      smallestEigenvalue: 1,
    }).expose('x');
  }),
);

const unit = [256n, 0n, 0n, 256n];
const given = (second: readonly bigint[]) =>
  new Map([
    ['matrix', [...unit, ...second]],
    ['rhs', [0n, 0n, 0n, 0n]],
    ['mask', [0n, 0n, 0n, 0n]],
    ['values', [0n, 0n, 0n, 0n]],
  ]);

test('a matrix at the bound is right, to the last place of float64', () => {
  expect(falsePremises(compiled, given(unit))).toEqual([]);
  expect(falsePremises(compiled, given([512n, 256n, 256n, 512n]))).toEqual([]);
});

test('a matrix that is not symmetric is said, with its number', () => {
  const [found, ...others] = falsePremises(compiled, given([512n, 1n, 2n, 512n]));
  expect(others).toEqual([]);
  expect(found).toMatchObject({ kind: 'symmetric', system: 1 });
  expect(found!.message).toContain('entry [0,1] is 1, entry [1,0] is 2');
});

test.each([
  ['0', [0n, 0n, 0n, 0n], 0],
  ['one unit below', [255n, 0n, 0n, 256n], 255 / 256],
  ['indefinite', [0n, 512n, 512n, 0n], -2],
] as const)('an eigenvalue that is too small: %s', (_, matrix, actual) => {
  const [found] = falsePremises(compiled, given(matrix));
  expect(found).toMatchObject({ kind: 'eigenvalues', system: 1, declared: 1 });
  expect(found!.actual).toBeCloseTo(actual, 12);
});

test('the law on choices asks for it', () => {
  const law = (second: readonly bigint[]) => () =>
    choicesAreNear(compiled, exactInputs(compiled.program, given(second)));
  expect(law(unit)).not.toThrow();
  expect(law([512n, 511n, 511n, 512n])).toThrow('and none below 1 is declared');
});

test('eigenvalues of random symmetric matrices', () => {
  const entry = fc.integer({ min: -100, max: 100 });
  const matrices = fc
    .integer({ min: 1, max: 6 })
    .chain((n) =>
      fc
        .array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: n, maxLength: n })
        .map((rows) => rows.map((row, i) => row.map((x, j) => (i <= j ? x : rows[j]![i]!)))),
    );
  fc.assert(
    fc.property(matrices, (matrix) => {
      const least = smallestEigenvalue(matrix);
      expect(isDefinite(matrix, least - 1e-9)).toBe(true);
      expect(isDefinite(matrix, least + 1e-9)).toBe(false);
    }),
  );
});
