// Decisions as an author writes them: what they compute, what they accept, and how far they are from the reals.
import { describe, expect, test } from 'vitest';
import { LetheError } from '../../compiler/diagnostics/diagnostic.ts';
import { analyzeErrors, largestError } from '../../compiler/meanings/error.ts';
import { lower } from '../../compiler/meanings/circuit.ts';
import { evaluateFixed } from '../../compiler/meanings/fixed.ts';
import { evaluateReal } from '../../compiler/meanings/real.ts';
import { portsOf } from '../../compiler/program/ports.ts';
import { circuitEqualsFixed } from '../../compiler/testing/index.ts';
import { bit, circuit, q, u, type CircuitBuilder, type Tensor } from '../../dsl/index.ts';

const integers = (values: readonly number[]): bigint[] => values.map(BigInt);

/** Integers of the outputs, which the circuit must have, too. */
function run(
  describeIt: (c: CircuitBuilder) => void,
  inputs: Readonly<Record<string, readonly number[]>>,
): Record<string, number[]> {
  const program = circuit('case', {}, describeIt).build();
  const fixed = new Map(Object.entries(inputs).map(([name, x]) => [name, integers(x)]));
  const { values, findings } = evaluateFixed(program, fixed);
  if (findings.length > 0) throw new LetheError(findings);
  circuitEqualsFixed(lower(program), fixed);
  return Object.fromEntries(
    portsOf(program)
      .filter(({ direction }) => direction === 'output')
      .map(({ name, line }) => [name, values[line]!.map(Number)]),
  );
}

/** The error bound of the only output. */
function errorOf(describeIt: (c: CircuitBuilder) => void): number {
  const program = circuit('case', {}, describeIt).build();
  const output = portsOf(program).find(({ direction }) => direction === 'output')!;
  return largestError(analyzeErrors(program, lower(program).ranges)[output.line]!);
}

const small = q(8, 4);
const pair = (c: CircuitBuilder): [Tensor, Tensor] => [
  c.secret('x', small, [5]),
  c.secret('y', small, [5]),
];
const xs = [-128, -3, 0, 3, 127];
const ys = [127, -3, 1, -3, 127];

test('comparisons are bits', () => {
  const outputs = run(
    (c) => {
      const [x, y] = pair(c);
      x.atLeast(y).expose('atLeast');
      x.lessThan(y).expose('lessThan');
      x.equals(y).expose('equals');
      x.isZero().expose('isZero');
      x.atLeast(0.1875).expose('atLeastNumber');
      x.sign().expose('sign');
    },
    { x: xs, y: ys },
  );
  expect(outputs).toEqual({
    atLeast: [0, 1, 0, 1, 1],
    lessThan: [1, 0, 1, 0, 0],
    equals: [0, 1, 0, 0, 1],
    isZero: [0, 0, 1, 0, 0],
    atLeastNumber: [0, 0, 0, 1, 1],
    sign: [-1, -1, 0, 1, 1],
  });
});

test('numbers of other fractional bits are aligned', () => {
  const outputs = run(
    (c) => {
      const x = c.secret('x', q(8, 4), [3]);
      const y = c.secret('y', q(12, 8), [3]);
      x.atLeast(y).expose('bits');
      x.max(y).expose('max');
    },
    { x: [1, 1, -1], y: [16, 17, -17] },
  );
  expect(outputs).toEqual({ bits: [1, 0, 1], max: [16, 17, -16] });
});

test('extremes', () => {
  const outputs = run(
    (c) => {
      const [x, y] = pair(c);
      x.max(y).expose('max');
      x.min(y).expose('min');
      x.abs().expose('abs');
      x.relu().expose('relu');
      x.clip({ low: -0.125, high: 0.125 }).expose('clip');
    },
    { x: xs, y: ys },
  );
  expect(outputs).toEqual({
    max: [127, -3, 1, 3, 127],
    min: [-128, -3, 0, -3, 127],
    abs: [128, 3, 0, 3, 127],
    relu: [0, 0, 0, 3, 127],
    clip: [-2, -2, 0, 2, 2],
  });
});

test('the logic of bits, which stay bits', () => {
  const program = (c: CircuitBuilder): void => {
    const [a, b] = [c.secret('a', bit, [4]), c.secret('b', bit, [4])];
    for (const [name, value] of Object.entries({
      and: a.and(b),
      or: a.or(b),
      xor: a.xor(b),
      not: a.not(),
      equals: a.equals(b),
    })) {
      expect(value.format, name).toEqual(bit);
      value.expose(name);
    }
  };
  expect(run(program, { a: [0, 0, 1, 1], b: [0, 1, 0, 1] })).toEqual({
    and: [0, 0, 0, 1],
    or: [0, 1, 1, 1],
    xor: [0, 1, 1, 0],
    not: [1, 1, 0, 0],
    equals: [1, 0, 0, 1],
  });
});

