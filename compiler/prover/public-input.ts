// A statement under the verifier's own program: the public input of a proof, each value checked against its format; and back.
import { fail } from '../diagnostics/diagnostic.ts';
import { formatInterval, isOpaque, renderFormat } from '../ir/format.ts';
import { publicPortsOf, type TypedPort } from '../program/ports.ts';
import type { Program } from '../ir/program.ts';
import { sizeOf } from '../ir/shape.ts';
import { canonical, centered } from '../numbers/field.ts';
import type { Statement } from './statement.ts';

/** In the order of declaration. Throws `bad-statement` for values that are missing, too many, or outside their format. */
export function publicInputOf(program: Program, statement: Statement): bigint[] {
  const ports = publicPortsOf(program);
  const known = new Set(ports.map(({ name }) => name));
  for (const name of statement.keys())
    if (!known.has(name)) fail('bad-statement', `the circuit has no public tensor "${name}"`);
  return ports.flatMap((port) => checkedValues(port, statement.get(port.name)));
}

/** The statement of a public input, whose values are field elements in the order of declaration. */
export function statementFrom(program: Program, publicInput: readonly bigint[]): Statement {
  let first = 0;
  return new Map(
    publicPortsOf(program).map(({ name, type }) => {
      const values = publicInput.slice(first, (first += sizeOf(type.shape)));
      return [name, values.map(isOpaque(type.format) ? canonical : centered)];
    }),
  );
}

function checkedValues({ name, type }: TypedPort, values: readonly bigint[] | undefined): bigint[] {
  const size = sizeOf(type.shape);
  if (values?.length !== size)
    fail(
      'bad-statement',
      `public tensor "${name}" has ${values?.length ?? 0} values, ${size} are expected`,
    );
  const { low, high } = formatInterval(type.format);
  const wrong = values.find((value) => value < low || value > high);
  if (wrong !== undefined)
    fail(
      'bad-statement',
      `public tensor "${name}": ${wrong} is no ${isOpaque(type.format) ? 'field element' : renderFormat(type.format)}`,
    );
  return [...values];
}
