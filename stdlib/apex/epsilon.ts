// ε of a plan: how far θ_u can be from the exact Group-OBS update of the registered weights and curvature.
import { analyzeErrors, largestError } from '../../compiler/meanings/error.ts';
import { compileCircuit } from '../../compiler/compile.ts';
import { portsOf } from '../../compiler/program/ports.ts';
import { ports, stepCircuit, type StepSpec } from './circuit/tile.ts';
import { forms } from './forms/index.ts';

export interface Epsilon {
  /** A bound on each weight, and on the 2-norm of a touched block's weights. */
  readonly block: number;
  /** On the 2-norm of all weights in scope: √touched times that. */
  readonly model: number;
}

/** For every prover and every input of the formats, taken as exact: by the form, or by the compiler's error analysis. */
export function deriveEpsilon(step: StepSpec, touched: number): Epsilon {
  const block = forms[step.form].epsilon?.(step.formats, step) ?? derived(step);
  return { block, model: Math.sqrt(touched) * block };
}

/** The bound of `solve`, which is one of the block's 2-norm: what a tile accepts is what `solve` accepts. */
function derived(step: StepSpec): number {
  const { program, ranges } = compileCircuit(stepCircuit(step, 1));
  const { line } = portsOf(program).find(({ name }) => name === ports.unlearned)!;
  return largestError(analyzeErrors(program, ranges, 'exact')[line]!);
}
