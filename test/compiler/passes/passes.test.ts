// Every pass keeps what a program means, and returns the same object when it changes nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { print } from '../../../compiler/program/print.ts';
import type { Program } from '../../../compiler/ir/program.ts';
import { findInvalidLines } from '../../../compiler/program/verify.ts';
import { portsOf } from '../../../compiler/program/ports.ts';
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import { solveWitness } from '../../../compiler/constraints/witness.ts';
import { lower } from '../../../compiler/meanings/circuit.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { dropDead } from '../../../compiler/passes/drop-dead.ts';
import { passNames } from '../../../compiler/passes/names.ts';
import { pipeline, runPasses } from '../../../compiler/passes/pipeline.ts';
import { shareCommon } from '../../../compiler/passes/share-common.ts';
import { arbitraryInputs } from '../../../compiler/testing/index.ts';
import { circuit, q, solve } from '../../../dsl/index.ts';
import { programs } from '../ops/programs.ts';

/** A program with a copy of every line after it, and the copies dead. */
function doubled(program: Program): Program {
  const lines = program.lines.filter(({ op }) => op !== 'input' && op !== 'expose');
  const start = program.lines.length;
  return {
    ...program,
    lines: [...program.lines, ...lines.filter(({ arguments: a }) => a.every((x) => x < start))],
  };
}

const outputs = (program: Program, inputs: Map<string, bigint[]>) => {
  const { values, findings } = evaluateFixed(program, inputs);
  return {
    findings: findings.length > 0,
    values: portsOf(program).map(({ line }) => values[line]),
  };
};

const random = fc.oneof(...Object.values(programs)).map(doubled);

describe.each(pipeline)('$name', ({ run }) => {
  test('keeps outputs and findings', () => {
    const runs = random.chain((p) => arbitraryInputs(p).map((inputs) => ({ p, inputs })));
    fc.assert(
      fc.property(runs, ({ p, inputs }) => {
        const after = run(p);
        expect(findInvalidLines(after)).toEqual([]);
        expect(outputs(after, inputs.fixed)).toEqual(outputs(p, inputs.fixed));
      }),
    );
  });

  test('has nothing left to do the second time: the same object', () => {
    fc.assert(
      fc.property(random, (p) => {
        const once = run(p);
        expect(run(once)).toBe(once);
      }),
    );
  });
});

const twice = circuit('twice', {}, (c) => {
  const x = c.secret('x', q(8, 0), [2]);
  x.add(x).mul(x.add(x)).expose('y');
  x.sub(x);
}).build();

test('the pipeline has the passes that are named, in their order', () => {
  expect(pipeline.map(({ name }) => name)).toEqual(passNames);
});

test('passes run up to the one that is asked for, or all', () => {
  expect(runPasses(twice, 'share-common')).toEqual(shareCommon(twice));
  expect(runPasses(twice, 'drop-dead')).toEqual(dropDead(shareCommon(twice)));
  expect(runPasses(twice)).toEqual(runPasses(twice, passNames.at(-1)));
});

test('share-common then drop-dead', () => {
  expect(print(shareCommon(twice))).toContain('%3 = mul %1 %1');
  expect(print(dropDead(shareCommon(twice)))).toBe(
    [
      'circuit twice',
      '  secret x : q8.0[2]',
      '  %1 = add x x : q9.0[2]',
      '  %2 = mul %1 %1 : q18.0[2]',
      '  expose %2 name="y"',
      '',
    ].join('\n'),
  );
});

test('a rescale that nothing uses still says that its argument fits', () => {
  const program = circuit('fits', {}, (c) => {
    const x = c.secret('x', q(12, 0), [1]);
    x.rescale(q(8, 0));
    x.expose('y');
  }).build();
  const kept = dropDead(shareCommon(program));
  expect(kept.lines.map(({ op }) => op)).toEqual(['input', 'rescale', 'expose']);
  expect(evaluateFixed(kept, new Map([['x', [300n]]])).findings).toHaveLength(1);
  const { system } = lower(kept);
  const accepts = (x: bigint) => checkWitness(system, solveWitness(system, new Map([['x', [x]]])));
  expect(accepts(100n)).toBeUndefined();
  expect(accepts(300n)).toMatchObject({ origin: { line: 1 } });
});

test('what is asserted twice is asserted once', () => {
  const program = circuit('twice', {}, (c) => {
    const x = c.secret('x', q(12, 0), [1], { exact: true });
    x.divFloor(7).expose('weeks');
    x.mod(7).expose('days');
  }).build();
  const kept = dropDead(shareCommon(program));
  expect(kept.lines.filter(({ op }) => op === 'div-mod')).toHaveLength(1);
  const assertions = circuit('asserted', {}, (c) => {
    const x = c.secret('x', q(12, 0), [1]);
    const y = x.add(1);
    y.rescale(q(8, 0));
    x.add(1).rescale(q(8, 0));
    x.expose('y');
  }).build();
  const once = dropDead(shareCommon(assertions));
  expect(once.lines.filter(({ op }) => op === 'rescale')).toHaveLength(1);
  expect(evaluateFixed(once, new Map([['x', [300n]]])).findings).toHaveLength(1);
});

test('two solutions of one system are two choices', () => {
  const program = circuit('choices', {}, (c) => {
    const matrix = c.secret('matrix', q(12, 4), [1, 1]);
    const system = { matrix, format: q(12, 4), tolerance: 1, smallestEigenvalue: 1 };
    solve(system).sub(solve(system)).expose('difference');
  }).build();
  const solves = (p: Program) => p.lines.filter(({ op }) => op === 'solve').length;
  expect(solves(shareCommon(program))).toBe(2);
  expect(solves(dropDead(shareCommon(program)))).toBe(2);
});
