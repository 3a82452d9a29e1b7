// A tile of a link accepts exactly θ_u of the old registration, under exactly the leaves and commitments that were made outside of the
// circuit.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInterval } from '../../../../compiler/ir/format.ts';
import type { HeldBlock } from '../../../../stdlib/apex/step/index.ts';
import { runs } from '../../../tier.ts';
import {
  compileTile,
  expected,
  honestTile,
  inputsOf,
  linkedBlocks,
  proves,
  specOf,
  tiles,
  type TwoBlocks,
} from './tiles.ts';

test('θ_u of any blocks: a proof states what the client and the verifier compute', () => {
  fc.assert(
    fc.property(tiles, ({ spec, layout, places }) => {
      const tile = compileTile(spec, layout);
      expect(proves(tile, inputsOf(spec, places), expected(spec, places))).toBe(true);
    }),
    { numRuns: runs(24) },
  );
});

const withWeight = (held: HeldBlock, entry: number, by: number): HeldBlock => ({
  ...held,
  weights: held.weights.map((each, i) => (i === entry ? each + by : each)),
});

describe.each([
  ['S', { live: [1, 6], linked: [0, 2, 3, 5, 7] }],
  ['one weight masked', { live: [3], linked: [0, 4, 7] }],
  ['S empty', { live: [], linked: [0, 1, 2, 7] }],
])('a block of 8, %s', (_, entries) => {
  const spec = specOf(8);
  const { layout } = honestTile(spec, [entries], 3);
  const tile = compileTile(spec, layout);
  const accepts = (block: TwoBlocks): boolean =>
    proves(tile, inputsOf(spec, [block]), expected(spec, [block]));

  test.each([0, 1])('θ_u is accepted, and nothing beside it; seed %i', (seed) => {
    const block = linkedBlocks(spec, entries, seed + 6);
    expect(accepts(block)).toBe(true);
    const { low, high } = formatInterval(spec.weights);
    for (const entry of entries.linked)
      for (const by of [1, -1, 1000, -1000]) {
        const moved = withWeight(block.new, entry, by);
        const value = moved.weights[entry]!;
        // Out of the format there is no opening.
        if (value < Number(low) || value > Number(high)) continue;
        expect(accepts({ ...block, new: moved })).toBe(false);
      }
  });

  test('the weight of an entry that is not linked may be any', () => {
    const block = linkedBlocks(spec, entries, 8);
    const other = [0, 1, 2, 3, 4, 5, 6, 7].find((entry) => !entries.linked.includes(entry))!;
    expect(accepts({ ...block, new: withWeight(block.new, other, 5) })).toBe(true);
  });
});

describe('the ends of the format', () => {
  const spec = specOf(8);
  const entries = { live: [7], linked: [0, 1, 2, 3] };
  const { layout } = honestTile(spec, [entries], 3);
  const tile = compileTile(spec, layout);
  const { low, high } = formatInterval(spec.weights);

  /** R and ν so that R_j · z is `units` and half a unit of the weights for j = 0 … 3. */
  function moving(units: number, weight: number): TwoBlocks {
    const block = linkedBlocks(spec, entries, 5);
    const root = new Int16Array(block.old.root.length);
    for (const column of [0, 4, 8, 12]) root[column] = 1;
    // Column 7 begins after four columns of 4 and three of 8.
    root[40] = 2 ** 10;
    const weights = block.old.weights.map((_, i) => (i < 4 ? weight : 0));
    // z_0 = 2^10 ν, and θ has 25 fractional bits less than R · z.
    const multipliers = Float64Array.of(units * 2 ** 15 + 2 ** 14);
    return { ...block, old: { weights, root }, multipliers };
  }

  /** The weight that is accepted, if it is among these. */
  const accepted = (block: TwoBlocks, weights: readonly number[]): number[] =>
    weights.filter((each) => {
      const own = { ...block, new: { ...block.new, weights: block.new.weights.map(() => each) } };
      return proves(tile, inputsOf(spec, [own]), expected(spec, [own]));
    });

  test.each([
    [-3, 0, 3],
    [-(2 ** 23), Number(high) - 5, Number(high)],
    [2 ** 23, Number(low) + 5, Number(low)],
    [2 ** 30, Number(low) + 5, Number(low)],
    [-(2 ** 30), Number(low), Number(high)],
  ])('moved by %i units and a half, %i becomes %i', (units, weight, after) => {
    const block = moving(units, weight);
    const near = [after - 1, after, after + 1].filter((x) => x >= Number(low) && x <= Number(high));
    expect(accepted(block, [...near, 0, Number(low), Number(high)])).toEqual(
      [...near, 0, Number(low), Number(high)].filter((each) => each === after),
    );
  });
});
