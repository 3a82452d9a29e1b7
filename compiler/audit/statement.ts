// What a circuit proves, in the terms of its author: public and secret tensors, outputs with their bounds, assertions,
// and the relations within which the prover may choose.
import { analyzeErrors, largestError } from '../meanings/error.ts';
import type { Assumptions } from '../analyses/assumptions/assumptions.ts';
import type { BoundElements } from '../analyses/commitments/unbound.ts';
import { isOpaque } from '../ir/format.ts';
import { declaredOutput, portsOf } from '../program/ports.ts';
import { describeLine } from '../program/print.ts';
import { renderType } from '../ir/program.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { findOp } from '../ops/index.ts';
import { isAssertion } from '../ops/op.ts';

export interface StatedInput {
  readonly name: string;
  readonly visibility: 'public' | 'secret';
  readonly type: string;
  /** Public, or committed to by an output: the prover cannot change it afterwards. */
  readonly bound: boolean;
  /** Its real values are numbers of its format; error bounds count nothing for rounding them. */
  readonly exact?: boolean;
}

export interface StatedOutput {
  readonly name: string;
  readonly type: string;
  /** Of |fixed − real|; null where nothing ties it to the reals, absent for opaque values. */
  readonly error?: number | null;
  /** The names of the assumptions that the bound rests on. */
  readonly restsOn: readonly string[];
}

export interface Statement {
  readonly inputs: readonly StatedInput[];
  readonly outputs: readonly StatedOutput[];
  /** Lines that are assertions to their author. */
  readonly assertions: readonly string[];
}

export function statementOf(
  { program, ranges }: LoweredProgram,
  { restsOn }: Pick<Assumptions, 'restsOn'>,
  bound: BoundElements,
): Statement {
  const errors = analyzeErrors(program, ranges);
  const ports = portsOf(program);
  return {
    inputs: ports
      .filter(({ direction }) => direction === 'input')
      .map(({ name, visibility, type, exact }) => ({
        name,
        visibility,
        ...(exact ? { exact } : {}),
        type: renderType(type),
        bound: visibility === 'public' || bound.get(name)!.every(Boolean),
      })),
    outputs: ports
      .filter(({ direction }) => direction === 'output')
      .map(({ name, type, line }) => {
        const error = largestError(errors[line]!);
        const stated = { name, type: renderType(type), restsOn: restsOn[line]! };
        if (isOpaque(type.format)) return stated;
        return { ...stated, error: Number.isFinite(error) ? error : null };
      }),
    assertions: program.lines.flatMap((line, number) => {
      const op = findOp(line.op);
      const says = isAssertion(op) && declaredOutput(line) === undefined && !op.port?.accepts;
      return says ? [describeLine(program, number)] : [];
    }),
  };
}
