// ε of a plan: how far θ_u can be from the exact Group-OBS update of the registered weights and curvature.
import { analyzeErrors, largestError } from '../../compiler/analyses/error.ts';
import { compileCircuit } from '../../compiler/compile.ts';
import { portsOf } from '../../compiler/ir/ports.ts';
import { ports, stepCircuit, type StepSpec } from './circuit/tile.ts';

export interface Epsilon {
  /** A bound on each weight, and on the 2-norm of a touched block's weights. */
  readonly block: number;
  /** On the 2-norm of all weights in scope: √touched times that. */
  readonly model: number;
}

/** Derived by the compiler's error analysis, for every prover and every input of the formats, taken as exact. */
export function deriveEpsilon(step: StepSpec, touched: number): Epsilon {
  const { program, ranges } = compileCircuit(stepCircuit(step, 1));
  const { line } = portsOf(program).find(({ name }) => name === ports.after)!;
  const weight = largestError(analyzeErrors(program, ranges, 'exact')[line]!);
  // The bound of solve is one of the block's 2-norm already; other errors are by weight.
  const block = weight * (step.form === 'inverse' ? Math.sqrt(step.size) : 1);
  return { block, model: Math.sqrt(touched) * block };
}
