// The net that holds a circuit against its specification.
import type { InputValues } from '../../compiler/constraints/witness.ts';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../../compiler/meanings/circuit.ts';
import type { Case } from './benchmark.ts';

/** False until the testing kit has such a law: then the net is not part of the score. */
export const hasSpecificationNet: boolean = false;

export const againstSpecification = (
  _specimen: Case,
  _circuit: LoweredProgram,
  _given: readonly InputValues[],
): readonly Diagnostic[] => [];
