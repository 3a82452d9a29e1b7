// Circuits that are attacked, and the values that an attacker writes.
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import type { Expression, Variable } from '../../../compiler/constraints/expression.ts';
import { solveWitness } from '../../../compiler/constraints/witness.ts';
import type { FixedFormat } from '../../../compiler/ir/format.ts';
import type { Attributes } from '../../../compiler/ir/program.ts';
import { lower, type LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { canonical, inverse } from '../../../compiler/numbers/field.ts';
import { ProgramBuilder } from '../../../compiler/program/builder.ts';
import { circuit, type CircuitBuilder } from '../../../dsl/index.ts';

export function build(describeIt: (c: CircuitBuilder) => void): LoweredProgram {
  return lower(circuit('attacked', {}, describeIt).build());
}

/** The advice variables of the lines of an op, in order. */
export function adviceOf({ program, system }: LoweredProgram, op: string): number[] {
  return system.steps.flatMap(({ advice, origin, outputs }) =>
    advice && program.lines[origin.line]!.op === op ? outputs : [],
  );
}

export const inputs = (tensors: Record<string, bigint[]>) => new Map(Object.entries(tensors));

/** Values of the variables of a sum of limbs with one variable or several: the last one takes what is left, also where it is too much. */
export function writing({ terms, constant }: Expression, value: bigint): [Variable, bigint][] {
  const limbs = [...terms].sort((a, b) => (a.coefficient < b.coefficient ? -1 : 1));
  let rest = canonical(value - constant);
  return limbs.map(({ coefficient, variable }, i) => {
    const next = limbs[i + 1];
    if (!next) return [variable, canonical(rest * inverse(coefficient))];
    const limb = (rest / coefficient) % (next.coefficient / coefficient);
    rest -= limb * coefficient;
    return [variable, limb];
  });
}

/** Whether the circuit accepts what is written, with all else as an honest prover computes it from there. */
export function accepts(
  { system }: LoweredProgram,
  tensors: Record<string, bigint[]>,
  written: Iterable<readonly [Variable, bigint]>,
): boolean {
  const witness = solveWitness(system, inputs(tensors), new Map(written));
  return checkWitness(system, witness) === undefined;
}

export interface Attacked {
  readonly lowered: LoweredProgram;
  /** The forms of the op's value. */
  readonly value: readonly Expression[];
  readonly advice: readonly Variable[];
  /** The op's value; throws where no honest witness exists. */
  honest(tensors: Record<string, bigint[]>): readonly bigint[];
}

/** An op on secret inputs a, b …, each of one format and shape. */
export function attack(
  op: string,
  args: readonly (readonly [format: FixedFormat, shape: readonly number[]])[],
  attributes: Attributes = {},
): Attacked {
  const builder = new ProgramBuilder();
  const operands = args.map(([format, shape], i) =>
    builder.append('input', [], { name: 'abc'[i]!, visibility: 'secret', format, shape }),
  );
  const line = builder.append(op, operands, attributes);
  builder.append('expose', [line], { name: 'result' });
  const lowered = lower(builder.finish('attacked', {}));
  return {
    lowered,
    value: lowered.values[line]!,
    advice: adviceOf(lowered, op),
    honest: (tensors) => evaluateFixed(lowered.program, inputs(tensors)).values[line]!,
  };
}

/** The integers from one to another. */
export const from = (low: number, high: number): bigint[] =>
  Array.from({ length: high - low + 1 }, (_, i) => BigInt(low + i));
