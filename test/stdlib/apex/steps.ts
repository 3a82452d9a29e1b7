// Blocks under the step's circuit, without a provider and without proofs.
import { compileCircuit } from '../../../compiler/compile.ts';
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import { solveWitness, type InputValues } from '../../../compiler/constraints/witness.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { toInteger } from '../../../compiler/numbers/rounding.ts';
import { tileCircuit, type StepSpec } from '../../../stdlib/apex/circuit/tile.ts';
import { tileInputs, type SecretBlock } from '../../../stdlib/apex/circuit/tiles.ts';
import { forms, type FormName } from '../../../stdlib/apex/index.ts';

export const formNames = Object.keys(forms) as FormName[];

/** The step of a plan with weights of 16 bits in [−2, 2). */
export const stepOf = (form: FormName, size: number, rank?: number): StepSpec => ({
  form,
  size,
  ...(rank === undefined ? {} : { rank }),
  formats: forms[form].formats(16, 2),
});

export const tileOf = (spec: StepSpec, blocks = 1): LoweredProgram =>
  compileCircuit(tileCircuit(spec, blocks));

export const integersOf = (reals: ArrayLike<number>, fraction: number): number[] =>
  Array.from(reals, (real) => Number(toInteger(real, fraction)));

export interface StepBlock {
  /** Integers. */
  readonly weights: readonly number[];
  /** Integers, as they are committed to. */
  readonly curvature: readonly number[];
  readonly mask: readonly number[];
  readonly salts?: SecretBlock['salts'];
}

/** A curvature in the formats of a step. */
export const curvatureIntegers = (spec: StepSpec, reals: Float64Array): number[] =>
  integersOf(reals, fractionOf(spec.formats.curvature));

/** The curvature C' = I. */
export const identityCurvature = (spec: StepSpec): number[] =>
  curvatureIntegers(spec, forms[spec.form].neutral(spec));

export const inputsOf = (spec: StepSpec, blocks: readonly StepBlock[]): InputValues =>
  tileInputs(
    spec,
    blocks.length,
    7n,
    blocks.map(({ mask }, number) => ({ number, mask: Uint8Array.from(mask) })),
    blocks.map(({ weights, curvature, salts = [1n, 2n, 3n] }) => ({ weights, curvature, salts })),
  );

/**
 * The variable behind element `i` of the unknown of the step: δ, or the multipliers of `inverse`. It counts from the low
 * end of its format.
 */
export function unknown({ program, system }: LoweredProgram, i: number): number {
  const advice = system.steps.flatMap(({ advice: own, origin, outputs }) =>
    own && program.lines[origin.line]!.op.startsWith('solve') ? outputs : [],
  );
  return advice[i]!;
}

/** An honest witness in which some variables are moved, and all that follows is solved anew. */
export function moved(
  lowered: LoweredProgram,
  inputs: InputValues,
  moves: ReadonlyMap<number, bigint>,
): readonly bigint[] {
  const honest = solveWitness(lowered.system, inputs);
  const overrides = new Map([...moves].map(([at, by]) => [at, honest[at]! + by]));
  return solveWitness(lowered.system, inputs, overrides);
}

export const accepts = ({ system }: LoweredProgram, witness: readonly bigint[]): boolean =>
  checkWitness(system, witness) === undefined;
