// The static facts of a line, as its op's record wants them.
import type { Call } from '../ops/op.ts';
import type { Line, Program } from '../ir/program.ts';

export function callOf(program: Pick<Program, 'lines'>, line: Line): Call {
  return {
    attributes: line.attributes,
    arguments: line.arguments.map((argument) => program.lines[argument]!.type),
    result: line.type,
    operands: line.arguments,
  };
}
