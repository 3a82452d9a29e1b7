// Programs that must fail, one a file under error/: the whole message is pinned beside each, with the author's line,
// what was expected, what came, and the cure.
import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { compileCircuit } from '../compiler/compile.ts';
import { isLetheError, render } from '../compiler/diagnostics/diagnostic.ts';
import { isCircuit } from '../dsl/circuit.ts';

const folder = new URL('./error/', import.meta.url);
const names = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();

async function messageOf(file: string): Promise<string> {
  const { default: circuit } = (await import(new URL(file, folder).href)) as { default: unknown };
  if (!isCircuit(circuit)) throw new Error(`${file} exports no circuit`);
  try {
    compileCircuit(circuit);
  } catch (error) {
    if (isLetheError(error)) return `${error.diagnostics.map((each) => render(each)).join('\n')}\n`;
    throw error;
  }
  throw new Error(`${file} compiles`);
}

test.each(names)('%s', async (file) => {
  await expect(await messageOf(file)).toMatchFileSnapshot(`error/${file.replace(/\.ts$/, '.txt')}`);
});

test('there are enough of them', () => {
  expect(names.length).toBeGreaterThanOrEqual(40);
});
