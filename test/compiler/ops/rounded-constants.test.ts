// Constants that their formats do not hold: what was written is kept, shown, and counted where the author says so.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../compiler/compile.ts';
import { reportLines } from '../../../compiler/cli/report.ts';
import { systemDigest } from '../../../compiler/constraints/digest.ts';
import { analyzeErrors } from '../../../compiler/meanings/error.ts';
import { evaluateReal } from '../../../compiler/meanings/real.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { toInteger } from '../../../compiler/numbers/rounding.ts';
import { distanceUp } from '../../../compiler/numbers/upward.ts';
import { print } from '../../../compiler/program/print.ts';
import { parse } from '../../../compiler/program/text/parse.ts';
import { bit, circuit, q, u, type CircuitBuilder, type Tensor } from '../../../dsl/index.ts';

const compile = (build: (c: CircuitBuilder) => void): LoweredProgram =>
  compileCircuit(circuit('rounded', {}, build));

/** A circuit of an exact x in [−8, 8). */
const of = (make: (x: Tensor, c: CircuitBuilder) => Tensor) =>
  compile((c) => make(c.secret('x', q(16, 12), [2], { exact: true }), c).expose('y'));

const attributesOf = ({ program }: LoweredProgram, op: string) =>
  program.lines.filter((line) => line.op === op).map(({ attributes }) => attributes);

/** The bound of the output. */
const bound = ({ program, ranges }: LoweredProgram): number => {
  const errors = analyzeErrors(program, ranges);
  return Math.max(...errors[program.lines.at(-1)!.arguments[0]!]!);
};

const real = ({ program }: LoweredProgram, x: number[]): number[] => {
  const values = evaluateReal(program, new Map([['x', Float64Array.from(x)]]));
  return Array.from(values[program.lines.at(-1)!.arguments[0]!]!);
};

const counted = { rounding: 'counted' } as const;

/** 0.01 · 2^12 is 40.96. */
const distance = 41 / 4096 - 0.01;

describe('scale(0.01) with 12 fractional bits', () => {
  const [meant, written] = [
    of((x) => x.scale(0.01, { fraction: 12 })),
    of((x) => x.scale(0.01, { fraction: 12, ...counted })),
  ];

  test('the rounded constant is meant: the written one is a note', () => {
    expect(attributesOf(meant, 'scale')).toEqual([{ factor: 41n, fraction: 24, written: 0.01 }]);
    expect(bound(meant)).toBe(0);
    expect(real(meant, [1, -8])).toEqual([41 / 4096, (-8 * 41) / 4096]);
  });

  test('the written constant is meant: the distance is an error', () => {
    expect(attributesOf(written, 'scale')).toEqual([{ factor: 41n, fraction: 24, real: 0.01 }]);
    expect(real(written, [1, -8])).toEqual([0.01, -0.08]);
    expect(bound(written)).toBeGreaterThanOrEqual(8 * distance);
    expect(bound(written)).toBeLessThan(8 * distance * (1 + 1e-9));
  });

  test('the circuit is the same', () => {
    const bare = of((x) => x.scale(41 / 4096, { fraction: 12 }));
    expect(attributesOf(bare, 'scale')).toEqual([{ factor: 41n, fraction: 24 }]);
    const digests = [bare, meant, written].map(({ system }) => systemDigest(system));
    expect(new Set(digests).size).toBe(1);
  });

  test('a report shows the distance, absolute and relative', () => {
    const reported = [meant, written].map(
      (each) => reportLines(each).find(({ op }) => op === 'scale')!.rounded!,
    );
    expect(reported.map((each) => each.counted)).toEqual([false, true]);
    for (const each of reported) {
      expect(each.distance).toBeCloseTo(9.765625e-6, 12);
      expect(each.relative).toBeCloseTo(9.765625e-4, 10);
    }
  });

  test('a demand on accuracy counts it', () => {
    const demand = (options: object) =>
      compile((c) => {
        const x = c.secret('x', q(16, 12), [2], { exact: true });
        const y = x.scale(0.01, { fraction: 12, ...options });
        y.assertAccurate({ within: 1e-5 });
        y.expose('y');
      });
    expect(() => demand({})).not.toThrow();
    expect(() => demand(counted)).toThrow('7.8e-5');
  });
});

