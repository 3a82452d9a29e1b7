// The laws on every example and stdlib circuit, and on circuits that break them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sizeOf } from '../../../compiler/ir/shape.ts';
import { honestInputs } from '../../examples/honest-inputs.ts';
import { arbitraryInputs, checkLaws, type BoundInputs } from '../../../compiler/testing/index.ts';
import { bit, circuit, field, q } from '../../../dsl/index.ts';
import { clearMasked, commit, groupObs, symmetric, triangleLength } from '../../../stdlib/index.ts';
import groupObsExample from '../../../examples/group-obs.ts';
import unlearnDigits, { unlearnedWeights } from '../../../examples/unlearn-digits/circuit.ts';

describe('hold for', () => {
  test.each([
    [groupObsExample, {}],
    [unlearnDigits, { blocks: 2 }],
    [unlearnedWeights, { blocks: 2 }],
  ] as const)('$name', (example, parameters) => {
    checkLaws(example, { parameters, inputs: honestInputs, numRuns: 4 });
  });

  test('masking, symmetric matrices, commitments', () => {
    checkLaws(
      circuit('stdlib', {}, (c) => {
        const mask = c.public('mask', bit, [2, 2]);
        const x = clearMasked(c.secret('x', q(16, 8), [2, 2]), mask);
        const matrix = symmetric(c.secret('triangle', q(12, 4), [2, triangleLength(2)]), {
          size: 2,
        });
        const y = matrix.contract('bij,bj->bi', x).rescale(q(24, 8));
        commit(y, { salts: c.secret('salts', field, [2, 1]) }).expose('commitment');
        y.expose('y');
      }),
      { numRuns: 20 },
    );
  });
});

test('symmetric is symmetric, with the triangle row by row', () => {
  const program = circuit('indices', { size: 4 }, (c, { size }) => {
    symmetric(c.secret('t', q(8, 0), [triangleLength(size)]), { size }).expose('m');
  }).build();
  const { indices } = program.lines.find(({ op }) => op === 'gather')!.attributes;
  expect(indices).toEqual([0, 1, 2, 3, 1, 4, 5, 6, 2, 5, 7, 8, 3, 6, 8, 9]);
  expect(sizeOf(program.lines.at(-2)!.type.shape)).toBe(16);
});

test('a failure prints its seed', () => {
  const impossible = circuit('impossible', {}, (c) => {
    const x = c.secret('x', q(8, 0), [1]);
    const y = c.advice('square-root', [x.mul(x)], q(9, 0), [1]);
    y.expose('y');
    groupObs({
      weights: x.reshape([1, 1]),
      mask: c.public('mask', bit, [1, 1]),
      curvature: c.secret('curvature', q(8, 0), [1, 1]),
      updateFormat: q(8, 0),
      tolerance: 1,
    }).expose('unlearned');
  });
  const broken = (): fc.Arbitrary<BoundInputs> =>
    arbitraryInputs(impossible.build()).map((inputs) => ({
      ...inputs,
      real: new Map([...inputs.real].map(([name, x]) => [name, x.map((v) => v + 99)])),
    }));
  expect(() => checkLaws(impossible, { inputs: broken })).toThrow(/seed -?\d+/);
});

test('laws that hardly any input tries are not called passed', () => {
  const narrow = circuit('narrow', {}, (c) => {
    c.secret('x', q(24, 0), [3]).assertWithin({ low: 5, high: 6 });
  });
  expect(() => checkLaws(narrow)).toThrow(/only \d+ of \d+ random inputs have an honest witness/);
});
