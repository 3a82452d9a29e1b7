// reference.ts: every value of the circuit in float64 and in fixed point, with the bound of their distance.
import { analyzeErrors, largestError } from '../../meanings/error.ts';
import { isOpaque } from '../../ir/format.ts';
import { findOp } from '../../ops/index.ts';
import { valueNames } from './names.ts';
import type { PackageFacts } from './package-facts.ts';
import { renderInterface } from './tensor-types.ts';

export function referenceFile({ circuit: { program, ranges } }: PackageFacts): string {
  const errors = analyzeErrors(program, ranges);
  const names = valueNames(program);
  const values = program.lines.flatMap(({ op, type }, line) =>
    findOp(op).effect || isOpaque(type.format)
      ? []
      : [{ name: names[line]!, type, line, error: largestError(errors[line]!) }],
  );
  return `// For tests: the values of circuit.ts, by their names there, in float64 and as the circuit has them.
import { circuit, program } from './circuit.js';
import { fromReals, type Inputs } from './inputs.js';
import { fixedValues, realValues } from './lib/runtime/values.js';

${renderInterface(
  {
    name: 'Values',
    doc: 'Nested arrays of real numbers. Field elements and digests have no real value.',
  },
  values,
  () => 'number',
)}
/** Every statement in float64, by the \`real\` of its operation. */
export const reference = (inputs: Inputs): Values =>
  realValues<Values>(program, lines, fromReals(inputs).real);

/** The same in fixed point: what is proved. Throws where the inputs break an assertion. */
export const fixedPoint = (inputs: Inputs): Values =>
  fixedValues<Values>(circuit, lines, fromReals(inputs).fixed);

/** How far apart the two can be, but for what float64 itself rounds. */
export const errors: Readonly<Record<keyof Values, number>> = {
${values.map(({ name, error }) => `${name}: ${error},`).join('\n')}
};

const lines: Readonly<Record<keyof Values, number>> = {
${values.map(({ name, line }) => `${name}: ${line},`).join('\n')}
};
`;
}