describe('constants', () => {
  test('a list is kept whole where one of its numbers is rounded, and not at all where none is', () => {
    const list = of((x, c) => x.add(c.constant([0.5, 0.1], q(16, 12), [2])));
    expect(attributesOf(list, 'constant')).toMatchObject([
      { values: [2048n, 410n], written: [0.5, 0.1] },
    ]);
    const exact = of((x, c) => x.add(c.constant([0.5, 0.25], q(16, 12), [2], counted)));
    expect(Object.keys(attributesOf(exact, 'constant')[0]!)).toEqual(['values', 'format', 'shape']);
    expect(bound(exact)).toBe(0);
  });

  test('each element counts its own distance', () => {
    const { program, ranges } = of((x, c) =>
      x.add(c.constant([0.5, 0.1], q(16, 12), [2], counted)),
    );
    const errors = analyzeErrors(program, ranges)[program.lines.at(-1)!.arguments[0]!]!;
    expect(errors[0]).toBe(0);
    expect(errors[1]).toBeGreaterThanOrEqual(410 / 4096 - 0.1);
    expect(errors[1]).toBeLessThan((410 / 4096 - 0.1) * (1 + 1e-9));
  });

  test.each<[string, (x: Tensor, c: CircuitBuilder, given: object) => Tensor]>([
    ['add', (x, _, given) => x.add(0.1, given)],
    ['sub', (x, _, given) => x.sub(0.1, given)],
    ['select', (x, c, given) => c.public('m', bit, [2]).select(x, 0.1, given)],
    ['constant', (x, c, given) => x.add(c.constant(0.1, u(12, 12), [], given))],
  ])('numbers of %s are kept, and counted', (_, make) => {
    const [meant, own] = [{}, counted].map((given) => of((x, c) => make(x, c, given)));
    expect(attributesOf(meant!, 'constant')).toMatchObject([{ values: [410n], written: [0.1] }]);
    expect(attributesOf(own!, 'constant')).toMatchObject([{ values: [410n], real: [0.1] }]);
    expect(bound(meant!)).toBe(0);
    expect(bound(own!)).toBeCloseTo(410 / 4096 - 0.1, 12);
    expect(systemDigest(own!.system)).toBe(systemDigest(meant!.system));
  });

  test('another word for the rounding is refused', () => {
    // @ts-expect-error JavaScript lets it through
    expect(() => of((x) => x.add(0.1, { rounding: 'yes' }))).toThrow(
      /wrong-argument.*rounding is 'meant' or 'counted', got the text "yes"/,
    );
  });
});

describe('as text', () => {
  const program = circuit('rounded', {}, (c) => {
    const x = c.secret('x', q(16, 12), [2]);
    x.scale(0.01, { fraction: 12 }).add(0.1, counted).expose('y');
    x.add(c.constant([0.3, 1e-3], q(16, 12), [2])).expose('z');
  }).build();

  test('it is read back', () => {
    const text = print(program);
    expect(text).toContain('scale x factor=41 fraction=24 written=1e-2 :');
    expect(text).toContain('constant values=[1229,4] written=[3e-1,1e-3] :');
    expect(print(parse(text))).toBe(text);
    expect(parse(text).lines.map(({ attributes }) => attributes)).toEqual(
      program.lines.map(({ attributes }) => attributes),
    );
  });

  test.each([
    ['another integer', 'scale x factor=40 fraction=24 written=1e-2', 'not rounded to'],
    ['both', 'scale x factor=41 fraction=24 written=1e-2 real=1e-2', 'exclude each other'],
    ['another number meant', 'scale x factor=41 fraction=24 real=2e-2', 'not rounded to'],
  ])('refused: %s', (_, line, message) => {
    const text = `circuit t\n  secret x : q16.12[2]\n  %1 = ${line} : q23.24[2]\n  expose %1 name="y"\n`;
    expect(() => parse(text)).toThrow(message);
  });

  test('refused: a list of another length', () => {
    const text = 'circuit t\n  %0 = constant values=[1,2] written=[1e0] : q8.0[2]\n';
    expect(() => parse(text)).toThrow('not rounded to');
  });
});

test('lines that differ in a note alone are shared, those that mean other numbers are not', () => {
  const scales = (options: object) =>
    attributesOf(
      compile((c) => {
        const x = c.secret('x', q(16, 12), [2]);
        const [a, b] = [0.01, 0.010001].map((each) => x.scale(each, { fraction: 12, ...options }));
        a!.mul(b!).expose('y');
      }),
      'scale',
    );
  expect(scales({})).toEqual([{ factor: 41n, fraction: 24, written: 0.01 }]);
  expect(scales(counted)).toHaveLength(2);
});

test('the distance is never below the exact one, and hardly above', () => {
  const finite = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: -1e-300, max: 1e-300, noNaN: true }),
  );
  fc.assert(
    fc.property(finite, fc.nat({ max: 200 }), (x, fraction) => {
      const integer = toInteger(x, fraction);
      const bits = 1200n;
      // x · 2^1200 is whole.
      let [numerator, shift] = [x, 0];
      for (; !Number.isInteger(numerator); shift++) numerator *= 2;
      const difference =
        (BigInt(numerator) << (bits - BigInt(shift))) - (integer << (bits - BigInt(fraction)));
      const exact = difference < 0n ? -difference : difference;
      const own = distanceUp(x, integer, fraction);
      let [top, down] = [own, 0];
      for (; !Number.isInteger(top); down++) top *= 2;
      const found = BigInt(top) << (bits - BigInt(down));
      expect(found >= exact).toBe(true);
      // One unit of the last place, or the least float64.
      expect(found - exact <= (exact >> 50n) + (1n << (bits - 1073n))).toBe(true);
    }),
  );
});
