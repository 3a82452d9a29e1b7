// A root that is forced to one number costs at most 2 rows an element more than one within a tolerance, and the docs say what.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { rootCases, rootRows } from './roots.ts';

const page = await readFile(new URL('../../docs/performance.md', import.meta.url), 'utf8');
const table = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));

test.each(rootCases)('$title', (each) => {
  const [forced, within] = rootRows(each);
  expect(forced - within).toBeLessThanOrEqual(2);
  const row = table.find((cells) => cells[1] === each.title);
  expect(row?.slice(2, 4), 'npm run op-costs writes the table').toEqual([`${forced}`, `${within}`]);
});
