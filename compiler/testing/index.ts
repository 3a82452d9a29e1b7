// The laws of every circuit, for authors' own tests.
import fc from 'fast-check';
import type { AnyCircuit, Parameters } from '../../dsl/circuit.ts';
import { compileCircuit } from '../compile.ts';
import { checkWitness } from '../constraints/checker.ts';
import { arbitraryInputs } from './arbitrary-inputs.ts';
import { circuitEqualsFixed, fixedNearReal, honestWitness, tamperingIsRefused } from './laws.ts';
import type { BoundInputs } from '../inputs/bind.ts';
import type { Program } from '../ir/program.ts';

export { arbitraryInputs } from './arbitrary-inputs.ts';
export { arbitraryProgram, type ProgramOptions } from './arbitrary-program.ts';
export { circuitEqualsFixed, fixedNearReal, tamperingIsRefused, tamperings } from './laws.ts';
export { compileCircuit, compileProgram } from '../compile.ts';
export type { BoundInputs } from '../inputs/bind.ts';

export interface LawOptions {
  readonly parameters?: Parameters;
  /** Inputs to try; by default anything that the formats hold. */
  readonly inputs?: (program: Program) => fc.Arbitrary<BoundInputs>;
  readonly numRuns?: number;
}

/**
 * Checks on random inputs that the circuit computes its fixed-point meaning exactly, that the derived ranges and
 * error bounds hold, and that no tampered advice changes the statement. Throws fast-check's report: seed, shrunk
 * input, and what was seen.
 */
export function checkLaws(circuit: AnyCircuit, options: LawOptions = {}): void {
  const lowered = compileCircuit(circuit, options.parameters);
  const inputs = (options.inputs ?? arbitraryInputs)(lowered.program);
  let [runs, accepted] = [0, 0];
  fc.assert(
    fc.property(inputs, (bound) => {
      runs++;
      const witness = honestWitness(lowered, bound.fixed);
      if (witness && !checkWitness(lowered.system, witness)) accepted++;
      circuitEqualsFixed(lowered, bound.fixed);
      fixedNearReal(lowered, bound);
      tamperingIsRefused(lowered, bound.fixed);
    }),
    options.numRuns === undefined ? {} : { numRuns: options.numRuns },
  );
  if (accepted * 10 < runs)
    throw new Error(
      `circuit ${circuit.name}: only ${accepted} of ${runs} random inputs have an honest witness, so the laws were hardly tried; give checkLaws an arbitrary of inputs that its assertions accept (option inputs)`,
    );
}
