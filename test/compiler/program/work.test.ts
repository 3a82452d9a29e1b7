// The estimate of gates by types is never far below what is recorded, for any op and any circuit of ours, and what asks for too many
// is refused before it is built.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildCircuit } from '../../../compiler/choices/build.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import type { Program } from '../../../compiler/ir/program.ts';
import { lower } from '../../../compiler/meanings/circuit.ts';
import { ops } from '../../../compiler/ops/index.ts';
import { canonical } from '../../../compiler/program/text/canonical.ts';
import { parse } from '../../../compiler/program/text/parse.ts';
import { defaultMostGates, WorkMeter } from '../../../compiler/program/work.ts';
import { bit, circuit, concat, q } from '../../../dsl/index.ts';
import { compareShapes, type Layout } from '../../../stdlib/apex/circuit/layout.ts';
import { tileCircuit } from '../../../stdlib/apex/circuit/tile.ts';
import { randomShapes } from '../../../stdlib/apex/explore/typical-tile.ts';
import { makeSpec } from '../../../stdlib/apex/step/index.ts';
import { compileOnce } from '../../compiled.ts';
import { examples } from '../../examples/circuits.ts';
import { stdlibCircuits } from '../../stdlib/circuits.ts';
import { runs } from '../../tier.ts';
import { programs } from '../ops/programs.ts';

/** Recorded gates are at most so many times the estimate. */
const most = 2;

function estimate(program: Program): number {
  const meter = new WorkMeter(Infinity);
  program.lines.forEach((_, line) => meter.add(program.lines.slice(0, line + 1)));
  return meter.gates;
}

/** A layout of `count` blocks, each of its own shape. */
function typicalShapes(size: number, masked: number, count: number): Layout {
  const shapes = randomShapes(size, masked);
  return Array.from({ length: count }, () => ({ shape: shapes(), blocks: 1 })).sort((a, b) =>
    compareShapes(a.shape, b.shape),
  );
}

test('every op has random programs', () => {
  expect([...ops.keys()].filter((name) => !(name in programs))).toEqual([]);
});

test.each(Object.entries(programs))('%s takes no more than twice its estimate', (_, arbitrary) => {
  fc.assert(
    fc.property(arbitrary, (program) => {
      let gates: number;
      try {
        gates = lower(program).system.gates.length;
      } catch (error) {
        // A random program may be impossible.
        if (isLetheError(error)) return;
        throw error;
      }
      expect(gates).toBeLessThanOrEqual(most * estimate(program));
    }),
    { numRuns: runs(60) },
  );
});

describe.each([...stdlibCircuits, ...examples.map(({ circuit: each }) => each)])(
  '$name',
  (each) => {
    test('is estimated, and far below the budget', () => {
      const estimated = estimate(buildCircuit(each));
      const { gates } = compileOnce(each).system;
      expect(gates.length).toBeLessThanOrEqual(most * estimated);
      expect(10 * estimated).toBeLessThanOrEqual(defaultMostGates);
    });
  },
);

test('a tile that fills a proof is far below the budget', () => {
  const spec = makeSpec({ size: 64, weightBits: 24, weightRange: 4 });
  const shapes = typicalShapes(spec.size, 0.1, 4);
  // Blocks of this kind that fit 2^16 rows.
  const blocks = 67;
  const estimated = estimate(tileCircuit(spec, shapes).build()) / 4;
  expect(10 * blocks * estimated).toBeLessThanOrEqual(defaultMostGates);
});

const codes = (action: () => unknown): string[] => {
  try {
    action();
    return [];
  } catch (error) {
    if (!isLetheError(error)) throw error;
    return error.diagnostics.map(({ code }) => code);
  }
};

describe('refused before anything is derived', () => {
  const bomb = `circuit c
secret x : q8.0[300,300]
secret y : q8.0[300,300]
%2 = contract x y subscripts="ij,jk->ik" : q24.0[300,300]
expose %2 name="z"
`;

  test('a text of few bytes that asks for 27 million products, at its line', () => {
    expect(bomb.length).toBeLessThan(145);
    expect(() => parse(bomb, 'bomb.lethe')).toThrow(
      /^bomb\.lethe:4:\d+: error\[too-much-work\]: contract brings the circuit to about \d\.\de7 gates \(\d\.\de7 of this line\), and at most 8\.4e6 are built\n {2}hint: .*--most-gates/,
    );
  });

  test('a larger budget takes it, and a form of it needs none', () => {
    expect(parse(bomb, 'bomb.lethe', { mostGates: 1e8 }).lines).toHaveLength(4);
    expect(canonical(bomb, 'bomb.lethe').replace(/^ +/gm, '')).toBe(bomb);
  });

  const large = circuit('large', { n: 1 }, (c, { n }) => {
    const x = c.secret('x', q(8, 0), [n]);
    x.mul(x).expose('y');
  });

  test.each([
    [1e9, 'too-large'],
    [2 ** 24, 'too-much-work'],
    [1000, undefined],
  ])('a circuit of %s elements', (n, code) => {
    expect(codes(() => compileCircuit(large, { n }))).toEqual(code === undefined ? [] : [code]);
  });

  test('the budget is an option of compileCircuit', () => {
    expect(codes(() => compileCircuit(large, { n: 1000 }, { mostGates: 1000 }))).toEqual([
      'too-much-work',
    ]);
  });

  test('many lines of which each is small', () => {
    const chain = circuit('chain', {}, (c) => {
      let x = c.secret('x', q(8, 0), [100_000]);
      for (let line = 0; line < 1000; line++) x = x.add(x);
      x.expose('y');
    });
    expect(codes(() => chain.build())).toEqual(['too-much-work']);
  });

  test('constants times long sums, whose forms are copied', () => {
    const copied = circuit('copied', {}, (c) => {
      const sum = c.secret('x', q(8, 0), [20_000]).sum({ axis: 0 });
      const ones = c.constant(1, q(8, 0), [20_000]);
      const mixed = concat([ones, c.secret('z', q(8, 0), [1])], { axis: 0 });
      mixed.mul(sum).expose('y');
    });
    expect(codes(() => copied.build())).toEqual(['too-much-work']);
  });

  test('many axes', () => {
    const flat = circuit('flat', {}, (c) => {
      c.secret('x', bit, new Array<number>(33).fill(1)).expose('y');
    });
    expect(codes(() => flat.build())).toEqual(['too-large']);
  });
});
