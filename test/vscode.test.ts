// The colours of VS Code: the patterns, in order, name what the words of a program are.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

interface Pattern {
  readonly match: string;
  readonly name?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
}

const file = new URL('../docs/vscode/syntaxes/lethe.tmLanguage.json', import.meta.url);
const { patterns } = JSON.parse(await readFile(file, 'utf8')) as { patterns: Pattern[] };

/** As VS Code does it: at each place the leftmost match, the first pattern's where several begin there. */
function colours(line: string): [string, string][] {
  const found: [string, string][] = [];
  for (let from = 0; ;) {
    const matches = patterns.flatMap((pattern) => {
      const regexp = new RegExp(pattern.match, 'dg');
      regexp.lastIndex = from;
      const match = regexp.exec(line);
      return match ? [{ pattern, match }] : [];
    });
    const [first] = matches.sort((a, b) => a.match.index - b.match.index);
    if (!first) return found;
    const { pattern, match } = first;
    for (const [group, { name }] of Object.entries(pattern.captures ?? {}))
      found.push([match[Number(group)]!, name]);
    if (pattern.name) found.push([match[0], pattern.name]);
    from = match.index + Math.max(1, match[0].length);
  }
}

const short = (line: string): string =>
  colours(line)
    .map(([text, name]) => `${text}:${name.split('.').slice(0, 2).join('.')}`)
    .join(' ');

test.each([
  [
    'circuit group-obs [blocks=2]',
    'circuit:keyword.declaration group-obs:entity.name blocks:entity.other 2:constant.numeric',
  ],
  [
    '  secret x : q8.0[2]  # note 1',
    'secret:storage.modifier x:variable.parameter q8.0:storage.type 2:constant.numeric # note 1:comment.line',
  ],
  [
    '  %4 = contract %2 x subscripts="i,i->" : bit[]',
    '%4:variable.other contract:support.function %2:variable.other subscripts:entity.other "i,i->":string.quoted bit:storage.type',
  ],
  [
    '  assert-accurate %1 within=1e-4',
    'assert-accurate:keyword.control %1:variable.other within:entity.other 1e-4:constant.numeric',
  ],
])('%s', (line, expected) => {
  expect(short(line)).toBe(expected);
});
