// What a proof states: the integers of the public tensors.
import { evaluate } from '../constraints/expression.ts';
import { isOpaque } from '../ir/format.ts';
import { publicPortsOf } from '../program/ports.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { canonical, centered } from '../numbers/field.ts';

/** Integers of the public tensors, by name. */
export type Statement = ReadonlyMap<string, readonly bigint[]>;

/** The public tensors of a witness, as integers of their formats. */
export function statementOf(
  { program, values }: LoweredProgram,
  witness: readonly bigint[],
): Statement {
  return new Map(
    publicPortsOf(program).map(({ name, line, type }) => {
      const read = isOpaque(type.format) ? canonical : centered;
      return [name, values[line]!.map((expression) => read(evaluate(expression, witness)))];
    }),
  );
}
