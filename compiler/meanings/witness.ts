// The witness that a prover is given: filled in, and every gate evaluated on it, before hours of proving are spent.
import { checkWitness } from '../constraints/checker.ts';
import { solveWitness, type InputValues } from '../constraints/witness.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LoweredProgram } from './circuit.ts';
import { evaluateFixed } from './fixed.ts';
import { refusalFinding } from './refusal.ts';

export interface CheckedWitness {
  readonly witness: readonly bigint[];
  /** Empty when every gate holds. */
  readonly findings: readonly Diagnostic[];
}

/** For inputs on which the fixed meaning found nothing amiss. */
export function solveAndCheck(circuit: LoweredProgram, inputs: InputValues): CheckedWitness {
  const witness = solveWitness(circuit.system, inputs);
  const refused = checkWitness(circuit.system, witness);
  return { witness, findings: refused ? [refusalFinding(circuit.program, refused)] : [] };
}

/** The fixed meaning first: it says better than a gate does what is wrong with the inputs. */
export function evaluateAndCheck(circuit: LoweredProgram, inputs: InputValues): CheckedWitness {
  const { findings } = evaluateFixed(circuit.program, inputs);
  return findings.length > 0 ? { witness: [], findings } : solveAndCheck(circuit, inputs);
}
