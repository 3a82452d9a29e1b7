// What a literal stands for, by the kind that the op declares: 7 is a bigint here and a float64 there.
import { readFormat } from '../../ir/format.ts';
import type { Attribute, Kind } from '../../ir/program.ts';
import type { Literal } from './syntax.ts';

interface Reader {
  /** In words, and as an example. */
  readonly says: string;
  readonly example: string;
  /** Undefined for a literal of another kind. */
  read(literal: Literal): Attribute | undefined;
}

/** Characters of a whole number; a field element has 77 digits. */
const longest = 200;

const integer = (literal: Literal): bigint | undefined =>
  literal.kind === 'number' && literal.text.length <= longest && /^-?\d+$/.test(literal.text)
    ? BigInt(literal.text)
    : undefined;

function number(literal: Literal): number | undefined {
  const value = literal.kind === 'number' ? Number(literal.text) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

function listOf<T>(read: (literal: Literal) => T | undefined, literal: Literal): T[] | undefined {
  if (literal.kind !== 'list') return undefined;
  const items = literal.items.map(read);
  return items.every((item) => item !== undefined) ? items : undefined;
}

const word = (literal: Literal): string => (literal.kind === 'word' ? literal.text : '');

export const readers: Readonly<Record<Kind, Reader>> = {
  integer: { says: 'a whole number', example: '7', read: integer },
  number: { says: 'a number', example: '7', read: number },
  text: {
    says: 'a string',
    example: '"in double quotes"',
    read: (literal) => (literal.kind === 'string' ? literal.text : undefined),
  },
  boolean: {
    says: 'true or false',
    example: 'true',
    read: (literal) =>
      new Map([
        ['true', true],
        ['false', false],
      ]).get(word(literal)),
  },
  format: {
    says: 'a format',
    example: 'q24.20',
    read: (literal) => readFormat(word(literal)),
  },
  integers: {
    says: 'a list of whole numbers',
    example: '[1,2]',
    read: (literal) => listOf(integer, literal),
  },
  numbers: {
    says: 'a list of numbers',
    example: '[1,2]',
    read: (literal) => listOf(number, literal),
  },
};
