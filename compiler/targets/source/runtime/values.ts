// The values of a program's lines as nested arrays of reals, by name: in float64, and as the circuit has them.
import { evaluate } from '../../../constraints/expression.ts';
import type { InputValues } from '../../../constraints/witness.ts';
import { nest } from '../../../inputs/render.ts';
import { fractionOf } from '../../../ir/format.ts';
import type { Program } from '../../../ir/program.ts';
import type { LoweredProgram } from '../../../meanings/circuit.ts';
import { evaluateReal } from '../../../meanings/real.ts';
import { centered } from '../../../numbers/field.ts';
import { toReal } from '../../../numbers/rounding.ts';
import { honestWitness } from './witness.ts';

/** The numbers of lines, by the names that their values are given. */
type Lines<Values> = Readonly<Record<keyof Values, number>>;

/** `Values` is the type of what comes back, which the program decides. */
export function realValues<Values>(
  program: Program,
  lines: Lines<Values>,
  inputs: ReadonlyMap<string, Float64Array>,
): Values {
  const values = evaluateReal(program, inputs);
  return valuesOf(program, lines, (line) => Array.from(values[line]!));
}

/** Throws where the inputs break an assertion. */
export function fixedValues<Values>(
  circuit: LoweredProgram,
  lines: Lines<Values>,
  inputs: InputValues,
): Values {
  const { program, values } = circuit;
  const witness = honestWitness(circuit, inputs).values;
  return valuesOf(program, lines, (line) => {
    const fraction = fractionOf(program.lines[line]!.type.format);
    return values[line]!.map((e) => toReal(centered(evaluate(e, witness)), fraction));
  });
}

function valuesOf<Values>(
  program: Program,
  lines: Lines<Values>,
  elements: (line: number) => number[],
): Values {
  const entries = Object.entries<number>(lines).map(([name, line]) => [
    name,
    nest(program.lines[line]!.type.shape, elements(line)),
  ]);
  return Object.fromEntries(entries) as Values;
}
