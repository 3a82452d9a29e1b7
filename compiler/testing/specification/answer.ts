// The answer of a specification, compared with the outputs of the circuit.
import { isOpaque, renderFormat } from '../../ir/format.ts';
import { sizeOf, renderShape } from '../../ir/shape.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import type { TypedPort } from '../../program/ports.ts';
import { mistaken } from '../mistake.ts';
import type { Given, Specification } from './specification.ts';
import { committedLine, outputsOf, type Inputs } from './statement.ts';
import { showInputs } from './show.ts';

/** One output as it is specified. */
export interface Answer {
  readonly port: TypedPort;
  /** Reals or integers. */
  readonly values: readonly number[] | readonly bigint[];
  /** The line of the numbers, of an output or of what it commits to; absent for opaque values. */
  readonly line?: number;
}

/** Undefined where the specification refuses the inputs. Throws a Mistake for an answer that can not be compared. */
export function answerOf(
  circuit: LoweredProgram,
  spec: NonNullable<Given['spec']>,
  inputs: Inputs,
): Answer[] | undefined {
  const answer = ask(circuit, spec, inputs);
  if (answer === undefined) return undefined;
  const isTable = typeof answer === 'object' && answer !== null && !Array.isArray(answer);
  if (!isTable || answer instanceof Promise)
    mistaken(
      'bad-specification',
      `the specification of circuit ${circuit.program.name} gives ${describe(answer)}`,
      'give the outputs by name, { y: [1, 2] }, or undefined where no proof may be accepted',
    );
  const outputs = outputsOf(circuit.program);
  const given = new Map<string, unknown>(Object.entries(answer));
  for (const name of given.keys())
    if (!outputs.some((port) => port.name === name))
      mistaken(
        'bad-specification',
        `the specification gives "${name}", and circuit ${circuit.program.name} has no such output`,
        `it has: ${outputs.map((port) => port.name).join(', ') || 'none; give {} where the inputs are right'}`,
      );
  return outputs.flatMap((port) => {
    const values = given.get(port.name);
    if (values !== undefined) return [check(circuit, port, values, inputs)];
    if (isOpaque(port.type.format)) return [];
    return mistaken(
      'bad-specification',
      `the specification leaves out the output "${port.name}" (${typeText(port)})`,
      `give its ${sizeOf(port.type.shape)} numbers; only field elements and digests may be left out`,
    );
  });
}

/** Asks the author's function. Reports a name that no input has, and an error that the function throws. */
function ask({ program }: LoweredProgram, spec: Specification, inputs: Inputs): unknown {
  const { parameters } = program;
  const integers = named('input', inputs.integers);
  const reals = named('input', inputs.reals, Object.keys(inputs.integers));
  try {
    return spec(reals, { integers, parameters: named('parameter', parameters) });
  } catch (error) {
    if (error instanceof Unknown) return mistaken('bad-specification', error.message, error.hint);
    const thrown = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return mistaken(
      'bad-specification',
      `the specification of circuit ${program.name} throws "${thrown}" for ${showInputs(inputs)}${sizesText(parameters)}`,
      'it is asked for any inputs of the formats, and at smaller sizes: give undefined where no proof may be accepted',
    );
  }
}

const sizesText = (parameters: Readonly<Record<string, number>>): string => {
  const sizes = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
  return sizes.length > 0 ? `, built for ${sizes.join(' ')}` : '';
};

class Unknown extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** A table that throws where a name is read that it does not have. */
function named<T>(
  what: string,
  table: Readonly<Record<string, T>>,
  opaque: readonly string[] = [],
): Readonly<Record<string, T>> {
  return new Proxy(table, {
    get(target, key) {
      if (typeof key === 'symbol' || Object.hasOwn(target, key))
        return Reflect.get(target, key) as T;
      if (opaque.includes(key))
        throw new Unknown(
          `the specification reads the input "${key}", which has no real numbers`,
          `the second argument of the specification has it: (inputs, { integers }) => … integers.${key}`,
        );
      throw new Unknown(
        `the specification reads the ${what} "${key}", which the circuit does not have`,
        `it has: ${Object.keys(target).join(', ') || 'none'}`,
      );
    },
  });
}

function check(
  { program }: LoweredProgram,
  port: TypedPort,
  given: unknown,
  inputs: Inputs,
): Answer {
  const { name, type, line } = port;
  const opaque = isOpaque(type.format);
  const wrong = (problem: string, hint: string): never =>
    mistaken('bad-specification', `the specification gives the output "${name}" ${problem}`, hint);
  if (!Array.isArray(given) && !(given instanceof Float64Array))
    return wrong(`as ${describe(given)}`, 'give one flat list, row by row');
  const values = Array.from<unknown>(given);
  const exact = values.length > 0 && values.every((value) => typeof value === 'bigint');
  if (!exact && !values.every((value) => typeof value === 'number'))
    return wrong(
      `as a list of ${[...new Set(values.map((value) => (Array.isArray(value) ? 'lists' : `${typeof value}s`)))].join(' and ')}`,
      'give one flat list, row by row: all numbers (reals), or all bigints (integers in units of the last place)',
    );
  const committed = opaque && !exact ? committedLine(program, line) : undefined;
  if (opaque && !exact && committed === undefined)
    return wrong(
      `reals, and it is a ${renderFormat(type.format)} that commits to no single tensor of numbers`,
      'leave it out, or give its field elements as bigints',
    );
  const numbers = opaque && !exact ? committed! : line;
  const { shape } = program.lines[numbers]!.type;
  if (values.length !== sizeOf(shape))
    return wrong(
      `${values.length} numbers, and ${numbers === line ? 'it has' : 'it commits to'} ${sizeOf(shape)} (shape ${renderShape(shape)})`,
      'give one flat list, row by row; the second argument of the specification has the sizes: (inputs, { parameters })',
    );
  const bad = values.findIndex((value) => typeof value === 'number' && !Number.isFinite(value));
  if (bad !== -1)
    return wrong(
      `with ${String(values[bad])} at element ${bad}, for ${showInputs(inputs)}`,
      'give a finite number, or undefined in place of all outputs where no proof may be accepted',
    );
  const isLine = !opaque || !exact;
  return {
    port,
    values: values as number[] | bigint[],
    ...(isLine ? { line: numbers } : {}),
  };
}

const typeText = ({ type }: TypedPort): string =>
  `${renderFormat(type.format)}${renderShape(type.shape)}`;

function describe(value: unknown): string {
  if (value instanceof Promise) return 'a promise';
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : `a ${typeof value}`;
}
