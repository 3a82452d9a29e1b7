// How far θ_u can be from the exact step: the bounds that the stdlib's forms give (2-norm, a block).
import { compileCircuit } from '../../../compiler/compile.ts';
import { analyzeErrors, largestError } from '../../../compiler/meanings/error.ts';
import { fractionOf, numeric } from '../../../compiler/ir/format.ts';
import { portsOf } from '../../../compiler/program/ports.ts';
import { triangleLength } from '../../../stdlib/matrix.ts';
import { floor, ports, stepCircuit, type StepSpec } from './forms.ts';

/** For every prover and every input of the formats, taken as exact. */
export function epsilonOf(spec: StepSpec): number {
  if (spec.form === 'inverse') return inverseEpsilon(spec);
  const { program, ranges } = compileCircuit(stepCircuit(spec));
  const { line } = portsOf(program).find(({ name }) => name === ports.unlearned)!;
  return largestError(analyzeErrors(program, ranges, 'exact')[line]!);
}

/** √d · τ (κ + 1) / (2 √κ) for κ = λ_max(K) / φ, where λ_max(K) is at most its trace. */
function inverseEpsilon({ size, curvature, tolerance }: StepSpec): number {
  const entry = 2 ** (numeric(curvature)!.bits - 1 - fractionOf(curvature));
  const condition = size + (triangleLength(size) * entry ** 2) / floor;
  return (Math.sqrt(size) * tolerance * (condition + 1)) / (2 * Math.sqrt(condition));
}
