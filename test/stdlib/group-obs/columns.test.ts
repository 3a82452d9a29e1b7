// Group OBS by columns under the laws that every circuit keeps: it accepts exactly −τ ≤ K_SS ν − θ_S < τ, whichever way its sums are
// computed.
import { expect, test } from 'vitest';
import { circuitLaws } from '../../../compiler/testing/index.ts';
import { inTier, runs } from '../../tier.ts';
import { columnsCircuit, columnsInputs, columnsSpecification } from './columns.ts';

/** Columns of those lengths, so many blocks. */
type Case = readonly [lengths: readonly number[], blocks: number];

const byImages: readonly Case[] = [
  [[1, 2, 2], 1],
  [[1, 3], 2],
  [[1, 1, 2, 3], 1],
  [[2, 6], 1],
  [[5, 5], 1],
];
const bySquare: readonly Case[] = [
  [[3], 2],
  [[1], 1],
];

const tried = [byImages, bySquare].flatMap((cases) =>
  cases.slice(0, inTier({ quick: 1, normal: 1, full: cases.length })),
);

for (const [lengths, blocks] of tried)
  circuitLaws(columnsCircuit(lengths, blocks), {
    inputs: columnsInputs(lengths, blocks),
    spec: columnsSpecification(lengths, blocks),
    cost: `costs/columns-${lengths.join('-')}.json`,
    numRuns: runs(8),
  });

const multiplies = ([lengths, blocks]: Case): boolean =>
  columnsCircuit(lengths, blocks)
    .build()
    .lines.some(({ op }) => op === 'mul');

test('a single column is squared', () => {
  expect(byImages.map(multiplies)).toEqual(byImages.map(() => false));
  expect(bySquare.map(multiplies)).toEqual(bySquare.map(() => true));
});
