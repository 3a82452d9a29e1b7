// Sums of products in lanes: witnesses that trade one lane for another are refused, overflow is ruled out or refused, and what
// is counted is what is saved.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkWitness } from '../../../../compiler/constraints/checker.ts';
import { countRows, totalRows } from '../../../../compiler/constraints/rows.ts';
import { solveWitness } from '../../../../compiler/constraints/witness.ts';
import { ProgramBuilder } from '../../../../compiler/program/builder.ts';
import type { Program } from '../../../../compiler/ir/program.ts';
import type { Shape } from '../../../../compiler/ir/shape.ts';
import { lower } from '../../../../compiler/meanings/circuit.ts';
import { evaluateFixed } from '../../../../compiler/meanings/fixed.ts';
import { canonical, centered, modulus } from '../../../../compiler/numbers/field.ts';
import { laneWidth } from '../../../../compiler/ops/shared/lanes.ts';
import { packLanes } from '../../../../compiler/passes/pack-lanes.ts';
import { arbitraryInputs } from '../../../../compiler/testing/index.ts';
import { bit, circuit, q } from '../../../../dsl/index.ts';
import { met } from '../../../tier.ts';

/** y = M v, of signed integers. */
function matvec(bits: number, rows: number, inner: number, lanes?: number): Program {
  const builder = new ProgramBuilder();
  const input = (name: string, shape: Shape): number =>
    builder.append('input', [], { name, visibility: 'secret', format: q(bits, 0), shape });
  const args = [input('m', [rows, inner]), input('v', [inner])];
  const attributes = { subscripts: 'ij,j->i', ...(lanes === undefined ? {} : { lanes }) };
  builder.append('expose', [builder.append('contract', args, attributes)], { name: 'y' });
  return builder.finish('lanes', {});
}

const inputsOf = (m: readonly bigint[], v: readonly bigint[]) =>
  new Map([
    ['m', m],
    ['v', v],
  ]);

/** The advice y of the first group, above the low ends. */
function firstGroup(program: Program) {
  const lowered = lower(program);
  const step = lowered.system.steps.find(({ advice, origin }) => advice && origin.line === 2)!;
  return { ...lowered, lanes: step.outputs };
}

