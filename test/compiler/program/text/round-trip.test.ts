// What is printed is read back, in every detail but where it was written.
import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { print } from '../../../../compiler/program/print.ts';
import type { Line, Program } from '../../../../compiler/ir/program.ts';
import { parse } from '../../../../compiler/program/text/parse.ts';
import { arbitraryProgram } from '../../../../compiler/testing/index.ts';
import { circuit, u } from '../../../../dsl/index.ts';
import { programs } from '../../ops/programs.ts';

/** What the text holds. */
const content = ({ name, parameters, lines }: Program) => ({
  name,
  parameters,
  lines: lines.map(({ where, ...line }) => line),
});

const runs = (times: number) => ({ numRuns: times * fc.readConfigureGlobal().numRuns! });

function survives(program: Program): void {
  expect(content(parse(print(program)))).toStrictEqual(content(program));
}

const golden = new URL('../../../golden/', import.meta.url);

const texts = (await readdir(golden)).filter((file) => file.endsWith('.lethe'));

test.each(texts)('golden %s', async (file) => {
  const text = await readFile(new URL(file, golden), 'utf8');
  expect(print(parse(text))).toBe(text);
});

test('where a line was written', () => {
  const text = 'circuit c\n\n  secret x : bit[]\n  # not\n\texpose x name="y"';
  expect(parse(text, 'c.lethe').lines.map(({ where }) => where)).toEqual([
    { file: 'c.lethe', line: 3, column: 3 },
    { file: 'c.lethe', line: 5, column: 2 },
  ]);
});

test('random programs', () => {
  fc.assert(fc.property(arbitraryProgram({ lines: 12 }), survives), runs(12));
});

test('random programs of every op', () => {
  fc.assert(fc.property(fc.oneof(...Object.values(programs)), survives), runs(10));
});

test('numbers that are hard to print', () => {
  const x: Line = parse('circuit c\n secret x : q200.0[]').lines[0]!;
  const { where, ...input } = x;
  for (const within of [5e-324, 1e21, 1.7976931348623157e308, 0.1, 123456789.125, 2 ** 53]) {
    const type = { shape: [0], format: { kind: 'bit' } } as const;
    const line: Line = { op: 'assert-accurate', arguments: [0], attributes: { within }, type };
    survives({ name: 'c', parameters: {}, lines: [input, line] });
  }
});

test('names and parameters of any kind', () => {
  const parameters = fc.dictionary(fc.string(), fc.maxSafeInteger(), { noNullPrototype: true });
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), parameters, (name, given) =>
      survives({ name, parameters: given, lines: [] }),
    ),
  );
});

test('an attribute that may be left out', () => {
  for (const options of [{}, { within: 2 ** -9 }]) {
    const program = circuit('root', {}, (c) => {
      const x = c.secret('x', u(8, 0), [2]);
      c.advice('square-root', [x], u(8, 4), [2], options).expose('root');
    }).build();
    expect(print(parse(print(program)))).toBe(print(program));
    expect(parse(print(program)).lines[1]!.attributes).toEqual(program.lines[1]!.attributes);
  }
});
