// Noir source as lines of text: types, literals, loops and comments.
import type { Shape } from '../../ir/shape.ts';

export interface Axis {
  readonly name: string;
  readonly length: number;
}

export const indent = (lines: readonly string[]): string[] =>
  lines.map((line) => (line === '' ? '' : `    ${line}`));

/** `for i in 0..2 { for j in 0..3 { … } }`; the body alone for no axes. */
export function loops(axes: readonly Axis[], body: readonly string[]): string[] {
  const [axis, ...inner] = axes;
  if (!axis) return [...body];
  return [`for ${axis.name} in 0..${axis.length} {`, ...indent(loops(inner, body)), '}'];
}

/** `x[i][j]`. */
export const element = (value: string, index: readonly string[]): string =>
  value + index.map((i) => `[${i}]`).join('');

/** `[[Field; 3]; 2]` for the shape [2, 3]. */
export const arrayOf = (shape: Shape, content: string): string =>
  shape.reduceRight((inner, length) => `[${inner}; ${length}]`, content);

/** Flat, row-major elements as nested array literals. */
export function nested(shape: Shape, elements: readonly string[]): string {
  const [length, ...inner] = shape;
  if (length === undefined) return elements[0]!;
  const step = elements.length / length;
  const rows = Array.from({ length }, (_, i) =>
    nested(inner, elements.slice(i * step, (i + 1) * step)),
  );
  return `[${rows.join(', ')}]`;
}

/** Small integers in decimal, larger ones in hexadecimal, where powers of two are seen. */
export function literal(x: bigint): string {
  if (x < 0n) return `-${literal(-x)}`;
  return x < 1n << 16n ? x.toString() : `0x${x.toString(16)}`;
}

/** One line of comment, whatever the text: Noir's comments are ASCII, and what an author named must not end one. */
export function comment(text: string, mark = '//'): string {
  const ascii = text
    .replaceAll('≈', '~')
    .replaceAll('−', '-')
    .replace(/[^\x20-\x7e]/g, '?');
  const short = ascii.length > longest ? `${ascii.slice(0, longest - 3)}...` : ascii;
  return `${mark} ${short}`.trimEnd();
}

/** Constants and indices may be many. */
const longest = 160;