describe.each([
  // bits, rows, inner, lanes, width
  [12, 9, 4, 9, 28],
  [12, 4, 2, 4, 24],
  [20, 6, 3, 6, 41],
  [24, 4, 4, 4, 52],
  [28, 3, 5, 3, 64],
  [36, 3, 3, 3, 84],
])('q%i, %i rows of %i in %i lanes', (bits, rows, inner, lanes, width) => {
  const { system, program, ranges, lanes: outputs } = firstGroup(matvec(bits, rows, inner, lanes));
  const top = 1n << BigInt(bits - 1);
  const extremes = [-top, top - 1n, 0n, 1n, -1n, 5n];
  const at = (i: number): bigint => extremes[i % extremes.length]!;
  const cases = [
    inputsOf(Array(rows * inner).fill(-top), Array(inner).fill(-top)),
    inputsOf(Array(rows * inner).fill(-top), Array(inner).fill(top - 1n)),
    inputsOf(Array(rows * inner).fill(top - 1n), Array(inner).fill(top - 1n)),
    inputsOf(Array(rows * inner).fill(0n), Array(inner).fill(0n)),
    inputsOf(
      Array.from({ length: rows * inner }, (_, i) => at(i)),
      Array.from({ length: inner }, (_, i) => at(2 * i + 1)),
    ),
  ];
  const stride = 1n << BigInt(laneWidth(ranges[2]!, lanes)!);

  test('the width', () => {
    expect(outputs).toHaveLength(lanes);
    expect(laneWidth(ranges[2]!, lanes)).toBe(width);
  });

  test('honest witnesses pass, and agree with the integers', () => {
    for (const inputs of cases) {
      const witness = solveWitness(system, inputs);
      expect(checkWitness(system, witness)).toBeUndefined();
      const exposed = system.ports.at(-1)!.variables.map((v) => centered(witness[v]!));
      expect(exposed).toEqual(evaluateFixed(program, inputs).values[2]);
    }
  });

  /** Honest but for the lanes, everything after them solved anew. */
  const refused = (change: (values: readonly bigint[]) => readonly bigint[]): void => {
    for (const inputs of cases) {
      const honest = solveWitness(system, inputs);
      const forged = change(outputs.map((variable) => honest[variable]!));
      const overrides = new Map(outputs.map((variable, l) => [variable, canonical(forged[l]!)]));
      const witness = solveWitness(system, inputs, overrides);
      expect(checkWitness(system, witness), forged.join()).toBeDefined();
    }
  };

  test.each([1n, -1n, 2n, -3n, 1n << 20n])('a lane is not paid for by the next: %s', (k) => {
    for (let l = 0; l + 1 < lanes; l++)
      refused((values) =>
        values.map((value, i) => (i === l ? value + k * stride : i === l + 1 ? value - k : value)),
      );
  });

  test('a single lane is not free', () => {
    for (let l = 0; l < lanes; l++)
      for (const k of [1n, -1n, stride, -stride])
        refused((values) => values.map((value, i) => (i === l ? value + k : value)));
  });

  test('lanes below their low end are refused', () => {
    refused((values) =>
      values.map((value, l) => (l === 0 ? value - stride : l === 1 ? value + 1n : value)),
    );
    // −1 in every lane but the last, which is made to fit.
    refused((values) => {
      const sum = values.reduce((total, value, l) => total + value * stride ** BigInt(l), 0n);
      const others = values.slice(1).reduce((total, _, l) => total - stride ** BigInt(l), 0n);
      const inverse = power(stride ** BigInt(lanes - 1), modulus - 2n);
      const last = canonical((sum - others) * inverse);
      return values.map((_, l) => (l === lanes - 1 ? last : -1n));
    });
  });

  test('the digits of the sum with a multiple of p added are refused', () => {
    for (const k of [1n, 2n, 3n])
      refused((values) => {
        const sum = values.reduce((total, value, l) => total + value * stride ** BigInt(l), 0n);
        return values.map((_, l) => {
          const rest = (sum + k * modulus) / stride ** BigInt(l);
          return l === lanes - 1 ? rest : rest % stride;
        });
      });
  });
});

/** x^e modulo p. */
function power(x: bigint, e: bigint): bigint {
  let result = 1n;
  for (let base = canonical(x); e > 0n; e >>= 1n, base = canonical(base * base))
    if (e & 1n) result = canonical(result * base);
  return result;
}

describe('lanes that could overflow', () => {
  test.each([
    [12, 11],
    [24, 6],
    [36, 4],
    [60, 3],
  ])('q%i in %i lanes is refused', (bits, lanes) => {
    expect(() => lower(matvec(bits, 12, 4, lanes))).toThrow(/\[too-wide\].*overflow/);
  });

  test('the pass takes as many as fit', () => {
    for (const bits of [4, 12, 20, 28, 36, 44, 52, 60, 68]) {
      const packed = packLanes(matvec(bits, 24, 24));
      expect(() => lower(packed)).not.toThrow();
      const lanes = packed.lines[2]!.attributes['lanes'];
      // A sum has more than 2 · bits + 3 bits, and a field element holds 254.
      if (lanes !== undefined) expect(Number(lanes) * (2 * bits + 3)).toBeLessThanOrEqual(254);
      else expect(bits).toBeGreaterThan(40);
    }
  });

  test('2^(w L) = 2^254 is the widest that fits', () => {
    const half = (high: bigint) => [{ low: 0n, high }];
    expect(laneWidth(half((1n << 127n) - 1n), 2)).toBe(127);
    expect(laneWidth(half(1n << 127n), 2)).toBeUndefined();
  });
});

