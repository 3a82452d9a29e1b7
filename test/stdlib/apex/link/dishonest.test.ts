// Openings that are not those of the leaves and commitments that a verifier compares with. No part of a link goes unopened: every element
// of every opening is changed in turn.
import { describe, expect, test } from 'vitest';
import type { InputValues } from '../../../../compiler/constraints/witness.ts';
import { ports } from '../../../../stdlib/apex/link/circuit.ts';
import { unlearnedBlock } from '../../../../stdlib/apex/step/index.ts';
import { inTier } from '../../../tier.ts';
import {
  compileTile,
  expected,
  honestTile,
  inputsOf,
  linkedBlocks,
  proves,
  specOf,
  type TwoBlocks,
} from './tiles.ts';

const spec = specOf(8);
const entries = { live: [2, 6], linked: [0, 3, 5] };
const { layout, places } = honestTile(spec, [entries, entries, { live: [], linked: [0, 4] }], 2);
const tile = compileTile(spec, layout);
const statement = expected(spec, places);
const honest = inputsOf(spec, places);
const passes = (inputs: InputValues): boolean => proves(tile, inputs, statement);

test('the honest opening', () => {
  expect(passes(honest)).toBe(true);
});

describe.each([...honest.keys()].filter((name) => name !== ports.context))('%s', (name) => {
  const isWord = !name.includes('salts');
  // Random bits, the least limb, the largest limb, and past the word.
  const every = isWord ? [16n, 64n, 0n, 15n, 63n, 128n] : [0n, 250n, 63n, 247n];
  const flips = every.slice(0, inTier({ quick: 1, normal: 2, full: every.length }));

  test.each([...honest.get(name)!.keys()])('element %i is not changed', (at) => {
    for (const bit of flips) {
      const values = honest.get(name)!.map((x, i) => (i === at ? x ^ (1n << bit) : x));
      expect(passes(new Map(honest).set(name, values))).toBe(false);
    }
  });
});

test('another context is another statement', () => {
  expect(passes(new Map(honest).set(ports.context, [78n]))).toBe(false);
});

/** The blocks with another one in a place, whose statement stays. */
const replaced = (change: (block: TwoBlocks) => TwoBlocks): boolean[] =>
  places.map((_, at) =>
    passes(
      inputsOf(
        spec,
        places.map((each, i) => (i === at ? change(each) : each)),
      ),
    ),
  );

describe('another witness for the statement', () => {
  const none = places.map(() => false);

  test('multipliers of another answer, and the weights that follow from them', () => {
    const other = (block: TwoBlocks): TwoBlocks => {
      const multipliers = block.multipliers.map((each) => each + 2 ** 20);
      const { live, old } = block;
      const weights = unlearnedBlock(spec, old, { live, dead: [], multipliers });
      return { ...block, multipliers, new: { ...block.new, weights } };
    };
    // Where S is empty there are no multipliers to change.
    expect(replaced(other)).toEqual(places.map(({ live }) => live.length === 0));
  });

  test('another curvature of S, or of a linked weight', () => {
    const other =
      (at: number) =>
      (block: TwoBlocks): TwoBlocks => {
        const old = {
          ...block.old,
          root: block.old.root.map((each, i) => (i === at ? each ^ 1 : each)),
        };
        return { ...block, old };
      };
    // The first entries of columns 2, 6, 0 and 3; the third block opens the first and not the others.
    for (const at of [8, 32, 0, 12])
      expect(replaced(other(at))).toEqual(places.map(({ live }) => live.length === 0 && at !== 0));
  });

  test('other weights before and after, by the same', () => {
    expect(
      replaced((block) => ({
        ...block,
        old: { ...block.old, weights: block.old.weights.map((each) => each ^ 1) },
        new: { ...block.new, weights: block.new.weights.map((each) => each ^ 1) },
      })),
    ).toEqual(none);
  });

  test('the blocks of another client', () => {
    let seed = 40;
    expect(replaced(({ live, linked }) => linkedBlocks(spec, { live, linked }, seed++))).toEqual(
      none,
    );
  });
});

test('two blocks of one shape do not change places', () => {
  const at = places.flatMap(({ live }, i) => (live.length > 0 ? [i] : []));
  const [a, b] = at as [number, number];
  const turned = places.map((each, i) => (i === a ? places[b]! : i === b ? places[a]! : each));
  expect(passes(inputsOf(spec, turned))).toBe(false);
  expect(proves(tile, inputsOf(spec, turned), expected(spec, turned))).toBe(true);
});

test('old and new leaves do not change sides', () => {
  const block = places.find(({ live }) => live.length === 0)!;
  const alone = honestTile(spec, [block], 2);
  const own = compileTile(spec, alone.layout);
  // The weights are equal and the curvatures are not: it is a true statement about other registrations.
  const turned = {
    ...block,
    old: block.new,
    new: block.old,
    salts: { ...block.salts, linked: block.salts.new, new: block.salts.linked },
  };
  expect(proves(own, inputsOf(spec, [block]), expected(spec, [block]))).toBe(true);
  expect(proves(own, inputsOf(spec, [turned]), expected(spec, [turned]))).toBe(true);
  expect(proves(own, inputsOf(spec, [turned]), expected(spec, [block]))).toBe(false);
});
