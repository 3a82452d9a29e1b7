// The derived bounds against the worst that a few runs find; and the table in docs says what is derived today.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { measured } from './circuits.ts';
import { measure } from './measure.ts';

const table = await readFile(new URL('../../docs/tightness.md', import.meta.url), 'utf8');

test.each(measured)('$title', (each) => {
  const { bound, worst, runs } = measure(each, 40);
  expect(runs).toBe(40);
  // Float64, in which the reals are computed, is exact to far fewer digits than are compared.
  expect(worst).toBeLessThanOrEqual(bound * (1 + 1e-9));
  expect(bound / worst).toBeLessThan(10);
  const row = table.split('\n').find((line) => line.includes(each.title));
  expect(row?.split('|')[2]?.trim(), 'npm run tightness writes the table').toBe(
    bound.toExponential(2),
  );
});
