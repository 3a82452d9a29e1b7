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

export type Attribute =
  number | bigint | string | boolean | Format | readonly number[] | readonly bigint[];
export type Attributes = Readonly<Record<string, Attribute>>;

/** What an attribute holds: `integer` is exact, a bigint; `number` a float64. By it text is read. */
export type Kind = 'integer' | 'number' | 'text' | 'boolean' | 'format' | 'integers' | 'numbers';

type KindOf<T> = [T] extends [bigint]
  ? 'integer'
  : [T] extends [number]
    ? 'number'
    : [T] extends [string]
      ? 'text'
      : [T] extends [boolean]
        ? 'boolean'
        : [T] extends [readonly bigint[]]
          ? 'integers'
          : [T] extends [readonly number[]]
            ? 'numbers'
            : [T] extends [Format]
              ? 'format'
              : Kind;

/** A question mark marks an attribute that may be left out. */
export type Kinds<A extends Attributes = Attributes> = {
  readonly [K in keyof A]-?: undefined extends A[K]
    ? `${KindOf<Exclude<A[K], undefined>>}?`
    : string extends K
      ? Kind | `${Kind}?`
      : KindOf<A[K]>;
};

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

/** A letter, then letters, digits, "_", "-" and ".". */
export const isName = (text: string): boolean => /^[A-Za-z_][\w.-]*$/.test(text);

/** The same program with other lines; the same object when they are the same. */
export function withLines(program: Program, lines: readonly Line[]): Program {
  const same =
    lines.length === program.lines.length && lines.every((line, i) => line === program.lines[i]);
  return same ? program : { ...program, lines };
}
