// Texts that are no programs, one a file under bad/: all messages are pinned beside each. A mistake is reported once,
// not again where its value is used.
import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { isLetheError, render } from '../../../../compiler/diagnostics/diagnostic.ts';
import { parse } from '../../../../compiler/program/text/parse.ts';

const folder = new URL('./bad/', import.meta.url);
const files = (await readdir(folder)).filter((file) => file.endsWith('.lethe')).sort();

test.each(files)('%s', async (file) => {
  const text = await readFile(new URL(file, folder), 'utf8');
  const messages = findings(text, file);
  await expect(messages).toMatchFileSnapshot(`bad/${file.replace(/\.lethe$/, '.txt')}`);
});

function findings(text: string, file: string): string {
  try {
    parse(text, file);
  } catch (error) {
    if (!isLetheError(error)) throw error;
    return `${error.diagnostics.map((each) => render(each)).join('\n')}\n`;
  }
  throw new Error(`${file} is a program`);
}
