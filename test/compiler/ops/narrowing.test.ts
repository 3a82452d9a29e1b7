// Assertions teach ranges: what is made of a tensor after `assertWithin` rests on the narrower interval, and the check itself
// on the wide one.
import { describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../compiler/compile.ts';
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import { rowsByLine } from '../../../compiler/constraints/rows.ts';
import { solveWitness } from '../../../compiler/constraints/witness.ts';
import { analyzeErrors } from '../../../compiler/meanings/error.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { analyzeRanges } from '../../../compiler/meanings/range.ts';
import { contains, hull, interval } from '../../../compiler/numbers/interval.ts';
import { findOp } from '../../../compiler/ops/index.ts';
import { parse } from '../../../compiler/program/text/parse.ts';
import { circuitEqualsFixed } from '../../../compiler/testing/index.ts';
import { commit } from '../../../stdlib/index.ts';
import {
  assert,
  circuit,
  field,
  q,
  u,
  type CircuitBuilder,
  type Tensor,
} from '../../../dsl/index.ts';
import { lowerWith } from '../../zoo/lower-with.ts';
import { without } from '../analyses/determinism/tampering.ts';

const compile = (build: (c: CircuitBuilder) => void): LoweredProgram =>
  compileCircuit(circuit('narrow', {}, build));

const linesOf = ({ program }: LoweredProgram, op: string): number[] =>
  program.lines.flatMap((line, number) => (line.op === op ? [number] : []));

/** The interval of all elements of the last value before the last line, which exposes it. */
const exposed = ({ program, ranges }: LoweredProgram) =>
  hull(...ranges[program.lines.at(-1)!.arguments[0]!]!);

const isAccepted = ({ system }: LoweredProgram, x: readonly bigint[]): boolean =>
  checkWitness(system, solveWitness(system, new Map([['x', x]]))) === undefined;

const cube = (assertion: (x: Tensor) => void) =>
  compile((c) => {
    const x = c.secret('x', u(24, 12), [3]);
    assertion(x);
    x.mul(x).mul(x).expose('y');
  });

describe('the cube of a number of 24 bits, 12 of them fractional', () => {
  test.each<[string, (x: Tensor) => void, bigint]>([
    ['nothing asserted', () => {}, (2n ** 24n - 1n) ** 3n],
    ['0 to 1', (x) => x.assertWithin({ low: 0, high: 1 }), 2n ** 36n],
    ['a template', (x) => assert`${x}[i] <= 1`, 2n ** 36n],
    [
      'a template with an axis for another',
      (x) => assert`0 <= ${x}[k] < 2`,
      (2n ** 13n - 1n) ** 3n,
    ],
    [
      'two assertions',
      (x) => (x.assertWithin({ low: 0, high: 8 }), assert`${x}[i] <= 1`),
      2n ** 36n,
    ],
  ])('%s', (_, assertion, high) => {
    expect(exposed(cube(assertion))).toEqual(interval(0n, high));
  });

  test('the tensor that comes back is the same', () => {
    const own = compile((c) => {
      const x = c.secret('x', u(24, 12), [3]).assertWithin({ low: 0, high: 1 });
      x.mul(x).mul(x).expose('y');
    });
    expect(own.program.lines.map(({ where: _, ...line }) => line)).toEqual(
      cube((x) => x.assertWithin({ low: 0, high: 1 })).program.lines.map(
        ({ where: _, ...line }) => line,
      ),
    );
  });

  test('what was made of it before stays as wide as it was', () => {
    const { program, ranges } = compile((c) => {
      const x = c.secret('x', q(12, 4));
      const before = x.add(1);
      x.assertWithin({ low: 0, high: 1 });
      before.expose('before');
      x.add(1).expose('after');
    });
    const [before, after] = linesOf({ program } as LoweredProgram, 'add');
    expect(ranges[before!]).toEqual([interval(-2048n + 16n, 2047n + 16n)]);
    expect(ranges[after!]).toEqual([interval(16n, 32n)]);
  });
});

test('without the line of the assertion everything that rests on it is wider', () => {
  const text = (assertion: string, x: string): string => `circuit narrow
  secret x : q20.12[2]
  ${assertion}
  %2 = mul ${x} ${x} : q40.24[2]
  %3 = rescale %2 to=u32.12 : u32.12[2]
  %4 = contract %3 ${x} subscripts="i,i->" : q53.24[]
  %5 = sub ${x} ${x} : q21.12[2]
  %6 = slice ${x} axis=0 start=1 end=2 : q20.12[1]
  expose %4 name="y"
`;
  const narrow = parse(text('%1 = assert-within x low=-1024 high=4096 : q20.12[2]', '%1'));
  const wide = parse(text('%1 = constant values=[0] : q20.12[]', 'x'));
  const [own, others] = [analyzeRanges(narrow), analyzeRanges(wide)];
  for (let line = 2; line <= 6; line++)
    own[line]!.forEach((range, i) => {
      const other = others[line]![i]!;
      expect(contains(other, range)).toBe(true);
      expect(other.high - other.low).toBeGreaterThan(range.high - range.low);
    });
});

test('a check that took its own result for granted would check nothing, and the laws notice', () => {
  const program = circuit('narrow', {}, (c) => {
    c.secret('x', q(12, 4)).assertWithin({ low: 0, high: 1 }).expose('y');
  }).build();
  const { lower } = findOp('assert-within');
  const circular = lowerWith(program, 'assert-within', (args, call, constraints, { result }) =>
    lower(args, call, constraints, { arguments: [result], result }),
  );
  expect(circular.system.gates.some(({ origins }) => origins.some(({ line }) => line === 1))).toBe(
    false,
  );
  expect(() => circuitEqualsFixed(circular, new Map([['x', [17n]]]))).toThrow(
    'the circuit accepts what the fixed meaning refuses',
  );
});

describe('the check stays', () => {
  const ends = (fraction: number) =>
    compile((c) => {
      const x = c.secret('x', q(20, 12), [2]);
      x.assertWithin({ low: -0.25, high: 1 });
      x.mul(x).rescale(u(16, fraction)).expose('y');
    });
  const [low, high] = [-1024n, 4096n];

  test.each([12, 4])('both ends are accepted, and nothing past them (%i)', (fraction) => {
    const narrow = ends(fraction);
    const [line] = linesOf(narrow, 'assert-within');
    expect(narrow.ranges[line!]).toEqual([interval(low, high), interval(low, high)]);
    expect(rowsByLine(narrow.system).get(line!)).toBeGreaterThan(0);
    for (const x of [low, high, 0n]) expect(isAccepted(narrow, [x, 1n])).toBe(true);
    for (const x of [low - 1n, high + 1n, -(2n ** 19n), 2n ** 19n - 1n])
      for (const both of [
        [x, 1n],
        [1n, x],
      ]) {
        const witness = solveWitness(narrow.system, new Map([['x', both]]));
        expect(checkWitness(narrow.system, witness)).toMatchObject({ origin: { line } });
      }
  });

  test('no other constraint refuses what is just past an end', () => {
    const narrow = ends(12);
    const [line] = linesOf(narrow, 'assert-within');
    const own = narrow.system.gates.flatMap(({ origins }, gate) =>
      origins.some((origin) => origin.line === line) ? [gate] : [],
    );
    const bare = own.reverse().reduce(without, narrow);
    expect(own.length).toBeGreaterThan(0);
    for (const x of [low - 1n, high + 1n]) expect(isAccepted(bare, [x, 1n])).toBe(true);
  });

  test('a second assertion builds on the first, and checks the end that is new', () => {
    const twice = compile((c) => {
      const x = c.secret('x', u(24, 12), [2]);
      x.assertWithin({ low: 0.5, high: 8 });
      x.assertWithin({ low: 0, high: 1 });
      x.assertWithin({ low: 0.25, high: 1 });
      x.expose('y');
    });
    const [first, second, third] = linesOf(twice, 'assert-within');
    expect(twice.program.lines[second!]!.arguments).toEqual([first]);
    expect(twice.program.lines[third!]!.arguments).toEqual([second]);
    expect(exposed(twice)).toEqual(interval(2048n, 4096n));
    const rows = rowsByLine(twice.system);
    expect(rows.get(second!)).toBeGreaterThan(0);
    expect(rows.get(third!) ?? 0).toBe(0);
    for (const x of [2048n, 4096n]) expect(isAccepted(twice, [x, x])).toBe(true);
    for (const x of [2047n, 4097n, 0n]) expect(isAccepted(twice, [x, 3000n])).toBe(false);
  });
});

test('nothing but the interval changes: type, commitment, distance to the reals', () => {
  const of = (assertion: (x: Tensor) => void) =>
    compile((c) => {
      const x = c.secret('x', q(24, 12), [4]);
      const salts = c.secret('salts', field, [1, 1]);
      assertion(x);
      commit(x.reshape([1, 4]), { salts }).expose('digest');
      x.expose('y');
    });
  const [wide, narrow] = [of(() => {}), of((x) => x.assertWithin({ low: 0, high: 1 }))];
  const inputs = new Map([
    ['x', [0n, 1n, 4095n, 4096n]],
    ['salts', [5n]],
  ]);
  const [a, b] = [wide, narrow].map(({ system }) => {
    const witness = solveWitness(system, inputs);
    expect(checkWitness(system, witness)).toBeUndefined();
    const { variables } = system.ports.find(({ name }) => name === 'digest')!;
    return variables.map((variable) => witness[variable]);
  });
  expect(b).toEqual(a);
  const [line] = linesOf(narrow, 'assert-within');
  const { lines } = narrow.program;
  expect(lines[line!]!.type).toEqual(lines[lines[line!]!.arguments[0]!]!.type);
  const errors = analyzeErrors(narrow.program, narrow.ranges);
  expect(errors[line!]).toEqual(errors[0]);
});

test('an assertion that an earlier one excludes is refused where it is written', () => {
  expect(() =>
    compile((c) => {
      const x = c.secret('x', q(24, 12), [2]);
      x.assertWithin({ low: 0, high: 1 });
      x.assertWithin({ low: 2, high: 3 });
    }),
  ).toThrow(
    /narrowing\.test\.ts:\d+:9.*never-holds.*no value in \[0, 4096\] lies in \[8192, 12288\]/s,
  );
});
