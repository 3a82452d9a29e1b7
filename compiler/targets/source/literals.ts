// Attributes as TypeScript. Long lists of numbers go to a file of their own, as text.
import { renderFormat, type Format } from '../../ir/format.ts';
import { lineWidth } from './formatting.ts';
import type { Attribute, Attributes } from '../../ir/program.ts';

/** More elements than these are not for the reader of the circuit. */
const longest = 32;

/** Collects what is too long to stand in a statement, and gives it names. */
export class Constants {
  readonly #texts = new Map<string, string>();

  get isEmpty(): boolean {
    return this.#texts.size === 0;
  }

  get names(): string[] {
    return [...this.#texts.keys()];
  }

  add(name: string, values: readonly (number | bigint)[]): string {
    const kind = typeof values[0] === 'bigint' ? 'BigInt' : 'Number';
    this.#texts.set(name, `export const ${name} = numbers(${kind}, \`\n${fill(values)}\n\`);`);
    return name;
  }

  /** The file that holds them. */
  render(): string {
    return [
      '// Long lists of the circuit: constants, and positions that are gathered.',
      'const numbers = <T>(read: (text: string) => T, text: string): T[] => text.trim().split(/\\s+/).map((each) => read(each));',
      ...this.#texts.values(),
    ].join('\n\n');
  }
}

/** `{ to: q(24, 20), tolerance: 8388608n }`. `owner` is the name that long lists are called after. */
export function renderAttributes(
  attributes: Attributes,
  owner: string,
  constants: Constants,
): string {
  const entries = Object.entries(attributes).map(([key, value]) => {
    const list = isLong(value)
      ? constants.add(`${owner}${key[0]!.toUpperCase()}${key.slice(1)}`, value)
      : renderAttribute(value);
    return list === key ? key : `${key}: ${list}`;
  });
  return `{ ${entries.join(', ')} }`;
}

function isLong(value: Attribute): value is readonly number[] | readonly bigint[] {
  return Array.isArray(value) && value.length > longest;
}

export function renderAttribute(value: Attribute): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(renderAttribute).join(', ')}]`;
  return typeof value === 'object' ? renderFormatCall(value as Format) : `${value}`;
}

/** `q(24, 20)`, or the name of a format without a width. */
function renderFormatCall(format: Format): string {
  if (format.kind !== 'fixed') return renderFormat(format);
  return `${format.signed ? 'q' : 'u'}(${format.bits}, ${format.fraction})`;
}

/** Lines of at most 120 columns. */
function fill(values: readonly (number | bigint)[]): string {
  const lines: string[] = [];
  let line = ' ';
  for (const value of values) {
    const text = ` ${value}`;
    if (line.length + text.length > lineWidth) {
      lines.push(line);
      line = ' ';
    }
    line += text;
  }
  return [...lines, line].join('\n');
}
