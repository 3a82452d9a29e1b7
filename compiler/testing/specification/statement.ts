// The statement of a witness: its inputs, its outputs, and the numbers that its commitments hold.
import { isOpaque, fractionOf } from '../../ir/format.ts';
import type { Program } from '../../ir/program.ts';
import { evaluate } from '../../constraints/expression.ts';
import type { InputValues } from '../../constraints/witness.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { canonical, centered } from '../../numbers/field.ts';
import { toReal } from '../../numbers/rounding.ts';
import { inputsOf, portsOf, type TypedPort } from '../../program/ports.ts';

export interface Inputs {
  /** Opaque inputs are left out. */
  readonly reals: Readonly<Record<string, readonly number[]>>;
  readonly integers: Readonly<Record<string, readonly bigint[]>>;
}

export const outputsOf = (program: Program): TypedPort[] =>
  portsOf(program).filter(({ direction }) => direction === 'output');

/** The inputs with the given integers. */
export function inputsFrom(program: Program, given: InputValues): Inputs {
  const reals: Record<string, readonly number[]> = {};
  const integers: Record<string, readonly bigint[]> = {};
  for (const { name, type } of inputsOf(program)) {
    // Frozen: a specification that sorts its inputs in place would be asked about other inputs.
    const values = Object.freeze([...given.get(name)!]);
    integers[name] = values;
    if (isOpaque(type.format)) continue;
    reals[name] = Object.freeze(values.map((x) => toReal(x, fractionOf(type.format))));
  }
  return { reals, integers };
}

/** The inputs as the witness has them: an attack may have changed them. */
export const inputsIn = (circuit: LoweredProgram, witness: readonly bigint[]): Inputs =>
  inputsFrom(
    circuit.program,
    new Map(
      inputsOf(circuit.program).map((port) => [port.name, integersIn(circuit, port, witness)]),
    ),
  );

/** The integers of an input or an output. */
export function integersIn(
  { system }: LoweredProgram,
  { name, type }: TypedPort,
  witness: readonly bigint[],
): bigint[] {
  const read = isOpaque(type.format) ? canonical : centered;
  const { variables } = system.ports.find((port) => port.name === name)!;
  return variables.map((variable) => read(witness[variable]!));
}

/** The integers of a line of numbers. */
export const numbersIn = (
  { values }: LoweredProgram,
  line: number,
  witness: readonly bigint[],
): bigint[] => values[line]!.map((expression) => centered(evaluate(expression, witness)));

/** The line whose numbers an opaque output commits to; undefined where there are several, or none. */
export function committedLine({ lines }: Program, output: number): number | undefined {
  const numbers = new Set<number>();
  const seen = new Set<number>();
  const pending = [output];
  for (let line = pending.pop(); line !== undefined; line = pending.pop()) {
    if (seen.has(line)) continue;
    seen.add(line);
    if (isOpaque(lines[line]!.type.format)) pending.push(...lines[line]!.arguments);
    else numbers.add(line);
  }
  return numbers.size === 1 ? [...numbers][0] : undefined;
}
