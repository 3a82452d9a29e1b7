// What docs/ says of the tree is true: files and folders that it names exist, and tests lie where it says that they do.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';

const rooms = ['compiler', 'dsl', 'stdlib', 'examples', 'test', 'docs'];
const names = rooms.flatMap((room) => [
  room,
  ...readdirSync(room, { recursive: true, encoding: 'utf8' }).map((name) => `${room}/${name}`),
]);
const exists = (path: string): boolean =>
  names.some((name) => name === path || name.endsWith(`/${path}`));

const architecture = readFileSync('docs/architecture.md', 'utf8');

test.each(readdirSync('docs').filter((name) => name.endsWith('.md')))('paths in %s', (name) => {
  const text = readFileSync(`docs/${name}`, 'utf8');
  const paths = [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]*)`/g)]
    .map(([, path]) => path!.replace(/\/$/, ''))
    .filter(
      (path) => rooms.includes(path.split('/')[0]!) || exists(`compiler/${path.split('/')[0]}`),
    );
  const files = [...text.matchAll(/(?<![\w*./-])[\w-]+\.ts\b/g)].map(([file]) => file);
  expect([...paths, ...files].filter((path) => !exists(path))).toEqual([]);
});

test('folders in the tree of architecture.md', () => {
  const outer: { indent: number; path: string }[] = [];
  const missing = architecture.split('\n').flatMap((line) => {
    const [, space, folders] = /^( *)((?:[\w/-]+\/(?: +|$))+)/.exec(line) ?? [];
    if (space === undefined || folders === undefined) return [];
    while ((outer.at(-1)?.indent ?? -1) >= space.length) outer.pop();
    const parent = outer.at(-1)?.path ?? '';
    const paths = folders.match(/[\w/-]+(?=\/(?: |$))/g)!.map((folder) => parent + folder);
    outer.push({ indent: space.length, path: `${paths.at(-1)}/` });
    return paths.filter((path) => !names.includes(path));
  });
  expect(missing).toEqual([]);
  expect(outer.length).toBeGreaterThan(0);
});

test('a test of a room lies in the folder of its name, or one below it', () => {
  const folders = new Set(names.filter((name) => statSync(name).isDirectory()));
  const astray = names
    .filter((name) => /^test\/(compiler|dsl|stdlib|examples)\/.*\.test\.ts$/.test(name))
    .map((name) => dirname(name.replace(/^test\//, '')))
    .filter((folder) => !folders.has(folder) && !folders.has(dirname(folder)));
  expect(astray).toEqual([]);
});

test('the specifications in laws.md are those of the files that use them', () => {
  const text = readFileSync('docs/laws.md', 'utf8');
  const blocks = [...text.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code!);
  for (const file of [
    'compiler/cli/starter/specification.ts',
    'test/compiler/testing/specification/mask.ts',
  ]) {
    const source = readFileSync(file, 'utf8');
    expect(blocks.some((block) => source.endsWith(block) && block.includes('Specification'))).toBe(
      true,
    );
  }
});
