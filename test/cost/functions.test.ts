// The table of functions in docs says what is made and proved today.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { functionCases, functionRow } from './functions.ts';

const page = await readFile(new URL('../../docs/performance.md', import.meta.url), 'utf8');
const table = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));

test.each(functionCases)('$name at 2^-$fraction', (each) => {
  const row = functionRow(each);
  const written = table.find((cells) => row.slice(0, 3).every((cell, i) => cell === cells[i + 1]));
  expect(written?.slice(1, -1), 'npm run op-costs writes the table').toEqual(row);
  const [proved, found] = row.slice(-2).map(Number) as [number, number];
  expect(proved).toBeLessThanOrEqual(1);
  expect(found).toBeLessThanOrEqual(proved);
  expect(proved).toBeLessThanOrEqual(2 * found);
});
