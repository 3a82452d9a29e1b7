// lethe bench without proofs: where the rows go.
import { expect, test } from 'vitest';
import { exampleFile, exampleInputs, lethe, withFiles } from './lethe.ts';

interface Bench {
  readonly rows: number;
  readonly byPurpose: Readonly<Record<string, number>>;
  readonly parts: readonly { readonly op: string; readonly rows: number }[];
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

test('every row has a place', async () => {
  const { exit, stdout } = await lethe('bench', exampleFile, '--json');
  expect(exit).toBe(0);
  const { rows, byPurpose, parts } = JSON.parse(stdout) as Bench;
  expect(sum(Object.values(byPurpose))).toBe(rows);
  expect(sum(parts.map((part) => part.rows))).toBe(rows);
  expect(parts.map(({ op }) => op)).toContain('solve-gram');
  const inspected = JSON.parse((await lethe('inspect', exampleFile, '--json')).stdout) as {
    rows: { total: number };
  };
  expect(rows).toBe(inspected.rows.total);
});

test('as a table, and for other parameters', async () => {
  const { exit, stdout } = await lethe('bench', exampleFile, '--set', 'size=3');
  expect(exit).toBe(0);
  expect(stdout).toMatch(
    /^group-obs: \d+ rows in a domain of 2\^13\n\npurpose +rows +share\nopening /,
  );
  expect(stdout).toMatch(/\nsolve-gram +product +arithmetic +[\d.]+ +[\d.]+ %\n/);
});

test('inputs that the circuit refuses are not measured', () =>
  withFiles({ 'bad.json': '{"weights": [[9999]]}' }, async (path) => {
    const { exit, stdout } = await lethe(
      'bench',
      exampleFile,
      '--inputs',
      path('bad.json'),
      '--json',
    );
    expect(exit).toBe(2);
    expect(stdout).toContain('"ok":false');
  }));

test('the number of runs is a number of runs', async () => {
  const args = ['bench', exampleFile, '--inputs', exampleInputs, '--runs', '0'];
  const { exit, stderr } = await lethe(...args);
  expect(exit).toBe(2);
  expect(stderr).toContain('a whole number from 1 to 100');
});
