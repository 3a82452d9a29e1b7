// Programs as text: one line of text for each line, in a form that can be read back. Attributes print as
// key=value, except that an op with a declared type has shape and format after the colon alone.
import { findOp } from '../ops/index.ts';
import { renderFormat, type Format } from './format.ts';
import type { Attribute, Line, Program } from './program.ts';
import { renderShape } from './shape.ts';

/** `note` may add a comment to a line. */
export function print(program: Program, note?: (line: number) => string | undefined): string {
  const texts = program.lines.map((_, line) => printLine(program, line));
  const notes = program.lines.map((_, line) => note?.(line));
  const width = Math.min(72, Math.max(0, ...texts.map((text) => text.length)));
  const body = texts.map((text, line) =>
    notes[line] ? `  ${text.padEnd(width)}  # ${notes[line]}` : `  ${text}`,
  );
  return [header(program), ...body, ''].join('\n');
}

function header({ name, parameters }: Program): string {
  const entries = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
  return `circuit ${name}${entries.length > 0 ? ` [${entries.join(' ')}]` : ''}`;
}

/** Inputs are called by their name, other values by the number of their line. */
function nameOf(program: Program, value: number): string {
  const line = program.lines[value]!;
  return findOp(line.op).input?.(line.attributes).name ?? `%${value}`;
}

export function printLine(program: Program, number: number): string {
  const line = program.lines[number]!;
  const op = findOp(line.op);
  const type = `${renderFormat(line.type.format)}${renderShape(line.type.shape)}`;
  const input = op.input?.(line.attributes);
  if (input) return `${input.visibility} ${input.name} : ${type}`;
  const words = [
    line.op,
    ...line.arguments.map((argument) => nameOf(program, argument)),
    ...attributesOf(line).map(([key, value]) => `${key}=${printAttribute(value)}`),
  ].join(' ');
  return op.effect ? words : `%${number} = ${words} : ${type}`;
}

function attributesOf({ op, attributes }: Line): [string, Attribute][] {
  const hidden = findOp(op).declared ? ['shape', 'format'] : [];
  return Object.entries(attributes).filter(([key]) => !hidden.includes(key));
}

function printAttribute(value: Attribute): string {
  if (typeof value === 'bigint') return `${value}`;
  if (typeof value === 'number')
    return Number.isInteger(value) ? `${value}` : value.toExponential();
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(printAttribute).join(',')}]`;
  return typeof value === 'object' ? renderFormat(value as Format) : `${value}`;
}
