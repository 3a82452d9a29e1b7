// The laws on random programs: what holds for each op must hold for what they make together.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { findInvalidLines } from '../../../compiler/program/verify.ts';
import type { Program } from '../../../compiler/ir/program.ts';
import { lower, type LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { ops } from '../../../compiler/ops/index.ts';
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import { publicVariables } from '../../../compiler/constraints/system.ts';
import { pipeline } from '../../../compiler/passes/pipeline.ts';
import { honestWitness } from '../../../compiler/testing/witness.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { portsOf } from '../../../compiler/program/ports.ts';
import {
  arbitraryInputs,
  arbitraryProgram,
  circuitEqualsFixed,
  fixedNearReal,
  type BoundInputs,
} from '../../../compiler/testing/index.ts';
import { met, runs } from '../../tier.ts';

/** Undefined where the analyses find, rightly, that no honest prover could succeed or a width is too large. */
function lowered(program: Program): LoweredProgram | undefined {
  try {
    return lower(program);
  } catch (error) {
    if (isLetheError(error)) return undefined;
    throw error;
  }
}

test('use every op', () => {
  const seen = new Set(
    fc
      .sample(arbitraryProgram(), { numRuns: 600, seed: 1 })
      .flatMap(({ lines }) => lines.map(({ op }) => op)),
  );
  expect([...ops.keys()].filter((op) => !seen.has(op))).toEqual([]);
});

test(
  'circuit = fixed, in its intervals and near the reals: programs with five inputs each',
  { timeout: 600_000 },
  () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        arbitraryProgram().chain((program) =>
          fc.record({
            circuit: fc.constant(lowered(program)),
            samples: fc.array(arbitraryInputs(program), { minLength: 5, maxLength: 5 }),
          }),
        ),
        ({ circuit, samples }) => {
          if (!circuit) return;
          expect(findInvalidLines(circuit.program)).toEqual([]);
          for (const inputs of samples) {
            circuitEqualsFixed(circuit, inputs.fixed);
            fixedNearReal(circuit, inputs);
            accepted++;
          }
        },
      ),
      { numRuns: runs(800) },
    );
    expect(accepted).toBeGreaterThanOrEqual(met(3300));
  },
);

/** The program before the first pass and after each. */
const points = (program: Program): Program[] =>
  pipeline.reduce<Program[]>((all, { run }) => [...all, run(all.at(-1)!)], [program]);

test('any two points of the pass pipeline agree: outputs, findings, statement', () => {
  fc.assert(
    fc.property(
      arbitraryProgram().chain((program) =>
        fc.record({ program: fc.constant(program), inputs: arbitraryInputs(program) }),
      ),
      ({ program, inputs }) => {
        // What compiles at the start must compile later: passes only let the analyses see more.
        if (!lowered(program)) return;
        const [first, ...others] = points(program).map((each) => resultOf(each, inputs));
        for (const other of others) expect(other).toEqual(first);
      },
    ),
    { numRuns: runs(300) },
  );
});

/** What each meaning makes of the inputs; the circuit's public values stand for its statement. */
function resultOf(program: Program, inputs: BoundInputs): unknown {
  const { values, findings } = evaluateFixed(program, inputs.fixed);
  const outputs = portsOf(program).map(({ line }) => values[line]);
  const circuit = lower(program);
  const witness = honestWitness(circuit, inputs.fixed);
  const accepted = witness && !checkWitness(circuit.system, witness);
  return {
    outputs,
    refused: findings.length > 0,
    statement: accepted ? publicVariables(circuit.system).map((v) => witness[v]) : 'refused',
  };
}
