// Programs as text under the laws.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  checkLaws,
  replay,
  textCircuit,
  type Specification,
} from '../../../compiler/testing/index.ts';
import { defineHint } from '../../../dsl/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texts-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, ...lines: readonly string[]): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, lines.map((line) => `${line}\n`).join(''));
  return file;
}

const half = [
  'circuit half [size=2]',
  '  secret x : q12.4[2]',
  '  %1 = rescale x to=q9.1 : q9.1[2]',
  '  expose %1 name="y"',
];

test('keep them, and agree with a specification', async () => {
  const file = await write('half.lethe', ...half);
  const spec: Specification<'x'> = ({ x }) => ({ y: [...x] });
  checkLaws(textCircuit(file), { spec, numRuns: 4 });
  expect(textCircuit(pathToFileURL(file)).name).toBe('half');
});

test('fail as circuits do, with a file that reads the text', async () => {
  const file = await write('wrong.lethe', ...half);
  const spec: Specification<'x'> = ({ x }) => ({ y: x.map((value) => value / 2) });
  const circuit = textCircuit(file);
  const check = (): void => checkLaws(circuit, { spec, numRuns: 10 });
  expect(check).toThrow(`replay({ circuit: textCircuit('${file}') }, "half", {\n  law: "what is`);
  expect(check).toThrow("import { spec } from './specification.ts';");
  const inputs = { x: { fixed: [0n, 32n], real: [0, 2] } };
  const law = 'what is accepted agrees with the specification';
  expect(() => replay({ circuit }, 'half', { law, inputs, spec })).toThrow(
    'output "y", element 1: 2 is accepted, the specification says 1',
  );
});

test('name the module that is to be imported for a hint', async () => {
  const file = await write(
    'hinted.lethe',
    'circuit hinted []',
    '  secret x : q8.0[1]',
    '  %1 = advice x hint="text-circuit-hint" : q8.0[1]',
    '  %2 = sub x %1 : q9.0[1]',
    '  assert-zero %2',
  );
  expect(() => textCircuit(file)).toThrow(
    /no hint is called "text-circuit-hint"[^]*import the module that defines it before/,
  );
  defineHint('text-circuit-hint', ([x]) => x!);
  checkLaws(textCircuit(file), { numRuns: 2, spec: () => ({}) });
});

test('say what is wrong with the file', async () => {
  expect(() => textCircuit(join(folder, 'none.lethe'))).toThrow('cannot-read');
  const file = await write('bad.lethe', 'circuit bad []', '  secret x : q8.0[1]', '  %1 = nope x');
  expect(() => textCircuit(file)).toThrow('bad.lethe:3');
});
