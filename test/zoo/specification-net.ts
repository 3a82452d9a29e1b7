// The net that holds what a circuit accepts against its specification: the law that the testing kit has for it, on the inputs of the
// audit. That a circuit accepts all that it should is another law, and no matter of too few constraints.
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

/** What a law throws. A mistake in the specification is no finding. */
function disagreement(law: () => void): string | undefined {
  try {
    law();
    return undefined;
  } catch (error) {
    if (error instanceof Mistake || !(error instanceof Error)) throw error;
    return error.message;
  }
}