describe('gather at a secret index', () => {
  const rows = [0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42];
  const table = (axis: number, indices: number[], shape: number[]) =>
    run(
      (c) => {
        const x = c.secret('x', q(8, 0), [5, 3]);
        x.gather({ axis, index: c.secret('i', u(4, 0), shape) }).expose('y');
      },
      { x: rows, i: indices },
    )['y'];

  test.each([
    [[0], [], [0, 1, 2]],
    [[4], [], [40, 41, 42]],
    [[3], [1], [30, 31, 32]],
    [[3, 1], [2], [30, 31, 32, 10, 11, 12]],
    [
      [2, 2, 0, 4],
      [2, 2],
      [20, 21, 22, 20, 21, 22, 0, 1, 2, 40, 41, 42],
    ],
  ])('rows %j, index of shape %j', (indices, shape, expected) =>
    expect(table(0, indices, shape)).toEqual(expected),
  );

  test('the index takes the place of its axis', () => {
    expect(table(1, [2, 0], [2])).toEqual([2, 0, 12, 10, 22, 20, 32, 30, 42, 40]);
    expect(table(-1, [1], [])).toEqual([1, 11, 21, 31, 41]);
  });

  test.each([5, 7, 8, 15])('an index past the axis is refused: %i', (index) =>
    expect(() => table(0, [index], [])).toThrow(LetheError),
  );

  test('of an axis of one element', () => {
    const outputs = run(
      (c) => {
        const x = c.secret('x', q(8, 0), [1, 2]);
        x.gather({ axis: 0, index: c.secret('i', u(1, 0), [2]) }).expose('y');
      },
      { x: [5, 6], i: [0, 0] },
    );
    expect(outputs['y']).toEqual([5, 6, 5, 6]);
  });
});

describe('errors', () => {
  const ulp = 2 ** -4;

  test('extremes have the error of their operands', () => {
    const each = (f: (x: Tensor, y: Tensor) => Tensor): number =>
      errorOf((c) => f(c.secret('x', small), c.secret('y', small)).expose('z'));
    expect(each((x, y) => x.max(y))).toBeCloseTo(ulp / 2, 12);
    expect(each((x, y) => x.add(y).min(0))).toBeCloseTo(ulp, 12);
    expect(each((x, y) => x.add(y).clip({ low: -1, high: 1 }))).toBeCloseTo(ulp, 12);
    expect(each((x, y) => x.sub(y).abs())).toBeCloseTo(ulp, 12);
  });

  const chosen = (f: (x: Tensor, y: Tensor) => Tensor): number =>
    errorOf((c) => f(c.secret('x', small), c.secret('y', small)).expose('z'));

  test('a choice between values that meet at the tie has their error', () => {
    expect(chosen((x, y) => x.atLeast(y).select(x, y))).toBe(ulp / 2);
    expect(chosen((x, y) => x.lessThan(y).select(x, y))).toBe(ulp / 2);
    expect(chosen((x, y) => x.atLeast(y).select(x.sub(y), 0))).toBeCloseTo(ulp, 12);
    const triple = (x: Tensor): Tensor => x.scale(3, { fraction: 0 });
    expect(chosen((x, y) => x.sub(y).atLeast(0).select(triple(x), triple(y)))).toBeCloseTo(
      1.5 * ulp,
      12,
    );
    expect(chosen((x, y) => x.add(0).atLeast(1).select(x.add(y), y.add(1)))).toBeCloseTo(ulp, 12);
    expect(chosen((x, y) => x.equals(y).select(x, y))).toBe(ulp / 2);
  });

  test('another choice has none', () => {
    expect(chosen((x, y) => x.atLeast(y).select(x, 0))).toBe(Infinity);
    expect(chosen((x, y) => x.atLeast(y).select(x, y.add(1)))).toBe(Infinity);
    expect(chosen((x, y) => x.atLeast(0).select(x.mul(y), 0))).toBe(Infinity);
  });

  test('a decision on exact values is exact', () => {
    const exact = (c: CircuitBuilder): void => {
      const [a, b] = [c.secret('a', bit), c.secret('b', bit)];
      a.atLeast(b).select(c.secret('x', small), 0).expose('z');
    };
    expect(errorOf(exact)).toBe(ulp / 2);
  });

  test('a decision far from the tie is exact', () => {
    const far = (c: CircuitBuilder): void =>
      c.secret('x', u(8, 4)).add(1).atLeast(0.5).select(c.secret('y', small), 0).expose('z');
    expect(errorOf(far)).toBe(ulp / 2);
  });

  test('the bound is met: decisions that differ', () => {
    const program = circuit('case', {}, (c) => {
      const [x, y] = [c.secret('x', small), c.secret('y', small)];
      x.atLeast(y).select(x.sub(y), 0).expose('z');
    }).build();
    const real = evaluateReal(
      program,
      new Map([
        ['x', Float64Array.of(0.031)],
        ['y', Float64Array.of(-0.031)],
      ]),
    );
    const { values } = evaluateFixed(
      program,
      new Map([
        ['x', [0n]],
        ['y', [0n]],
      ]),
    );
    const line = program.lines.findIndex(({ op }) => op === 'select');
    expect(Math.abs(real[line]![0]! - Number(values[line]![0]) * ulp)).toBeGreaterThan(0.9 * ulp);
  });
});

test('slips say what to write', () => {
  const message = (describeIt: (c: CircuitBuilder) => void): string => {
    try {
      circuit('case', {}, describeIt).build();
    } catch (error) {
      if (error instanceof LetheError) return error.diagnostics[0]!.message;
      throw error;
    }
    return 'none';
  };
  expect(message((c) => c.secret('x', small).and(c.secret('y', bit)).expose('z'))).toBe(
    'and expects bits, got q8.4[]',
  );
  expect(message((c) => c.secret('x', small).clip({ low: 1, high: -1 }).expose('z'))).toBe(
    'clip to [1, -1]',
  );
  expect(
    message((c) =>
      c
        .secret('x', small, [3])
        .gather({ axis: 0, index: c.secret('i', small) })
        .expose('z'),
    ),
  ).toBe('take: an index is an integer, got q8.4[]');
});
