// Programs of one op on small formats, and every input that they can have.
import { formatInterval, type Format } from '../../../../compiler/ir/format.ts';
import type { Attributes } from '../../../../compiler/ir/program.ts';
import { sizeOf, type Shape } from '../../../../compiler/ir/shape.ts';
import { lower, type LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { ProgramBuilder } from '../../../../compiler/program/builder.ts';
import type { Abi } from '../../../../compiler/targets/noir/abi.ts';
import type { Tensors } from './noir.ts';

/** The op on secret inputs of these formats, all of one shape, and its value exposed. */
export function oneLine(
  op: string,
  formats: readonly Format[],
  attributes: Attributes = {},
  shape: Shape = [],
): LoweredProgram {
  const builder = new ProgramBuilder();
  const inputs = formats.map((format, i) =>
    builder.append('input', [], { name: `x${i}`, visibility: 'secret', format, shape }),
  );
  builder.append('expose', [builder.append(op, inputs, attributes)], { name: 'y' });
  return lower(builder.finish('small', {}));
}

export interface SmallInput {
  /** By name, as the fixed meaning takes them. */
  readonly named: ReadonlyMap<string, bigint[]>;
  readonly tensors: Tensors;
  readonly text: string;
}

const integersOf = (low: bigint, high: bigint): bigint[] =>
  Array.from({ length: Number(high - low) + 1 }, (_, i) => low + BigInt(i));

/** Every integer of the formats in every element of the inputs; or those that are chosen from low to high. */
export function everyInput(
  { inputs }: Pick<Abi, 'inputs'>,
  choose: (low: bigint, high: bigint) => readonly bigint[] = integersOf,
): SmallInput[] {
  const each = inputs.map(({ type }) => {
    const { low, high } = formatInterval(type.format);
    return every(new Array<readonly bigint[]>(sizeOf(type.shape)).fill(choose(low, high)));
  });
  return every(each).map((values) => ({
    named: new Map(inputs.map(({ of }, i) => [of, values[i]!])),
    tensors: new Map(inputs.map(({ line }, i) => [line, values[i]!])),
    text: inputs.map(({ of }, i) => `${of} = ${values[i]!.join(', ')}`).join('; '),
  }));
}

/** One of each list, in all ways. */
const every = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>(
    (rows, list) => rows.flatMap((row) => list.map((last) => [...row, last])),
    [[]],
  );
