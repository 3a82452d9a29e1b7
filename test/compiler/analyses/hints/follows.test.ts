// A value that lies near a function of a secret needs no commitment to it, as long as that says something of the value.
import { expect, test } from 'vitest';
import { q } from '../../../../dsl/index.ts';
import { assumedOf } from './author.ts';

const rootWithin = (tolerance: number): string[] =>
  assumedOf((c) => {
    const v = c.secret('v', q(12, 4));
    c.root({ of: (x) => x.sub(v), format: q(14, 4), tolerance }).expose('x');
  }).map(([name]) => name);

test('a root within a tolerance', () => {
  expect(rootWithin(0.5)).toEqual([]);
  expect(rootWithin(100)).toEqual([]);
  // Every number of the format is accepted.
  expect(rootWithin(10000)).toEqual(['v.unbound']);
});
