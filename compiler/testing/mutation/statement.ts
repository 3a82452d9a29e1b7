// The claim of a witness: its inputs, and the values that the prover chose. The honest prover's witness of the same claim shows
// whether the unchanged circuit accepts it.
import { checkWitness } from '../../constraints/checker.ts';
import type { Variable } from '../../constraints/expression.ts';
import type { InputValues } from '../../constraints/witness.ts';
import { formatInterval, fractionOf, isOpaque } from '../../ir/format.ts';
import { indexAt, renderShape } from '../../ir/shape.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { centered } from '../../numbers/field.ts';
import { inputsOf } from '../../program/ports.ts';
import { choicesOf, writing } from '../tamper/choice.ts';
import type { Graph } from '../tamper/graph.ts';
import { honestWitness } from '../witness.ts';

/** Elements of a tensor with their integers: inputs, or values that the prover chose. */
export interface Element {
  readonly name: string;
  readonly element: number;
  readonly index: string;
  readonly integer: bigint;
  readonly real: number;
}

export interface Statement {
  readonly inputs: InputValues;
  /** The elements that differ from the honest statement that it was made from. */
  readonly differs: readonly Element[];
}

export function statementOf(
  { program, system }: LoweredProgram,
  witness: readonly bigint[],
  from: readonly bigint[],
): Statement {
  const inputs = new Map<string, bigint[]>();
  const differs: Element[] = [];
  for (const { name, type } of inputsOf(program)) {
    const { variables } = system.ports.find((port) => port.name === name)!;
    const read = (variable: Variable): bigint =>
      isOpaque(type.format) ? witness[variable]! : centered(witness[variable]!);
    inputs.set(name, variables.map(read));
    const scale = 2 ** -fractionOf(type.format);
    variables.forEach((variable, element) => {
      if (witness[variable] === from[variable]) return;
      const integer = read(variable);
      const index = type.shape.length > 0 ? renderShape(indexAt(type.shape, element)) : '';
      differs.push({ name, element, index, integer, real: Number(integer) * scale });
    });
  }
  return { inputs, differs };
}

/** `x[0] = 4096 (1)`, and how many more differ from a statement that both circuits accept. */
export function describeStatement({ differs }: Statement): string {
  const [first, ...others] = differs;
  if (!first) return 'the honest inputs, with other choices';
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return `${first.name}${first.index} = ${first.integer} (${first.real})${more}`;
}

/** Whether every numeric input is one of its format. */
export function isInFormats({ program }: LoweredProgram, { inputs }: Statement): boolean {
  return inputsOf(program).every(({ name, type }) => {
    if (isOpaque(type.format)) return true;
    const { low, high } = formatInterval(type.format);
    return inputs.get(name)!.every((x) => x >= low && x <= high);
  });
}

/**
 * The honest prover's witness for the inputs and choices of a witness, if the circuit accepts it: its other values follow
 * from these, and each choice has the digits that the lowering gives it.
 */
export function honestOf(
  circuit: LoweredProgram,
  graph: Graph,
  witness: readonly bigint[],
  statement: Statement,
): readonly bigint[] | undefined {
  const digits = choicesOf(circuit, graph, witness).flatMap((choice) => [
    ...(writing(choice, choice.honest) ?? []),
  ]);
  const honest = honestWitness(circuit, statement.inputs, new Map(digits));
  return honest && !checkWitness(circuit.system, honest) ? honest : undefined;
}
