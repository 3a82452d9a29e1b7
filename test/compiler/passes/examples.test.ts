// What each pass does to small texts: to the example of its own header, and to those in the folder of its name, beside
// which stands what comes out.
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { print } from '../../../compiler/program/print.ts';
import { parse } from '../../../compiler/program/text/parse.ts';
import { verify } from '../../../compiler/program/verify.ts';
import { pipeline, type Pass } from '../../../compiler/passes/pipeline.ts';

const apply = ({ name, run }: Pass, text: string, file: string): string =>
  print(verify(run(parse(text, file)), name));

/** The sections of a file's header, by the word they begin with: `//   before            circuit example`. */
function sections(source: string): Map<string, string> {
  const found = new Map<string, string>();
  let current = '';
  for (const line of source.split('\n')) {
    if (!line.startsWith('//')) break;
    const [, word, text] = /^\/\/(?: {3}(\w+) +| {21})(\S.*|  \S.*)$/.exec(line) ?? [];
    if (text === undefined) continue;
    current = word ?? current;
    found.set(current, `${found.get(current) ?? ''}${text}\n`);
  }
  return found;
}

describe.each(pipeline)('$name', (pass) => {
  test('does what its header shows', async () => {
    const file = `compiler/passes/${pass.name}.ts`;
    const header = sections(await readFile(new URL(`../../../${file}`, import.meta.url), 'utf8'));
    expect([...header.keys()]).toEqual(['before', 'after', 'requires', 'ensures']);
    expect(apply(pass, header.get('before')!, file)).toBe(header.get('after'));
  });
});

const folders = pipeline.map((pass) => ({
  pass,
  folder: new URL(`${pass.name}/`, import.meta.url),
}));
const examples = await Promise.all(
  folders.map(async ({ pass, folder }) => {
    const files = (await readdir(folder)).filter((file) => /^[\w-]+\.lethe$/.test(file));
    return files.map((file) => ({ pass, file, name: `${pass.name}/${file}`, folder }));
  }),
);

test.each(examples.flat())('$name', async ({ pass, file, name, folder }) => {
  const text = await readFile(new URL(file, folder), 'utf8');
  const after = name.replace(/\.lethe$/, '.after.lethe');
  await expect(apply(pass, text, name)).toMatchFileSnapshot(after);
});