test('how many lanes there are is a whole number from 2 on', () => {
  for (const lanes of [0, 1, -2, 1.5])
    expect(() => matvec(12, 4, 4, lanes)).toThrow(/\[bad-lanes\]/);
});

describe('rows', () => {
  const rowsOf = (program: Program): number => totalRows(countRows(lower(program).system));

  test.each([
    [12, 64, 64],
    [12, 8, 64],
    [12, 64, 8],
    [24, 16, 16],
    [36, 8, 32],
  ])('q%i, %i rows of %i: fewer', (bits, rows, inner) => {
    const program = matvec(bits, rows, inner);
    expect(rowsOf(packLanes(program))).toBeLessThan(rowsOf(program));
  });

  test('64 × 64: 0.6 rows a multiply-add', () => {
    const program = matvec(12, 64, 64);
    const rest = rowsOf(matvec(12, 64, 1));
    expect((rowsOf(packLanes(program)) - rest) / 64 ** 2).toBeLessThan(1.65);
  });

  test('too few rows, or too few columns: the same program', () => {
    for (const [rows, inner] of [
      [1, 64],
      [64, 1],
      [3, 3],
    ] as const) {
      const program = matvec(12, rows, inner);
      expect(packLanes(program)).toBe(program);
    }
  });
});

test('constants alone are not packed', () => {
  const program = circuit('constants', {}, (c) => {
    const matrix = c.constant(
      Array.from({ length: 64 }, (_, i) => i),
      q(8, 0),
      [8, 8],
    );
    matrix.contract('ij,j->i', c.secret('v', q(12, 0), [8])).expose('y');
  }).build();
  expect(packLanes(program)).toBe(program);
});

/** Matrices and vectors in batches, some with zeros, the one or the other first. */
const products = fc
  .record({
    rows: fc.integer({ min: 4, max: 9 }),
    inner: fc.integer({ min: 4, max: 9 }),
    columns: fc.integer({ min: 1, max: 3 }),
    bits: fc.tuple(fc.integer({ min: 2, max: 24 }), fc.integer({ min: 2, max: 36 })),
    turned: fc.boolean(),
    triangular: fc.boolean(),
  })
  .map(({ rows, inner, columns, bits, turned, triangular }) =>
    circuit('products', {}, (c) => {
      const matrix = c.secret('m', q(bits[0], 0), [2, rows, inner]);
      const ones = Array.from({ length: rows * inner }, (_, k) =>
        k % inner <= Math.floor(k / inner) ? 1 : 0,
      );
      const own = triangular ? matrix.mul(c.constant(ones, bit, [rows, inner])) : matrix;
      const vectors = c.secret('v', q(bits[1], 0), [2, inner, columns]);
      const product = turned
        ? vectors.contract('bjk,bij->bik', own)
        : own.contract('bij,bjk->bik', vectors);
      product.expose('y');
    }).build(),
  );

test('before and after the pass: the same values, in no more rows', () => {
  let packed = 0;
  const runs = products.chain((program) =>
    fc.tuple(fc.constant(program), arbitraryInputs(program)),
  );
  fc.assert(
    fc.property(runs, ([program, { fixed }]) => {
      const [before, after] = [program, packLanes(program)].map((each) => lower(each));
      const exposed = [before!, after!].map(({ system }) => {
        const witness = solveWitness(system, fixed);
        expect(checkWitness(system, witness)).toBeUndefined();
        return system.ports.at(-1)!.variables.map((v) => witness[v]!);
      });
      expect(exposed[1]).toEqual(exposed[0]);
      expect(totalRows(countRows(after!.system))).toBeLessThanOrEqual(
        totalRows(countRows(before!.system)),
      );
      if (after!.program !== program) packed++;
    }),
  );
  expect(packed).toBeGreaterThan(met(20));
});
