// Programs written in another way: the compiler means the same by them, and a difference would be noticed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { lower } from '../../../compiler/meanings/circuit.ts';
import { findInvalidLines } from '../../../compiler/program/verify.ts';
import { arbitraryInputs, arbitraryProgram } from '../../../compiler/testing/index.ts';
import {
  blocksAreIndependent,
  rewritingChangesNothing,
  rewritings,
} from '../../../compiler/testing/metamorphic.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, q } from '../../../dsl/index.ts';
import { runs } from '../../tier.ts';

const sums = circuit('sums', {}, (c) => {
  const [x, y] = [c.secret('x', q(8, 4), [3, 4]), c.secret('y', q(8, 4), [3, 4])];
  x.contract('bi,bi->b', y).expose('dots');
  x.sum({ axis: 1 }).expose('sums');
});

test('every rewriting changes the program, and leaves it one', () => {
  const program = sums.build();
  for (const { rewrite } of rewritings) {
    const other = rewrite(program);
    expect(findInvalidLines(other)).toEqual([]);
    expect(other.lines.length).toBeGreaterThan(program.lines.length);
  }
});

test('random programs mean the same', () => {
  fc.assert(
    fc.property(
      arbitraryProgram().chain((program) =>
        fc.record({ program: fc.constant(program), inputs: arbitraryInputs(program) }),
      ),
      ({ program, inputs }) => {
        try {
          rewritingChangesNothing(lower(program), inputs);
        } catch (error) {
          if (!isLetheError(error)) throw error;
        }
      },
    ),
    { numRuns: runs(150) },
  );
});

test('independent blocks may change places; others are noticed', () => {
  const independent = compileCircuit(sums);
  const running = compileCircuit(
    circuit('running', {}, (c) => {
      const x = c.secret('x', q(8, 4), [3, 1]);
      const first = x.slice({ axis: 0, start: 0, end: 1 });
      x.add(first).expose('y');
    }),
  );
  const inputs = (each: typeof independent) =>
    fc.sample(arbitraryInputs(each.program), { numRuns: 10, seed: 3 });
  for (const each of inputs(independent)) blocksAreIndependent(independent, each, 1);
  expect(() => inputs(running).forEach((each) => blocksAreIndependent(running, each, 1))).toThrow(
    'blocks turned by 1',
  );
});
