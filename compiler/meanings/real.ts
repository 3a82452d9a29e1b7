// The float64 meaning of a program.
import { callOf } from '../program/calls.ts';
import type { Program } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';
import { declaredInput } from '../program/ports.ts';

/** Values of every line, from real inputs by name (flat, row-major). Opaque values are NaN. */
export function evaluateReal(
  program: Program,
  inputs: ReadonlyMap<string, Float64Array>,
): Float64Array[] {
  const values: Float64Array[] = [];
  for (const line of program.lines) {
    const op = findOp(line.op);
    const input = declaredInput(line);
    const args = line.arguments.map((argument) => values[argument]!);
    values.push(input ? inputs.get(input.name)! : op.real(args, callOf(program, line)));
  }
  return values;
}
