// The program: A-normal form, immutable, statically shaped. A value is named by the number of its line.
import type { SourceLine } from '../diagnostics/diagnostic.ts';
import { renderFormat, type Format } from './format.ts';
import type { Choice } from './open.ts';
import { renderShape, type Shape } from './shape.ts';

export interface TensorType {
  readonly shape: Shape;
  readonly format: Format;
}

/** `q24.20[2,8]`. */
export const renderType = ({ shape, format }: TensorType): string =>
  `${renderFormat(format)}${renderShape(shape)}`;

/** What a line of an effect (an assertion, an output) is said to return: no elements. */
export const nothing: TensorType = { shape: [0], format: { kind: 'bit' } };

export type Attribute = number | bigint | string | boolean | Format | readonly Attribute[];
export type Attributes = Readonly<Record<string, Attribute>>;

/** One operation. `arguments` are numbers of earlier lines. */
export interface Line {
  readonly op: string;
  readonly arguments: readonly number[];
  readonly attributes: Attributes;
  readonly type: TensorType;
  readonly where?: SourceLine;
}

export interface Program {
  readonly name: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly lines: readonly Line[];
  /** What the author left open, as it was chosen. */
  readonly choices?: readonly Choice[];
}

/** The same program with other lines; the same object when they are the same. */
export function withLines(program: Program, lines: readonly Line[]): Program {
  const same =
    lines.length === program.lines.length && lines.every((line, i) => line === program.lines[i]);
  return same ? program : { ...program, lines };
}
