// Witnesses that a dishonest prover would try, op by op: each changes several advice values together, so that the
// equations still hold and only a range check, or nothing, is left to refuse it.
import { describe, expect, test } from 'vitest';
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import { solveWitness } from '../../../compiler/constraints/witness.ts';
import { evaluate } from '../../../compiler/constraints/expression.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { canonical, centered } from '../../../compiler/numbers/field.ts';
import { bit, q, u, solve, solveGram } from '../../../dsl/index.ts';
import { adviceOf, build, inputs } from './attacked.ts';

describe('rescale', () => {
  const circuitOf = (bits: number, from: number, to: number) =>
    build((c) =>
      c
        .secret('x', q(bits, from))
        .rescale(q(bits - from + to, to))
        .expose('y'),
    );

  test.each([
    [24, 12, 0],
    [30, 20, 8],
    [40, 16, 3],
  ])('q%i.%i to %i: quotient and remainder cannot be traded', (bits, from, to) => {
    const lowered = circuitOf(bits, from, to);
    const shift = BigInt(from - to);
    const x = inputs({ x: [123_456n] });
    const honest = solveWitness(lowered.system, x);
    expect(checkWitness(lowered.system, honest)).toBeUndefined();
    const quotient = lowered.values[1]![0]!;
    // Find the advice that carries the lowest bits of the remainder and of the quotient.
    const advice = adviceOf(lowered, 'rescale');
    const inQuotient = quotient.terms.find(({ coefficient }) => coefficient === 1n)!.variable;
    const [remainder] = advice;
    for (const k of [1n, -1n, 2n, -5n]) {
      const forged = solveWitness(
        lowered.system,
        x,
        new Map([
          [inQuotient, honest[inQuotient]! + k],
          [remainder!, honest[remainder!]! - (k << shift)],
        ]),
      );
      expect(checkWitness(lowered.system, forged), `k = ${k}`).toBeDefined();
    }
  });

  test('a quotient that wraps around the modulus is refused', () => {
    // q = (x + half − r) / 2^s over the field, for a remainder that does not fit.
    const lowered = circuitOf(24, 12, 0);
    const x = inputs({ x: [4096n] });
    const honest = solveWitness(lowered.system, x);
    const [remainder, quotient] = adviceOf(lowered, 'rescale');
    const forged = [...honest];
    forged[remainder!] = canonical(honest[remainder!]! + 1n);
    forged[quotient!] = canonical(honest[quotient!]! - (1n << 240n));
    expect(checkWitness(lowered.system, forged)).toBeDefined();
  });
});

describe('rescale, exhaustively', () => {
  test.each([
    [q(6, 3), q(4, 0)],
    [q(6, 3), q(2, 0)],
    [u(5, 4), u(3, 1)],
    [q(5, 1), q(3, 1)],
    [u(4, 2), u(2, 0)],
    [q(7, 2), u(4, 0)],
  ])('no other values of the advice are accepted (%#)', (from, to) => {
    const lowered = build((c) => c.secret('x', from).rescale(to).expose('y'));
    const advice = adviceOf(lowered, 'rescale');
    expect(advice.length).toBeLessThanOrEqual(2);
    const { low, high } = lowered.ranges[0]![0]!;
    for (let x = low; x <= high; x++) {
      const run = evaluateFixed(lowered.program, inputs({ x: [x] }));
      const accepted: bigint[] = [];
      for (let first = 0n; first < 32n; first++)
        for (let second = 0n; second < (advice.length > 1 ? 64n : 1n); second++) {
          const override = new Map(advice.map((variable, i) => [variable, [first, second][i]!]));
          const witness = solveWitness(lowered.system, inputs({ x: [x] }), override);
          if (checkWitness(lowered.system, witness) === undefined)
            accepted.push(centered(evaluate(lowered.values[1]![0]!, witness)));
        }
      expect([...new Set(accepted)], `x = ${x}`).toEqual(run.values[1] ?? []);
      if (advice.length === 2) expect(accepted.length).toBeLessThanOrEqual(1);
    }
  });
});

describe('inputs', () => {
  test.each([
    ['q(12, 4)', q(12, 4), [2048n, -2049n, 1n << 20n]],
    ['u(7, 0)', u(7, 0), [128n, -1n]],
    ['bit', bit, [2n, -1n, 4096n]],
  ] as const)('%s refuses integers outside it', (_, format, outside) => {
    for (const visibility of ['secret', 'public'] as const) {
      const lowered = build((c) => c[visibility]('x', format).add(1).expose('y'));
      for (const value of outside) {
        const witness = solveWitness(lowered.system, inputs({ x: [value] }));
        expect(checkWitness(lowered.system, witness), `${value}`).toMatchObject({
          origin: { line: 0 },
        });
      }
    }
  });
});

