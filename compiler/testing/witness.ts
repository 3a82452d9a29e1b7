// Honest witnesses, where there are any.
import { solveWitness, type InputValues } from '../constraints/witness.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { Violation } from '../ops/op.ts';

/** Undefined where the fixed meaning says that there is none. */
export function honestWitness(
  { system }: LoweredProgram,
  inputs: InputValues,
  overrides?: ReadonlyMap<number, bigint>,
): bigint[] | undefined {
  try {
    return solveWitness(system, inputs, overrides);
  } catch (error) {
    if (error instanceof Violation) return undefined;
    throw error;
  }
}
