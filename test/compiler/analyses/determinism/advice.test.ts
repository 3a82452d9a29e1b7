// Advice of an author: forced by his assertions, declared a relation, or an error.
import { describe, expect, test } from 'vitest';
import { analyzeDeterminism } from '../../../../compiler/analyses/determinism/report.ts';
import { findShortfalls } from '../../../../compiler/analyses/completeness.ts';
import { analyzeRanges } from '../../../../compiler/meanings/range.ts';
import { analyzeErrors, largestError } from '../../../../compiler/meanings/error.ts';
import { render } from '../../../../compiler/diagnostics/diagnostic.ts';
import { printLine } from '../../../../compiler/program/print.ts';
import { lower } from '../../../../compiler/meanings/circuit.ts';
import { checkLaws } from '../../../../compiler/testing/index.ts';
import { bit, circuit, q, solve, u, type CircuitBuilder } from '../../../../dsl/index.ts';
import { runs } from '../../../tier.ts';

function analyze(build: (c: CircuitBuilder) => void) {
  const lowered = lower(circuit('advised', {}, build).build());
  return { lowered, ...analyzeDeterminism(lowered) };
}

/** What is free, without the places. */
const freeOf = (build: (c: CircuitBuilder) => void): string[] =>
  analyze(build).free.map(({ message }) => message);

const hint = 'reciprocal';

