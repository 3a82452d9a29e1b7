// Where values come from: inputs, constants, and what the prover chooses, which is an input here.
import { formatInterval } from '../../../ir/format.ts';
import { assertFormat, forEach, noirOp, type NoirOp } from '../line.ts';
import { arrayOf, literal, nested } from '../text.ts';

/** low ≤ x < low + 2^bits, as the format says. */
const inFormat: NoirOp = (line) =>
  forEach(line, line.result, (x) => [assertFormat(x, formatInterval(line.result.type.format))]);

export const input = inFormat;
export const advice = inFormat;

export const constant = noirOp<{ values: readonly bigint[] }>((line) => {
  const { name, type } = line.result;
  const values = line.attributes.values.map(literal);
  const content =
    values.length === 1 ? arrayOf(type.shape, values[0]!) : nested(type.shape, values);
  return [`let ${name}: ${arrayOf(type.shape, 'Field')} = ${content};`];
});
