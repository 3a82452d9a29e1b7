// The net that compares accepted witnesses with the specification: a law of the testing kit, on the inputs of the audit. It leaves out
// the law that a circuit accepts all that it should, because too few constraints cannot break that law.
import type { InputValues } from '../../compiler/constraints/witness.ts';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../../compiler/meanings/circuit.ts';
import { exactInputs } from '../../compiler/testing/exact-inputs.ts';
import { Mistake } from '../../compiler/testing/mistake.ts';
import { acceptedAgrees } from '../../compiler/testing/specification/laws.ts';
import type { Case } from './benchmark.ts';

/** The first disagreement. */
export function againstSpecification(
  { spec, within = 0 }: Case,
  circuit: LoweredProgram,
  inputs: readonly InputValues[],
): readonly Diagnostic[] {
  if (!spec) return [];
  for (const each of inputs) {
    const message = disagreement(() =>
      acceptedAgrees(circuit, exactInputs(circuit.program, each), { spec, within }),
    );
    if (message !== undefined) return [{ code: 'disagrees', message }];
  }
  return [];
}

/** The message that a law throws. A mistake in the specification is no finding. */
function disagreement(law: () => void): string | undefined {
  try {
    law();
    return undefined;
  } catch (error) {
    if (error instanceof Mistake || !(error instanceof Error)) throw error;
    return error.message;
  }
}
