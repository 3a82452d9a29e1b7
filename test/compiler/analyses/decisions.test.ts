// Decisions on values that carry error: margins and warnings.
import { describe, expect, test } from 'vitest';
import { decisionMargins, findUnbounded } from '../../../compiler/analyses/decisions.ts';
import { analyzeErrors } from '../../../compiler/meanings/error.ts';
import { lower } from '../../../compiler/meanings/circuit.ts';
import { circuit, q, u, type CircuitBuilder } from '../../../dsl/index.ts';

function analyze(describeIt: (c: CircuitBuilder) => void) {
  const { program, ranges } = lower(circuit('case', {}, describeIt).build());
  const errors = analyzeErrors(program, ranges);
  const margins = decisionMargins(program, ranges, errors);
  return {
    margins: margins.filter((margin) => margin !== undefined),
    choices: findUnbounded(program, errors),
  };
}

const ulp = 2 ** -12;

describe('margins', () => {
  test('the error of the difference', () => {
    const { margins } = analyze((c) => {
      const [x, y] = [c.secret('x', q(16, 12)), c.secret('y', q(16, 12))];
      x.atLeast(y).expose('a');
      x.atLeast(1).expose('b');
      x.add(y).isZero().expose('c');
    });
    expect(margins.map((margin) => margin / ulp)).toEqual([
      expect.closeTo(1, 9),
      expect.closeTo(0.5, 9),
      expect.closeTo(1, 9),
    ]);
  });

  test('0 where the arguments are exact, or far from the tie', () => {
    const { margins } = analyze((c) => {
      c.secret('x', q(16, 12), [], { exact: true }).atLeast(0).expose('a');
      c.secret('y', u(16, 12)).add(1).atLeast(0.5).expose('b');
    });
    expect(margins).toEqual([0, 0]);
  });
});

describe('choices without a bound', () => {
  test('name the decision and the way out', () => {
    const { choices } = analyze((c) => {
      const x = c.secret('x', q(16, 12));
      x.atLeast(1).select(x, 0).expose('y');
    });
    expect(choices).toHaveLength(1);
    expect(choices[0]).toMatchObject({
      code: 'inexact-decision',
      message: expect.stringContaining('at-least') as string,
      hint: expect.stringContaining('{ exact: true }') as string,
      where: { line: expect.any(Number) as number },
    });
  });

  test('name what else jumps', () => {
    const { choices } = analyze((c) => {
      const [x, table] = [c.secret('x', u(3, 0)), c.secret('t', q(16, 12), [8])];
      table.gather({ axis: 0, index: x }).expose('y');
      table.gather({ axis: 0, index: c.secret('i', u(3, 0), [], { exact: true }) }).expose('z');
      const exact = c.secret('w', q(4, 2), [], { exact: true }).clip({ low: 0, high: 1.75 });
      table.gather({ axis: 0, index: exact.scale(4, { fraction: -2 }) }).expose('v');
    });
    expect(choices.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /take .* has no bound: it jumps with `secret x : u3.0\[\]`, which carries/,
      ),
    ]);
  });

  test('are not those that meet at the tie, nor those whose values have no bound themselves', () => {
    const { choices } = analyze((c) => {
      const x = c.secret('x', q(16, 12));
      x.atLeast(1).select(x, 1).expose('y');
      const free = c.advice('square-root', [x], q(16, 12));
      x.atLeast(1).select(free, 1).expose('z');
    });
    expect(choices).toEqual([]);
  });
});
