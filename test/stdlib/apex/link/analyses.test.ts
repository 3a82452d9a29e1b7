// Tiles of a link under the analyses of `lethe audit`: public values follow from the inputs, commitments hide and bind, and nothing that
// is written into a witness is accepted but other statements that are true.
import { describe, expect, test } from 'vitest';
import { boundElements } from '../../../../compiler/analyses/commitments/bound.ts';
import { findUnhidden } from '../../../../compiler/analyses/commitments/hiding.ts';
import { findPartlyBound } from '../../../../compiler/analyses/commitments/unbound.ts';
import {
  analyzeAssumptions,
  openAssumptions,
} from '../../../../compiler/analyses/assumptions/assumptions.ts';
import { analyzeDeterminism } from '../../../../compiler/analyses/determinism/report.ts';
import { circuitEqualsFixed, tamper } from '../../../../compiler/testing/index.ts';
import { inTier } from '../../../tier.ts';
import { compileTile, honestTile, inputsOf, specOf, type Entries } from './tiles.ts';

const cases: readonly (readonly [size: number, weightBits: number, blocks: readonly Entries[]])[] =
  [
    [
      8,
      24,
      [
        { live: [1, 6], linked: [0, 2, 5, 7] },
        { live: [], linked: [3, 4] },
      ],
    ],
    [8, 16, [{ live: [5], linked: [0, 7] }]],
    [32, 24, [{ live: [3, 30], linked: [0, 8, 16, 24, 31] }]],
    [64, 24, [{ live: [40], linked: [1, 63] }]],
  ];

/** Leaves with a salt beside their words, with a random word, and with neither are among them. */
const tried = cases.slice(0, inTier({ quick: 1, normal: 2, full: cases.length }));

describe.each(tried)('blocks of %i, weights of %i bits, %j', (size, weightBits, blocks) => {
  const { spec, layout, places } = honestTile(specOf(size, weightBits), blocks, 4);
  const tile = compileTile(spec, layout);

  test('every value is determined, and no relation is declared', () => {
    const { free, relations, advice, determined } = analyzeDeterminism(tile);
    expect(free).toEqual([]);
    expect(relations).toEqual([]);
    expect(determined).toBe(advice);
  });

  test('nothing is assumed', () => {
    const assumptions = analyzeAssumptions(tile, new Map());
    expect(openAssumptions(assumptions, tile.program)).toEqual([]);
    expect(assumptions.findings).toEqual([]);
  });

  test('every commitment hides, and binds all that is opened', () => {
    expect(findUnhidden(tile)).toEqual([]);
    expect(findPartlyBound(tile.program, boundElements(tile))).toEqual([]);
  });

  test('tampering finds nothing', () => {
    const inputs = inputsOf(spec, places);
    circuitEqualsFixed(tile, inputs);
    const limit = inTier({ quick: 200, normal: 250, full: 20_000 });
    const { accepted, refused } = tamper(tile, inputs, { limit });
    expect(accepted).toEqual([]);
    expect(refused).toBeGreaterThan(0);
  });
});
