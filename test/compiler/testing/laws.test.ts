// The laws on every example and stdlib circuit, and on circuits that break them.
import { describe, expect, test } from 'vitest';
import { sizeOf } from '../../../compiler/ir/shape.ts';
import { honestInputs } from '../../examples/honest-inputs.ts';
import { checkLaws, replay, type Specification } from '../../../compiler/testing/index.ts';
import { bit, circuit, field, q, u } from '../../../dsl/index.ts';
import { clearMasked, commit, symmetric, triangleLength } from '../../../stdlib/index.ts';
import groupObsExample from '../../../examples/group-obs.ts';
import unlearnDigits, { unlearnedWeights } from '../../../examples/unlearn-digits/circuit.ts';
import { runs } from '../../tier.ts';

describe('hold for', () => {
  test.each([
    [unlearnDigits, { blocks: 2 }],
    [unlearnedWeights, { blocks: 2 }],
  ] as const)('$name', (example, parameters) => {
    checkLaws(example, { parameters, inputs: honestInputs, numRuns: runs(4) });
  });

  test('examples/group-obs.ts, on any inputs', () => checkLaws(groupObsExample, { numRuns: 8 }));

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
      { numRuns: runs(20) },
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

describe('a law that fails', () => {
  const sums = circuit('sums', { n: 3, m: 2 }, (c, { n, m }) => {
    c.secret('x', q(8, 0), [n, m]).sum({ axis: 1 }).expose('y');
  });
  /** A specification of something else. */
  const spec: Specification<'x', 'n'> = (_, { parameters: { n } }) => ({
    y: new Array<number>(n).fill(99),
  });
  const report = (): string => {
    try {
      checkLaws(sums, { spec, numRuns: 4 });
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('the law holds');
  };

  test('is reported at the smallest sizes and inputs, with seed and file', () => {
    const text = report();
    expect(text).toContain('"what is accepted agrees with the specification" does not hold');
    expect(text).toMatch(/seed -?\d+/);
    expect(text).toContain("import * as file from './test/compiler/testing/laws.test.ts';");
    expect(text).toContain('replay(file, "sums", {');
    expect(text).toContain('parameters: {"n":1,"m":1}');
    expect(text).toContain('"x": { fixed: [0n], real: [0] },');
  });

  test('is replayed by what the report says', () => {
    const parameters = { n: 1, m: 1 };
    const law = 'in its intervals, and near the reals within the bound';
    const x = (real: number) => ({ x: { fixed: [0n], real: [real] } });
    expect(() => replay({ sums }, 'sums', { law, parameters, inputs: x(99) })).toThrow(
      '99 from the reals',
    );
    expect(() => replay({ sums }, 'sums', { law, parameters, inputs: x(0) })).not.toThrow();
  });

  test('is replayed with the specification that it needs', () => {
    const law = 'what is accepted agrees with the specification';
    const given = {
      law,
      parameters: { n: 1, m: 1 },
      inputs: { x: { fixed: [0n], real: [0] } },
    } as const;
    expect(() => replay({ sums }, 'sums', { ...given, spec })).toThrow('0 is accepted');
    expect(() =>
      replay({ sums }, 'sums', { ...given, spec: ({ x }) => ({ y: [...x!] }) }),
    ).not.toThrow();
    expect(() => replay({ sums }, 'sums', given)).toThrow('error[no-specification]');
  });
});

test('advice that nothing forces is no law-abiding circuit', () => {
  const free = circuit('free', {}, (c) => {
    c.advice('square-root', [c.secret('x', u(8, 0), [2])], u(8, 0), [2]).expose('y');
  });
  expect(() => checkLaws(free)).toThrow('undetermined');
});

test('laws are tried on honest inputs that are found where random ones are refused', () => {
  const narrow = circuit('narrow', {}, (c) => {
    c.secret('x', q(24, 0), [3]).assertWithin({ low: 5, high: 6 });
  });
  expect(() => checkLaws(narrow, { numRuns: 4 })).not.toThrow();
  const wrong = circuit('wrong', {}, (c) => {
    const x = c.secret('x', u(24, 0), [2]).assertWithin({ low: 500, high: 600 });
    c.advice('square-root', [x], u(12, 4), [2], { within: 0.5 }).expose('y');
  });
  const assume = ['square-root.within', 'x.unbound'];
  expect(() => checkLaws(wrong, { numRuns: 40, assume })).toThrow('choices stay within');
});

test('laws that hardly any input tries are not called passed', () => {
  const never = circuit('never', {}, (c) => {
    const x = c.secret('x', u(24, 0), [3]);
    x.mul(x).sub(1_000_001).assertZero();
  });
  expect(() => checkLaws(never, { numRuns: 2 })).toThrow(
    /only \d+ of \d+ random inputs have an honest witness/,
  );
});
