// From inputs to a witness that satisfies every constraint, or to the reason why there is none.
import { checkWitness } from '../../../constraints/checker.ts';
import { publicVariables } from '../../../constraints/system.ts';
import { solveWitness, type InputValues } from '../../../constraints/witness.ts';
import { LetheError } from '../../../diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../../../meanings/circuit.ts';
import { evaluateFixed } from '../../../meanings/fixed.ts';
import { refusalFinding } from '../../../meanings/refusal.ts';

export interface HonestWitness {
  /** The values of all variables. */
  readonly values: readonly bigint[];
  /** The values of the public tensors, in the order of declaration. */
  readonly publicInput: readonly bigint[];
}

/** Throws a LetheError with the operation and the element where the inputs break an assertion. */
export function honestWitness(
  { program, system }: LoweredProgram,
  inputs: InputValues,
): HonestWitness {
  const { findings } = evaluateFixed(program, inputs);
  if (findings.length > 0) throw new LetheError(findings);
  const values = solveWitness(system, inputs);
  const refused = checkWitness(system, values);
  if (refused) throw new LetheError([refusalFinding(program, refused)]);
  return { values, publicInput: publicVariables(system).map((variable) => values[variable]!) };
}
