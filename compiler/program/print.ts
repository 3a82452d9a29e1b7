// Programs as text, which `text/parse.ts` reads back: one line of text for each line. Attributes print as key=value,
// except that an op with a declared type has shape and format after the colon alone.
import { findOp } from '../ops/index.ts';
import { renderFormat, type Format } from '../ir/format.ts';
import { isName, renderType, type Attribute, type Line, type Program } from '../ir/program.ts';
import { declaredInput } from './ports.ts';

/** A line of text; its note is a comment, which starts with #. */
export interface Row {
  readonly text?: string;
  readonly note?: string | undefined;
  /** Not indented. */
  readonly edge?: boolean;
}

/** `note` may add a comment to a line. `brief` is for readers: what is left out cannot be read back. */
export function print(
  program: Program,
  note?: (line: number) => string | undefined,
  { brief = false }: { readonly brief?: boolean } = {},
): string {
  const rows = program.lines.map((_, line): Row => {
    const remark = note?.(line);
    const text = brief ? describeLine(program, line) : printLine(program, line);
    return { text, note: remark === undefined ? remark : `# ${remark}` };
  });
  return layOut([{ text: printHeader(program), edge: true }, ...rows]);
}

/** Rows are indented but for those at the edge; notes beside lines stand in one column. */
export function layOut(rows: readonly Row[]): string {
  const widths = rows.map(({ text = '', edge }) => (edge ? 0 : text.length));
  const column = Math.min(
    72,
    widths.reduce((a, b) => Math.max(a, b), 0),
  );
  return rows
    .map(({ text, note, edge }) => {
      const words = text !== undefined && note !== undefined && !edge ? text.padEnd(column) : text;
      const parts = [words, note].filter((part) => part !== undefined);
      return parts.length > 0 ? `${edge ? '' : '  '}${parts.join('  ')}\n` : '\n';
    })
    .join('');
}

export function printHeader({ name, parameters }: Program): string {
  const entries = Object.entries(parameters).map(([key, value]) => `${printName(key)}=${value}`);
  return `circuit ${printName(name)}${entries.length > 0 ? ` [${entries.join(' ')}]` : ''}`;
}

const printName = (text: string): string => (isName(text) ? text : JSON.stringify(text));

/** Inputs are called by their name, other values by the number of their line. */
export function nameOf(program: Program, value: number): string {
  const line = program.lines[value]!;
  return declaredInput(line)?.name ?? `%${value}`;
}

export const printLine = (program: Program, number: number): string =>
  lineOf(program, number, printAttribute);

/** For messages: of a long list, the first numbers and how many more there are. */
export const describeLine = (program: Program, number: number): string =>
  lineOf(program, number, briefAttribute);

function lineOf(program: Program, number: number, write: (value: Attribute) => string): string {
  const printPair = ([key, value]: readonly [string, Attribute]): string =>
    `${key}=${write(value)}`;
  const line = program.lines[number]!;
  const op = findOp(line.op);
  const type = renderType(line.type);
  const input = declaredInput(line);
  if (input) {
    const rest = attributesOf(line).filter(([key]) => key !== 'name' && key !== 'visibility');
    return `${[input.visibility, input.name, ...rest.map(printPair)].join(' ')} : ${type}`;
  }
  const words = [
    line.op,
    ...line.arguments.map((argument) => nameOf(program, argument)),
    ...attributesOf(line).map(printPair),
  ].join(' ');
  return op.effect ? words : `%${number} = ${words} : ${type}`;
}

/** In the order of the op's record. */
function attributesOf({ op, attributes }: Line): [string, Attribute][] {
  const { declared, attributes: kinds = {} } = findOp(op);
  const [hidden, order] = [declared ? ['shape', 'format'] : [], Object.keys(kinds)];
  return Object.entries(attributes)
    .filter(([key]) => !hidden.includes(key))
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

export function printAttribute(value: Attribute): string {
  if (typeof value === 'number') return printNumber(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(printAttribute).join(',')}]`;
  return typeof value === 'object' ? renderFormat(value as Format) : `${value}`;
}

/** Numbers of a list that a message shows. */
const mostShown = 4;

function briefAttribute(value: Attribute): string {
  if (!Array.isArray(value) || value.length <= mostShown + 1) return printAttribute(value);
  const shown = value.slice(0, mostShown).map(printAttribute);
  return `[${shown.join(',')}, … ${value.length - mostShown} more]`;
}

function printNumber(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return Number.isInteger(value) ? `${value}` : value.toExponential();
}
