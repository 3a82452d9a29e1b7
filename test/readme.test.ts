// The examples of README and guide are programs: they are taken from the text and tried.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { canonical } from '../compiler/program/text/canonical.ts';
import { lethe, withFiles } from './compiler/cli/lethe.ts';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test('the author example of the README compiles', () => {
  const [, example] = /```ts\n([\s\S]*?)```/.exec(readme)!;
  return withFiles(
    { 'example.ts': example! },
    async (path) => {
      const { exit, stdout } = await lethe('inspect', path('example.ts'));
      expect(exit).toBe(0);
      expect(stdout).toContain('circuit forget [blocks=2 size=4]');
      expect(stdout).toContain('expose');
    },
    { inPackage: true },
  );
});

test('its commands name files that are there', async () => {
  const files = [...readme.matchAll(/examples\/[\w./-]+/g)].map(([file]) => file);
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) await readFile(new URL(`../${file}`, import.meta.url));
});

test('the program as text in the guide is one, in its one form', async () => {
  const guide = await readFile(new URL('../docs/guide.md', import.meta.url), 'utf8');
  const [, text] = /```\n(circuit [\s\S]*?)```/.exec(guide)!;
  expect(canonical(text!, 'guide.md')).toBe(text);
});