describe('undeclared advice that is not forced', () => {
  test('is an error at its line, however many values follow from it', () => {
    const { free } = analyze((c) => {
      const x = c.secret('x', q(24, 12), [500]);
      const root = c.advice('square-root', [x], u(24, 12), [500]);
      root.mul(root).sub(x).assertWithin({ low: -0.5, high: 0.5 });
      root.mul(x).rescale(q(30, 6)).expose('y');
    });
    expect(free.map((each) => render(each).replace(/:\d+:\d+/, ''))).toEqual([
      'test/compiler/analyses/determinism/advice.test.ts: error[undetermined]: element [0] of advice: no constraint forces its value, nor that of 499 more elements, in `%1 = advice x hint="square-root" : u24.12[500]`\n' +
        '  hint: assert what determines it exactly, or declare how far your assertions let it be from its hint: { within: … }',
    ]);
  });

  test('is found where nothing depends on it', () => {
    expect(freeOf((c) => void c.advice(hint, [c.secret('x', u(8, 0))], u(8, 4)))).toEqual([
      'advice: no constraint forces its value, in `%1 = advice x hint="reciprocal" : u8.4[]`',
    ]);
  });

  test('is found element by element', () => {
    const found = freeOf((c) => {
      const x = c.secret('x', q(20, 8), [2, 2]);
      const copy = c.advice(hint, [x], q(20, 8), [2, 2]);
      const part = { axis: 0, start: 0, end: 1 };
      copy.slice(part).sub(x.slice(part)).assertZero();
    });
    expect(found).toEqual([
      'element [1,0] of advice: no constraint forces its value, nor that of 1 more element, in `%1 = advice x hint="reciprocal" : q20.8[2,2]`',
    ]);
  });

  test('of several lines, each is found that is free by itself', () => {
    const found = freeOf((c) => {
      const x = c.secret('x', u(8, 0));
      const a = c.advice(hint, [x], u(12, 0));
      const b = c.advice(hint, [x], u(12, 0));
      const d = c.advice(hint, [x], u(12, 0));
      a.add(b).sub(x).assertZero();
      d.expose('d');
    });
    // b follows from a.
    expect(found.map((message) => /`(%\d)/.exec(message)![1])).toEqual(['%1', '%3']);
  });
});

describe('advice is forced by', () => {
  test.each<[string, boolean, (c: CircuitBuilder) => void]>([
    [
      'r · x = 1 for a known x: 1 is not 0, so neither is x',
      true,
      (c) => {
        const x = c.secret('x', u(12, 0), [3]);
        const r = c.advice(hint, [x], u(24, 20), [3]);
        r.mul(x).sub(1).assertZero();
      },
    ],
    [
      'r · x = y, with x in [1, 17)',
      true,
      (c) => {
        const x = c.secret('x', u(12, 8)).add(1);
        c.advice(hint, [x], u(24, 20))
          .mul(x)
          .sub(c.secret('y', u(12, 4)))
          .assertZero();
      },
    ],
    [
      'r · x = y, but not where x may be 0',
      false,
      (c) => {
        const x = c.secret('x', u(12, 8));
        c.advice(hint, [x], u(24, 20))
          .mul(x)
          .sub(c.secret('y', u(12, 4)))
          .assertZero();
      },
    ],
    [
      'r² = x for r ≥ 0',
      true,
      (c) => {
        const x = c.secret('x', u(12, 8));
        const r = c.advice('square-root', [x], u(12, 4));
        r.mul(r).sub(x).assertZero();
      },
    ],
    [
      'r² = x, but not for r of either sign',
      false,
      (c) => {
        const x = c.secret('x', u(12, 8));
        const r = c.advice('square-root', [x], q(12, 4));
        r.mul(r).sub(x).assertZero();
      },
    ],
    [
      '3 r = x',
      true,
      (c) => {
        const x = c.secret('x', q(30, 8), [2]);
        const r = c.advice(hint, [x], q(30, 8), [2]);
        r.scale(3, { fraction: 0 })
          .sub(x.scale(-7, { fraction: 0 }))
          .assertZero();
      },
    ],
    [
      'x = 1000 q + r with r ≤ 999',
      true,
      (c) => {
        const x = c.secret('x', u(30, 0), [2]);
        const quotient = c.advice(hint, [x], u(21, 0), [2]);
        const r = c.advice(hint, [x], u(10, 0), [2]);
        r.assertWithin({ low: 0, high: 999 });
        quotient.scale(1000, { fraction: 0 }).add(r).sub(x).assertZero();
      },
    ],
    [
      'x = 1000 q + r, but not with r ≤ 1000',
      false,
      (c) => {
        const x = c.secret('x', u(30, 0), [2]);
        const quotient = c.advice(hint, [x], u(21, 0), [2]);
        const r = c.advice(hint, [x], u(10, 0), [2]);
        r.assertWithin({ low: 0, high: 1000 });
        quotient.scale(1000, { fraction: 0 }).add(r).sub(x).assertZero();
      },
    ],
    [
      'its bits',
      true,
      (c) => {
        const x = c.secret('x', u(5, 0));
        const bits = c.advice(hint, [x], bit, [5]);
        bits
          .contract('i,i->', c.constant([1, 2, 4, 8, 16], u(5, 0), [5]))
          .sub(x)
          .assertZero();
      },
    ],
    [
      'its bits, but not when one weighs as much as another',
      false,
      (c) => {
        const x = c.secret('x', u(5, 0));
        const bits = c.advice(hint, [x], bit, [5]);
        bits
          .contract('i,i->', c.constant([1, 2, 4, 8, 8], u(5, 0), [5]))
          .sub(x)
          .assertZero();
      },
    ],
  ])('%s', (_, forced, build) => {
    const { free, relations } = analyze(build);
    expect(relations).toEqual([]);
    expect(free.length === 0).toBe(forced);
  });
});

describe('declared advice', () => {
  const inverted = circuit('inverted', {}, (c) => {
    const x = c.secret('x', u(12, 8), [2]).add(1);
    const r = c.advice(hint, [x], u(24, 20), [2], { within: 2 ** -6 });
    r.mul(x).assertWithin({ low: 1 - 2 ** -7, high: 1 + 2 ** -7 });
    r.expose('r');
  });

  test('is a relation with the bound that its author claims', () => {
    const lowered = lower(inverted.build());
    const line = lowered.program.lines.findIndex(({ op }) => op === 'advice');
    expect(analyzeDeterminism(lowered)).toMatchObject({
      free: [],
      relations: [
        {
          line,
          elements: 2,
          bound: 2 ** -6,
          says: 'at most 0.015625 from the value of the hint "reciprocal", if the circuit\'s assertions see to it',
        },
      ],
    });
    expect(printLine(lowered.program, line)).toBe(
      `%${line} = advice %2 hint="reciprocal" within=1.5625e-2 : u24.20[2]`,
    );
    const errors = analyzeErrors(lowered.program, lowered.ranges);
    expect(largestError(errors[line]!)).toBe(2 ** -6);
    expect(largestError(errors[lowered.program.lines.at(-1)!.arguments[0]!]!)).toBe(2 ** -6);
  });

  test('is no claim about an honest prover: his rounding fits the assertion', () => {
    const program = inverted.build();
    expect(findShortfalls(program, analyzeRanges(program))).toEqual([]);
  });

  test('keeps the laws: what it declares is derived, and may be accepted all the same', () => {
    checkLaws(inverted, { numRuns: runs(30) });
    checkLaws(inverted, { numRuns: 1, assume: ['reciprocal.within', 'x.unbound'] });
  });

  test('leaves the attribute out when nothing is declared', () => {
    const { lowered } = analyze((c) => c.advice(hint, [c.secret('x', u(8, 0))], u(8, 4)));
    expect(lowered.program.lines[1]!.attributes).not.toHaveProperty('within');
  });
});

test('solve is a relation; all that its checks need is forced by its solution', () => {
  const { advice, determined, free, relations } = analyze((c) => {
    const matrix = c.constant([2, 0, 0, 2], q(8, 4), [2, 2]);
    const rhs = c.secret('b', q(24, 12), [2]);
    const system = { matrix, rhs, format: q(12, 8), tolerance: 2 ** -4, smallestEigenvalue: 2 };
    solve(system).rescale(q(8, 4)).expose('x');
  });
  expect(free).toEqual([]);
  expect(determined).toBe(advice);
  expect(relations).toMatchObject([
    {
      elements: 2,
      says: 'residuals in [-0.0625, 0.0625): at most √2 · 0.0625 / 2 from the solution of the system, if its matrix is symmetric and has no eigenvalue below 2',
    },
  ]);
  expect(relations[0]!.bound).toBeCloseTo((Math.sqrt(2) * (2 ** -4 + 2 ** -13)) / 2, 10);
});
