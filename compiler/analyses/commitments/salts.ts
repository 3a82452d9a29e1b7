// Salts: elements of secret inputs that nobody guesses, and so hide a commitment. A field element by itself, or the words of a row that
// keep enough random bits to themselves.
import type { Variable } from '../../constraints/expression.ts';
import { isOpaque } from '../../ir/format.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { findOp } from '../../ops/index.ts';
import { callOf } from '../../program/calls.ts';
import { declaredInput, inputsOf } from '../../program/ports.ts';

/** Random bits that nobody guesses. */
const saltBits = 128;

/** All of `variables`, hashed together, make a salt. */
export interface Salt {
  /** The secret input that they are elements of. */
  readonly input: string;
  readonly variables: readonly Variable[];
}

export function saltsIn({ program, system }: LoweredProgram): Salt[] {
  const variablesOf = (name: string): readonly Variable[] =>
    system.ports.find((port) => port.name === name)!.variables;
  const single = inputsOf(program)
    .filter(({ visibility, type }) => visibility === 'secret' && isOpaque(type.format))
    .flatMap(({ name }) =>
      variablesOf(name).map((variable) => ({ input: name, variables: [variable] })),
    );
  const rows = program.lines.flatMap((line) => {
    const unseen = findOp(line.op).commitment?.unseenBits?.(callOf(program, line)) ?? 0;
    const words = program.lines[line.arguments[0] ?? -1];
    const input = words && declaredInput(words);
    if (unseen < saltBits || input?.visibility !== 'secret') return [];
    const variables = variablesOf(input.name);
    const length = words!.type.shape.at(-1)!;
    return Array.from({ length: variables.length / length }, (_, row) => ({
      input: input.name,
      variables: variables.slice(row * length, (row + 1) * length),
    }));
  });
  return [...single, ...rows];
}
