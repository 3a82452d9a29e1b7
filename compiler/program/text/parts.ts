// The parts of a line, read by what the op's record says of them. Each reports its mistakes and is then undefined.
import type { Op } from '../../ops/op.ts';
import { readFormat } from '../../ir/format.ts';
import type { Attribute, Attributes, Kind, Kinds, TensorType } from '../../ir/program.ts';
import { readers } from './literals.ts';
import type { Header, Operation, Place, TypeText } from './syntax.ts';

export type Report = (code: string, place: Place, message: string, hint: string) => undefined;

export function readParameters({ parameters }: Header, report: Report): Record<string, number> {
  const read = new Map<string, number>();
  for (const { key, value } of parameters) {
    const number = /^-?\d+$/.test(value.text) ? Number(value.text) : NaN;
    if (read.has(key.text))
      report(
        'duplicate-name',
        key.place,
        `the parameter "${key.text}" is given twice`,
        'remove one of the two',
      );
    if (!Number.isSafeInteger(number))
      report(
        'bad-parameter',
        value.place,
        `the parameter "${key.text}" is ${value.text}, which is not a whole number`,
        'a parameter is a size or a count, below 2^53',
      );
    read.set(key.text, number);
  }
  return Object.fromEntries(read);
}

export function readType({ format, lengths }: TypeText, report: Report): TensorType | undefined {
  const read = readFormat(format.text);
  if (!read)
    return report(
      'bad-format',
      format.place,
      `"${format.text}" is not a format`,
      'q24.20, u12.0, bit, field or digest',
    );
  const wrong = lengths.find((length) => !/^\d+$/.test(length));
  if (wrong !== undefined)
    return report(
      'bad-shape',
      format.place,
      `a length of ${wrong} in a shape`,
      'lengths are whole numbers: [2,8]; a scalar has the shape []',
    );
  return { shape: lengths.map(Number), format: read };
}

/** What a record with a declared type has after the colon alone. */
const afterColon = ['shape', 'format'];

const kindOf = (kind: string): Kind => kind.replace('?', '') as Kind;

/** `type` is the declared one, of an op that has it. */
export function readAttributes(
  { name, declared, attributes: all = {} }: Op,
  { op, attributes: pairs }: Operation,
  type: TensorType | undefined,
  report: Report,
): Attributes | undefined {
  const kinds: Kinds = Object.fromEntries(
    Object.entries(all).filter(([key]) => !(declared && afterColon.includes(key))),
  );
  const known = Object.keys(kinds);
  const values = new Map<string, Attribute | undefined>();
  for (const { key, value, place } of pairs) {
    if (!known.includes(key.text))
      report(
        'bad-attribute',
        key.place,
        `${name} has no attribute "${key.text}"`,
        known.length > 0 ? `it has: ${known.join(', ')}` : 'it has none',
      );
    else if (values.has(key.text))
      report(
        'bad-attribute',
        key.place,
        `the attribute "${key.text}" is given twice`,
        'remove one of the two',
      );
    else {
      const { read, says, example } = readers[kindOf(kinds[key.text]!)];
      const found = read(value);
      values.set(key.text, found);
      if (found === undefined)
        report(
          'bad-attribute',
          place,
          `the attribute "${key.text}" of ${name} is not ${says}`,
          `${key.text}=${example}`,
        );
    }
  }
  const needed = Object.entries(kinds).filter(([, kind]) => !kind.endsWith('?'));
  for (const [key, kind] of needed)
    if (!values.has(key))
      report(
        'bad-attribute',
        op.place,
        `${name} lacks the attribute "${key}"`,
        `${key}=${readers[kindOf(kind)].example}`,
      );
  const complete = needed.every(([key]) => values.get(key) !== undefined);
  const read = [...values.values()].every((value) => value !== undefined);
  if (!complete || !read || pairs.length !== values.size || (declared && !type)) return undefined;
  const given = new Map([...values, ...(declared ? Object.entries(type!) : [])]);
  const keys = Object.keys(all).filter((key) => given.has(key));
  return Object.fromEntries(keys.map((key) => [key, given.get(key)!]));
}
