// The inputs and outputs of a program, with their types: what a file of tensors must hold, and what a proof says.
import { findOp } from '../ops/index.ts';
import type { Program, TensorType } from '../ir/program.ts';

export interface TypedPort {
  readonly name: string;
  readonly visibility: 'public' | 'secret';
  readonly direction: 'input' | 'output';
  readonly type: TensorType;
  /** The line whose value it is. */
  readonly line: number;
}

/** In the order of declaration. */
export function portsOf(program: Program): TypedPort[] {
  return program.lines.flatMap(({ op, attributes, arguments: args, type }, line): TypedPort[] => {
    const record = findOp(op);
    const input = record.input?.(attributes);
    if (input) return [{ ...input, direction: 'input', type, line }];
    const name = record.output?.(attributes);
    if (name === undefined) return [];
    const value = args[0]!;
    const exposed = program.lines[value]!.type;
    return [{ name, visibility: 'public', direction: 'output', type: exposed, line: value }];
  });
}

export const inputsOf = (program: Program): TypedPort[] =>
  portsOf(program).filter(({ direction }) => direction === 'input');

export const publicPortsOf = (program: Program): TypedPort[] =>
  portsOf(program).filter(({ visibility }) => visibility === 'public');
