// The inputs and outputs of a program, with their types: what a file of tensors must hold, and what a proof says.
import { findOp } from '../ops/index.ts';
import type { Input } from '../ops/op.ts';
import type { Line, Program, TensorType } from '../ir/program.ts';

export interface TypedPort {
  readonly name: string;
  readonly visibility: 'public' | 'secret';
  readonly direction: 'input' | 'output';
  /** As declared, of an input. */
  readonly exact?: boolean;
  readonly type: TensorType;
  /** The line whose value it is. */
  readonly line: number;
}

type Declaration = Pick<Line, 'op' | 'attributes'>;

/** The input that the line declares, if it declares one. */
export const declaredInput = ({ op, attributes }: Declaration): Input | undefined =>
  findOp(op).port?.input?.(attributes);

/** The name of the output that the line declares, if it declares one. */
export const declaredOutput = ({ op, attributes }: Declaration): string | undefined =>
  findOp(op).port?.output?.(attributes);

/** The name that the line gives an input or an output. */
export const portName = (line: Declaration): string | undefined =>
  declaredInput(line)?.name ?? declaredOutput(line);

/** In the order of declaration. */
export function portsOf(program: Program): TypedPort[] {
  return program.lines.flatMap((line, number): TypedPort[] => {
    const input = declaredInput(line);
    if (input) return [{ ...input, direction: 'input', type: line.type, line: number }];
    const name = declaredOutput(line);
    if (name === undefined) return [];
    const value = line.arguments[0]!;
    const exposed = program.lines[value]!.type;
    return [{ name, visibility: 'public', direction: 'output', type: exposed, line: value }];
  });
}

export const inputsOf = (program: Program): TypedPort[] =>
  portsOf(program).filter(({ direction }) => direction === 'input');

export const publicPortsOf = (program: Program): TypedPort[] =>
  portsOf(program).filter(({ visibility }) => visibility === 'public');
