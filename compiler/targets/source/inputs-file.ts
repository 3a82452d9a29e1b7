// inputs.ts: what the circuit takes, as typed nested arrays of real numbers, and how they become its integers.
import { sizeOf } from '../../ir/shape.ts';
import { inputsOf } from '../../program/ports.ts';
import type { PackageFacts } from './package-facts.ts';
import { renderInterface } from './tensor-types.ts';

export function inputsFile({ circuit: { program } }: PackageFacts): string {
  const inputs = inputsOf(program).map(({ name, type, visibility, exact }) => ({
    name,
    type,
    role: `${visibility === 'public' ? 'Public' : 'Secret'}${exact ? ' exact' : ''}`,
  }));
  const elements = inputs.reduce((sum, { type }) => sum + sizeOf(type.shape), 0);
  return `// What the circuit takes, as real numbers, and how they become its integers: each is rounded to the format of its
// tensor, halves up. A number that a format does not hold is refused, with its tensor and element; so is one that had to be
// rounded for an exact tensor.
import { program } from './circuit.js';
import { bindInputs, type BoundInputs } from './lib/inputs/bind.js';
import { parseJsonTensors, tensorLimits, tensorsOf } from './lib/inputs/json.js';

${renderInterface({ name: 'Inputs', doc: 'Nested arrays, row by row.' }, inputs)}
/** Throws an error that names every tensor and element that does not fit. */
export const fromReals = (inputs: Inputs): BoundInputs =>
  bindInputs(program, tensorsOf({ ...inputs }, 'inputs'));

/** How much of a JSON file is read. */
export const inputLimits = tensorLimits(${elements});

/** The same from the text of a JSON file, in which field elements are strings of digits. */
export const fromJson = (text: string, file: string): BoundInputs =>
  bindInputs(program, parseJsonTensors(text, file, inputLimits));
`;
}
