// One block under the circuits of Group OBS: solved for, and claimed.
import { compileCircuit } from '../../../compiler/compile.ts';
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import { solveWitness, type InputValues } from '../../../compiler/constraints/witness.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { portsOf } from '../../../compiler/program/ports.ts';
import { certificateOf, claimCircuit, ports, stepCircuit, type StepSpec } from './forms.ts';

/** Integers. */
export interface TestBlock {
  readonly weights: readonly number[];
  readonly curvature: readonly number[];
  readonly mask: readonly number[];
  /** The claim in place of the step's own. */
  readonly unlearned?: readonly number[];
  /** ν of all entries. */
  readonly multipliers?: readonly number[];
}

export const maskedOf = (mask: readonly number[]): number[] =>
  [...mask.keys()].filter((i) => mask[i] === 1);

const claims = new Map<string, LoweredProgram>();

/** Compiled once in a process. */
export function claimOf(spec: StepSpec, masked?: readonly number[]): LoweredProgram {
  const key = JSON.stringify([spec, masked]);
  const claim = claims.get(key) ?? compileCircuit(claimCircuit(spec, masked));
  claims.set(key, claim);
  return claim;
}

/** θ_u and ν by the integer meaning of the step. Throws what it refuses. */
export function solved(
  spec: StepSpec,
  { weights, curvature, mask }: TestBlock,
): { unlearned: number[]; multipliers: number[] } {
  const program = stepCircuit(spec).build();
  const inputs = integers({ weights, curvature, mask });
  const { values, findings } = evaluateFixed(program, inputs);
  if (findings[0]) throw new Error(findings[0].message);
  const read = (name: string): number[] => {
    const port = portsOf(program).find((own) => own.name === name);
    return port ? values[port.line]!.map(Number) : [];
  };
  return { unlearned: read(ports.unlearned), multipliers: read(ports.multipliers) };
}

const integers = (values: Readonly<Record<string, readonly number[]>>): InputValues =>
  new Map(Object.entries(values).map(([name, own]) => [name, own.map(BigInt)]));

/** The inputs of a claim; what the block leaves out is the step's. */
export function claimInputs(
  spec: StepSpec,
  block: TestBlock,
  masked?: readonly number[],
): InputValues {
  const { weights, curvature, mask } = block;
  const honest =
    block.unlearned && (block.multipliers || spec.form !== 'inverse')
      ? undefined
      : solved(spec, block);
  const multipliers = block.multipliers ?? honest?.multipliers ?? [];
  return integers({
    weights,
    curvature,
    ...(masked ? {} : { mask }),
    unlearned: block.unlearned ?? honest!.unlearned,
    ...(spec.form === 'kkt' ? { certificate: certificateOf(spec, curvature) } : {}),
    ...(spec.form === 'inverse'
      ? { multipliers: masked ? masked.map((i) => multipliers[i]!) : multipliers }
      : {}),
  });
}

export const accepts = ({ system }: LoweredProgram, inputs: InputValues): boolean =>
  checkWitness(system, solveWitness(system, inputs)) === undefined;

/** Whether the circuit of a claim accepts what is claimed of a block. */
export const acceptsBlock = (
  spec: StepSpec,
  block: TestBlock,
  masked?: readonly number[],
): boolean => accepts(claimOf(spec, masked), claimInputs(spec, block, masked));