describe('solve', () => {
  const lowered = build((c) => {
    const matrix = c.secret('matrix', q(16, 8), [2, 2]);
    const mask = c.public('mask', bit, [2]);
    const values = c.secret('values', q(16, 8), [2]);
    solve({
      matrix,
      rhs: c.secret('rhs', q(24, 16), [2]),
      pinned: { mask, values },
      format: q(16, 8),
      tolerance: 2 ** -6,
      smallestEigenvalue: 1,
    }).expose('x');
  });
  const given = inputs({
    matrix: [512n, 128n, 128n, 768n],
    mask: [1n, 0n],
    values: [256n, 999n],
    rhs: [0n, 65536n],
  });
  // x_0 = 1 is pinned; ½ · 1 + 3 x_1 = 1.
  const line = lowered.program.lines.findIndex(({ op }) => op === 'solve');
  const honest = solveWitness(lowered.system, given);
  const overriding = (element: number, change: bigint) => {
    // 16 bits are one row each: the values themselves come first, then the limbs of the rows.
    const variable = adviceOf(lowered, 'solve')[element]!;
    const override = new Map([[variable, honest[variable]! + change]]);
    return checkWitness(lowered.system, solveWitness(lowered.system, given, override));
  };

  test('the honest solution is accepted', () => {
    expect(checkWitness(lowered.system, honest)).toBeUndefined();
    const x = lowered.values[line]!.map(({ terms, constant }) =>
      terms.reduce((sum, t) => sum + t.coefficient * honest[t.variable]!, constant),
    );
    expect(x).toEqual([256n, 43n]);
  });

  test('a pinned entry is exact', () => {
    expect(overriding(0, 1n)).toMatchObject({ origin: { line, element: 0 } });
    expect(overriding(0, -1n)).toMatchObject({ origin: { line, element: 0 } });
  });

  test('a free entry moves within the tolerance, and no further', () => {
    // The residual is 256 units of 2^−16, one unit of x_1 is 768 of them, and τ = 2^−6 is 1024: −512 passes, and
    // 1024 is just past the end.
    expect(overriding(1, -1n)).toBeUndefined();
    expect(overriding(1, 1n)).toMatchObject({ origin: { line, element: 1 } });
    expect(overriding(1, -2n)).toMatchObject({ origin: { line, element: 1 } });
    expect(overriding(1, 1n << 70n)).toBeDefined();
  });
});

describe('solve-gram', () => {
  const lowered = build((c) => {
    solveGram({
      factor: c.secret('factor', q(12, 8), [1, 2]),
      damping: 1,
      pinned: { mask: c.public('mask', bit, [2]), values: c.secret('values', q(16, 8), [2]) },
      format: q(16, 8),
      tolerance: 2 ** -6,
    }).expose('x');
  });
  // G = [1, ½]: A = [2, ½; ½, 5/4]. x_0 = 1 is pinned; ½ + 5/4 x_1 = 0.
  const given = inputs({ factor: [256n, 128n], mask: [1n, 0n], values: [256n, 999n] });
  const line = lowered.program.lines.findIndex(({ op }) => op === 'solve-gram');
  const honest = solveWitness(lowered.system, given);
  const overriding = (element: number, change: bigint) => {
    const variable = adviceOf(lowered, 'solve-gram')[element]!;
    const override = new Map([[variable, honest[variable]! + change]]);
    return checkWitness(lowered.system, solveWitness(lowered.system, given, override));
  };

  test('the honest solution is accepted', () => {
    expect(checkWitness(lowered.system, honest)).toBeUndefined();
    const x = lowered.values[line]!.map(({ terms, constant }) =>
      centered(terms.reduce((sum, t) => sum + t.coefficient * honest[t.variable]!, constant)),
    );
    expect(x).toEqual([256n, -102n]);
  });

  test('a pinned entry is exact', () => {
    expect(overriding(0, 1n)).toMatchObject({ origin: { line, element: 0 } });
    expect(overriding(0, -1n)).toMatchObject({ origin: { line, element: 0 } });
  });

  test('a free entry moves within the tolerance, and no further', () => {
    // The residual is ½ unit of 2^−8, one unit of x_1 is 5/4 of them, and τ = 2^−6 is 4.
    expect(overriding(1, 2n)).toBeUndefined();
    expect(overriding(1, 3n)).toMatchObject({ origin: { line, element: 1 } });
    expect(overriding(1, -3n)).toBeUndefined();
    expect(overriding(1, -4n)).toMatchObject({ origin: { line, element: 1 } });
    expect(overriding(1, 1n << 70n)).toBeDefined();
  });

  test('a factor of 0 leaves the damping alone', () => {
    const zero = inputs({ factor: [0n, 0n], mask: [1n, 0n], values: [256n, 999n] });
    expect(checkWitness(lowered.system, solveWitness(lowered.system, zero))).toBeUndefined();
  });
});

describe('select', () => {
  test('a mask of 2 extrapolates, and is refused', () => {
    const lowered = build((c) => {
      const mask = c.secret('mask', bit, [1]);
      mask.select(c.secret('a', q(8, 0), [1]), c.secret('b', q(8, 0), [1])).expose('y');
    });
    const witness = solveWitness(lowered.system, inputs({ mask: [2n], a: [3n], b: [1n] }));
    expect(checkWitness(lowered.system, witness)).toMatchObject({ message: '2 is not 0 or 1' });
  });
});

describe('advice', () => {
  const lowered = build((c) => {
    const x = c.secret('x', u(12, 4), [2]);
    const root = c.advice('square-root', [x], u(12, 8), [2]);
    root.mul(root).sub(x).assertWithin({ low: -0.25, high: 0.25 });
    root.expose('root');
  });
  const given = inputs({ x: [64n, 100n] });

  test('the assertion determines it up to its tolerance', () => {
    const honest = solveWitness(lowered.system, given);
    expect(checkWitness(lowered.system, honest)).toBeUndefined();
    for (const variable of adviceOf(lowered, 'advice'))
      for (const change of [100n, -100n, 1n << 12n]) {
        const override = new Map([[variable, honest[variable]! + change]]);
        const forged = solveWitness(lowered.system, given, override);
        expect(checkWitness(lowered.system, forged)).toBeDefined();
      }
  });
});

describe('outputs', () => {
  test('a statement that differs from the computed value is refused', () => {
    const lowered = build((c) => c.secret('x', q(12, 0), [3]).pack().hash().expose('digest'));
    const honest = solveWitness(lowered.system, inputs({ x: [1n, 2n, 3n] }));
    const output = lowered.system.ports.find(({ name }) => name === 'digest')!.variables[0]!;
    honest[output] = canonical(honest[output]! + 1n);
    expect(checkWitness(lowered.system, honest)).toBeDefined();
  });
});
