// Tiles under the analyses of `lethe audit`: public values follow from the inputs, commitments hide and bind, and nothing that is written
// into a witness is accepted but other statements that are true.
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
import type { Layout } from '../../../../stdlib/apex/circuit/layout.ts';
import { inTier } from '../../../tier.ts';
import { compileTile, honestPlaces, inputsOf, specOf } from './tiles.ts';

const layouts: readonly (readonly [size: number, layout: Layout])[] = [
  [
    8,
    [
      { shape: [4], blocks: 1 },
      { shape: [4, 8], blocks: 1 },
    ],
  ],
  [32, [{ shape: [16, 24, 32], blocks: 1 }]],
  [5, [{ shape: [4, 8, 8], blocks: 2 }]],
  [64, [{ shape: [48, 64], blocks: 1 }]],
];

/** Leaves with a salt beside their words, with a random word, and with neither are among them. */
const tried = layouts.slice(0, inTier({ quick: 1, normal: 2, full: layouts.length }));

describe.each(tried)('blocks of %i, %j', (size, layout) => {
  const spec = specOf(size);
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
    const inputs = inputsOf(spec, honestPlaces(spec, layout, 8));
    circuitEqualsFixed(tile, inputs);
    const limit = inTier({ quick: 200, normal: 250, full: 20_000 });
    const { accepted, refused } = tamper(tile, inputs, { limit });
    expect(accepted).toEqual([]);
    expect(refused).toBeGreaterThan(0);
  });
});
