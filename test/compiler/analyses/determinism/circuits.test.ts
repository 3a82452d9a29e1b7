// No false alarms: everything that the library makes passes clean, but for advice that its author left free.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzeDeterminism } from '../../../../compiler/analyses/determinism/report.ts';
import { compileProgram } from '../../../../compiler/compile.ts';
import { isLetheError } from '../../../../compiler/diagnostics/diagnostic.ts';
import type { Program } from '../../../../compiler/ir/program.ts';
import { lower, type LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { arbitraryProgram } from '../../../../compiler/testing/index.ts';
import { findOp } from '../../../../compiler/ops/index.ts';
import { bit, circuit, field, q, u } from '../../../../dsl/index.ts';
import { clearMasked, commit, symmetric, triangleLength } from '../../../../stdlib/index.ts';
import { compileOnce } from '../../../compiled.ts';
import { groupObsExamples } from '../../../examples/circuits.ts';
import { programs } from '../../ops/programs.ts';
import { met, runs } from '../../../tier.ts';

const { advice: _, ...closed } = programs;

test.each(Object.entries(closed))('programs with %s', (_, program) => {
  fc.assert(
    fc.property(program, (p) => {
      const circuit = lower(p);
      const { advice, determined, slack, free } = analyzeDeterminism(circuit);
      expect(free).toEqual([]);
      expect(determined + slack).toBe(advice);
      if (circuit.program.lines.every(({ op }) => !findOp(op).slack)) expect(slack).toBe(0);
    }),
  );
});

function lowered(program: Program): LoweredProgram | undefined {
  try {
    return lower(program);
  } catch (error) {
    if (isLetheError(error)) return undefined;
    throw error;
  }
}

test('programs over all ops: only lines of undeclared advice are free', () => {
  let compared = 0;
  fc.assert(
    fc.property(arbitraryProgram(), (program) => {
      const circuit = lowered(program);
      if (!circuit) return;
      for (const { message } of analyzeDeterminism(circuit).free)
        expect(message).toMatch(/^(element .* of )?advice: /);
      compared++;
    }),
    { numRuns: runs(300) },
  );
  expect(compared).toBeGreaterThan(met(300));
});

test('the standard library', () => {
  const library = circuit('stdlib', { size: 3 }, (c, { size }) => {
    const mask = c.public('mask', bit, [2, size]);
    const x = clearMasked(c.secret('x', q(16, 8), [2, size]), mask);
    const triangle = c.secret('triangle', q(12, 4), [2, triangleLength(size)]);
    const y = symmetric(triangle, { size }).contract('bij,bj->bi', x).rescale(q(24, 8));
    commit(y, { salts: c.secret('salts', field, [2, 1]) }).expose('commitment');
    commit(triangle.rescale(u(9, 1)), { salts: c.secret('more', field, [2, 1]) }).expose('other');
  });
  const { advice, determined, free } = analyzeDeterminism(compileProgram(library.build()));
  expect(free).toEqual([]);
  expect(determined).toBe(advice);
});

test.each(groupObsExamples)('example $name: clean but for one declared relation', (example) => {
  const lowered = compileOnce(example.circuit);
  const { advice, determined, relations, free } = analyzeDeterminism(lowered);
  expect(free).toEqual([]);
  expect(determined).toBe(advice);
  expect(relations).toHaveLength(1);
  const [relation] = relations;
  expect(lowered.program.lines[relation!.line]!.op).toMatch(/^solve(-gram)?$/);
  expect(relation!.elements).toBe(lowered.values[relation!.line]!.length);
  expect(relation!.bound).toBeLessThan(0.03);
  expect(relation!.says).toMatch(/^residuals in \[-[\d.e-]+, [\d.e-]+\): at most √\d · /);
});
