// x.map(): what is known of x decides on the pieces, and what is said of an author's own function is an assumption.
import { describe, expect, test } from 'vitest';
import {
  analyzeAssumptions,
  openAssumptions,
} from '../../compiler/analyses/assumptions/assumptions.ts';
import { analyzeDeterminism } from '../../compiler/analyses/determinism/report.ts';
import { buildCircuit } from '../../compiler/choices/build.ts';
import { compileCircuit, compileProgram } from '../../compiler/compile.ts';
import { countRows, totalRows } from '../../compiler/constraints/rows.ts';
import { systemDigest } from '../../compiler/constraints/digest.ts';
import type { BoundInputs } from '../../compiler/inputs/bind.ts';
import { fractionOf } from '../../compiler/ir/format.ts';
import { toInteger } from '../../compiler/numbers/rounding.ts';
import { analyzeErrors, largestError } from '../../compiler/meanings/error.ts';
import type { LoweredProgram } from '../../compiler/meanings/circuit.ts';
import { requireHints } from '../../compiler/program/hints.ts';
import { fixedNearReal } from '../../compiler/testing/index.ts';
import { circuit, defineFunction, q, real, type CircuitBuilder } from '../../dsl/index.ts';

const described = (build: (c: CircuitBuilder) => void) => circuit('mapped', {}, build);
const compiled = (build: (c: CircuitBuilder) => void) => compileCircuit(described(build));

const piecesOf = ({ program }: LoweredProgram): number =>
  (program.lines.find(({ op }) => op === 'piecewise')!.attributes['widths'] as number[]).length;

const rowsOf = ({ system }: LoweredProgram): number => totalRows(countRows(system));

const inputsFor = ({ program }: LoweredProgram, x: readonly number[]): BoundInputs => ({
  fixed: new Map([
    ['x', x.map((each) => toInteger(each, fractionOf(program.lines[0]!.type.format)))],
  ]),
  real: new Map([['x', Float64Array.from(x)]]),
});

/** The bound of the mapped value, for inputs that are the numbers of their integers. */
function boundOf({ program, ranges }: LoweredProgram): number {
  const line = program.lines.findIndex(({ op }) => op === 'piecewise');
  return largestError(analyzeErrors(program, ranges, 'exact')[line]!);
}

test('a result is at most one last place from the function, or half of one and what is demanded', () => {
  const of = (options: { within?: number }): number =>
    boundOf(
      compiled((c) =>
        c
          .secret('x', q(12, 8))
          .map('sigmoid', { format: q(16, 10), ...options })
          .expose('y'),
      ),
    );
  expect(of({})).toBeLessThanOrEqual(2 ** -10);
  expect(of({ within: 2 ** -6 })).toBeLessThanOrEqual(2 ** -6 + 2 ** -11);
  expect(of({ within: 2 ** -6 })).toBeGreaterThan(2 ** -10);
});

test('what is asserted of the argument before counts', () => {
  const of = (low: number): LoweredProgram =>
    compiled((c) => {
      const x = c.secret('x', q(12, 8));
      x.assertWithin({ low, high: 7.5 });
      x.map('log', { format: q(16, 10) }).expose('y');
    });
  expect(piecesOf(of(0.125))).toBeGreaterThan(piecesOf(of(4)));
  expect(rowsOf(of(0.125))).toBeGreaterThan(rowsOf(of(4)));
});

test('elements of different intervals have the pieces that they reach', () => {
  const circuit = compiled((c) => {
    const x = c.secret('x', q(12, 8), [2]);
    const scale = c.constant([0, 1], q(2, 0), [2]);
    x.mul(scale)
      .map('tanh', { format: q(16, 12) })
      .expose('y');
  });
  const line = circuit.program.lines.findIndex(({ op }) => op === 'piecewise');
  expect(circuit.ranges[line]![0]).toEqual({ low: 0n, high: 0n });
  expect(circuit.ranges[line]![1]!.high).toBe(4096n);
  expect(circuit.values[line]![0]).toEqual({ terms: [], constant: 0n });
});

