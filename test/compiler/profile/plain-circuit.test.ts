// Plain circuits cost what they say, hold, and never change: figures of different years are ratios to the reference.
import { expect, test } from 'vitest';
import { plainInputs, plainSystem, reference } from '../../../compiler/profile/plain-circuit.ts';
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import { systemDigest } from '../../../compiler/constraints/digest.ts';
import { countRows, domainOf } from '../../../compiler/constraints/rows.ts';
import { solveWitness } from '../../../compiler/constraints/witness.ts';

test.each([
  { generic: 10, range: 0, permutations: 0 },
  { generic: 100, range: 7, permutations: 3 },
])('$generic generic rows, $range of range checks, $permutations permutations', (counts) => {
  const system = plainSystem(counts);
  const { Generic, RangeCheck0, Poseidon, Zero } = countRows(system);
  // The 0 of unused limbs costs half a row, once.
  expect(Generic).toBe(counts.generic + (counts.range > 0 ? 1 : 0));
  expect([RangeCheck0, Poseidon / 11, Zero]).toEqual([
    counts.range,
    counts.permutations,
    counts.permutations,
  ]);
  expect(checkWitness(system, solveWitness(system, plainInputs))).toBeUndefined();
});

test('the reference fills a domain of 2^13, and is what it was', () => {
  const system = plainSystem(reference);
  expect(domainOf(countRows(system))).toBe(2 ** 13);
  expect(systemDigest(system).slice(0, 16)).toMatchInlineSnapshot(`"355363b59b0cd46e"`);
});
