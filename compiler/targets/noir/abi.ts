// What a package's main function takes and returns: the inputs in their order, then what the prover chooses, which Noir
// cannot compute and takes as secret arguments; the outputs as a struct.
import { formatInterval, fractionOf } from '../../ir/format.ts';
import { portsOf } from '../../program/ports.ts';
import { renderType, type Program, type TensorType } from '../../ir/program.ts';
import { renderInterval } from '../../numbers/interval.ts';
import { findOp } from '../../ops/index.ts';
import type { Names } from './names.ts';
import { arrayOf } from './text.ts';

/** A tensor that goes in or out, by its name in Noir. */
export interface Port {
  readonly name: string;
  /** The author's name for it; the op of a choice. */
  readonly of: string;
  readonly visibility: 'public' | 'secret';
  readonly type: TensorType;
  /** The line whose value it is. */
  readonly line: number;
}

export interface Abi {
  readonly inputs: readonly Port[];
  readonly choices: readonly Port[];
  readonly outputs: readonly Port[];
}

/** Claims the names of the arguments in `names`; fields of the outputs have a scope of their own, `fields`. */
export function abiOf(program: Program, names: Names, fields: Names): Abi {
  const ports = portsOf(program);
  const port = ({ name, ...rest }: (typeof ports)[number], scope: Names): Port => ({
    ...rest,
    of: name,
    name: scope.claim(name),
  });
  const inputs = ports
    .filter(({ direction }) => direction === 'input')
    .map((each) => port(each, names));
  const choices = program.lines.flatMap(({ op, type }, line): Port[] =>
    findOp(op).choice
      ? [{ name: names.claim(`${op}_${line}`), of: op, visibility: 'secret', type, line }]
      : [],
  );
  const outputs = ports
    .filter(({ direction }) => direction === 'output')
    .map((each) => port(each, fields));
  return { inputs, choices, outputs };
}

/** `mask: pub [Field; 4],`. */
export const parameter = ({ name, visibility, type }: Port): string =>
  `${name}: ${visibility === 'public' ? 'pub ' : ''}${arrayOf(type.shape, 'Field')},`;

export const field = ({ name, type }: Port): string => `${name}: ${arrayOf(type.shape, 'Field')},`;

/** `mask: public bit[4], integers [0, 1]`. */
export function describe({ name, of, visibility, type }: Port): string {
  const fraction = fractionOf(type.format);
  const alias = name === of || name.startsWith(`${of}_`) ? '' : ` ("${of}")`;
  const unit = fraction === 0 ? '' : ` in units of 2^-${fraction}`;
  return `  ${name}${alias}: ${visibility} ${renderType(type)}, integers ${renderInterval(formatInterval(type.format))}${unit}`;
}