test('an error of the argument carries over by the slope', () => {
  const circuit = compiled((c) => {
    const x = c.secret('x', q(12, 8));
    x.assertWithin({ low: -2, high: 1 });
    x.map('exp', { format: q(24, 20) }).expose('y');
  });
  const line = circuit.program.lines.findIndex(({ op }) => op === 'piecewise');
  const bound = analyzeErrors(circuit.program, circuit.ranges)[line]![0]!;
  const slope = Math.exp(1 + 2 ** -9);
  expect(bound).toBeGreaterThan(slope * 2 ** -9);
  expect(bound).toBeLessThan(slope * 2 ** -9 + 2 ** -20);
});

test('wide tails, and formats of few fractional bits on either side', () => {
  for (const [format, to] of [
    [q(24, 16), q(18, 16)],
    [q(8, 0), q(20, 16)],
    [q(24, 16), q(4, 1)],
  ] as const) {
    const circuit = compiled((c) =>
      c.secret('x', format).map('sigmoid', { format: to }).expose('y'),
    );
    expect(boundOf(circuit)).toBeLessThanOrEqual(2 ** -to.fraction);
    for (const x of [-128, -17.5, -1, 0, 1, 5, 127])
      if (Number.isInteger(x * 2 ** format.fraction))
        fixedNearReal(circuit, inputsFor(circuit, [x]));
  }
});

test('an open format is chosen with the polynomials', () => {
  const open = described((c) => {
    const x = c.secret('x', q(12, 8));
    x.assertWithin({ low: -4, high: 0 });
    const y = x.map('exp', { format: real(0, 2, 'exponential') });
    y.assertAccurate({ within: 0.02 });
    y.expose('y');
  });
  const { choices } = buildCircuit(open);
  expect(choices?.map(({ name }) => name)).toEqual(['exponential']);
});

describe("an author's own function", () => {
  const gelu = defineFunction('map-test-gelu', {
    at: (x) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
    derivatives: [1.2, 1.2, 2, 5, 20, 80],
  });
  const once = (c: CircuitBuilder): void => {
    const x = c.secret('x', q(12, 8), [2]);
    x.assertWithin({ low: -4, high: 4 });
    x.map(gelu, { format: q(16, 8) }).expose('y');
  };

  test('is as near as its derivatives say', () => {
    const circuit = compiled(once);
    expect(boundOf(circuit)).toBeLessThanOrEqual(2 ** -8);
    expect(analyzeDeterminism(circuit).free).toEqual([]);
    for (const x of [-4, -1.25, -0.5, 0, 0.25, 3])
      fixedNearReal(circuit, inputsFor(circuit, [x, -x]));
  });

  test('rests on an assumption, once for all lines, until it is accepted', () => {
    const twice = (c: CircuitBuilder): void => {
      once(c);
      c.secret('z', q(10, 8))
        .map(gelu, { format: q(16, 8) })
        .expose('w');
    };
    const circuit = compiled(twice);
    const { assumptions, restsOn } = analyzeAssumptions(circuit);
    expect(assumptions.map(({ name }) => name)).toEqual(['map-test-gelu.derivatives']);
    expect(restsOn.filter((names) => names.length > 0).flat()).toContain(
      'map-test-gelu.derivatives',
    );
    expect(openAssumptions(analyzeAssumptions(circuit), circuit.program)[0]!.message).toContain(
      'is assumed and not proved: the derivatives of "map-test-gelu"',
    );
    const accepted = compiled((c) => {
      twice(c);
      c.assume('map-test-gelu.derivatives', { because: 'they were bounded by hand' });
    });
    expect(openAssumptions(analyzeAssumptions(accepted), accepted.program)).toEqual([]);
  });

  test('that no module defines has a circuit, and no bound', () => {
    const circuit = compiled(once);
    const lines = circuit.program.lines.map((line) =>
      line.op === 'piecewise'
        ? { ...line, attributes: { ...line.attributes, function: 'map-test-unknown' } }
        : line,
    );
    const unknown = compileProgram({ ...circuit.program, lines });
    expect(systemDigest(unknown.system)).toBe(systemDigest(circuit.system));
    expect(boundOf(unknown)).toBe(Infinity);
    expect(() => requireHints(unknown.program)).toThrow('map-test-unknown');
  });

  test('has no bound where the derivatives do not see to one', () => {
    defineFunction('map-test-steep', { at: (x) => x, derivatives: [1, 1e6] });
    const build = (): unknown =>
      compiled((c) =>
        c
          .secret('x', q(16, 8))
          .map('map-test-steep', { format: q(24, 16) })
          .expose('y'),
      );
    expect(build).toThrow('too-fine');
  });
});
