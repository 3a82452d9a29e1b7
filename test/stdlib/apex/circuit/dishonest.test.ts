// Openings that are not those of the leaves and commitments that a verifier compares with.
import { describe, expect, test } from 'vitest';
import type { InputValues } from '../../../../compiler/constraints/witness.ts';
import { compress } from '../../../../compiler/numbers/poseidon-fast.ts';
import { ports } from '../../../../stdlib/apex/circuit/tile.ts';
import {
  columnElements,
  columnLeaf,
  columnOpening,
  columnWords,
  leafDomain,
} from '../../../../stdlib/apex/commitments/column.ts';
import { elementsOf } from '../../../../stdlib/apex/commitments/opening.ts';
import { randomSalts } from '../../../../stdlib/apex/commitments/salts.ts';
import { inTier } from '../../../tier.ts';
import { exactBlock } from './exact.ts';
import {
  committed,
  compileTile,
  expected,
  honestPlaces,
  inputsOf,
  proves,
  specOf,
  type Committed,
} from './tiles.ts';

const spec = specOf(8);
const layout = [
  { shape: [4], blocks: 2 },
  { shape: [4, 8], blocks: 2 },
];
const tile = compileTile(spec, layout);
const places = honestPlaces(spec, layout, 3);
const statement = expected(spec, places);
const honest = inputsOf(spec, places);

const passes = (inputs: InputValues): boolean => proves(tile, inputs, statement);

/** The inputs with one element of a tensor changed. */
const changed = (name: string, at: number, change: (value: bigint) => bigint): InputValues =>
  new Map(honest).set(
    name,
    honest.get(name)!.map((value, i) => (i === at ? change(value) : value)),
  );

test('the honest opening', () => {
  expect(passes(honest)).toBe(true);
});

describe.each([...honest.keys()].filter((name) => name !== ports.context))('%s', (name) => {
  const isWord = !name.includes('salts');
  // Random bits, the least limb, the largest limb, and past the word.
  const every = isWord ? [16n, 64n, 0n, 15n, 63n, 128n] : [0n, 250n, 63n, 247n];
  const flips = every.slice(0, inTier({ quick: 1, normal: 2, full: every.length }));

  test.each([...honest.get(name)!.keys()])('element %i is not changed', (at) => {
    for (const bit of flips) expect(passes(changed(name, at, (x) => x ^ (1n << bit)))).toBe(false);
  });
});

/** Openings of other blocks, under the statement of the honest ones. */
const swapped = (of: (own: Committed, other: Committed) => Committed, a: number, b: number) =>
  inputsOf(
    spec,
    places.map((own, i) => (i === a ? of(own, places[b]!) : i === b ? of(own, places[a]!) : own)),
  );

test.each([
  [0, 1],
  [2, 3],
])('places %i and %i do not change', (a, b) => {
  expect(passes(swapped((own) => own, a, b))).toBe(true);
  // Another block whole, its columns alone, and its multipliers alone.
  expect(passes(swapped((_, other) => other, a, b))).toBe(false);
  expect(
    passes(
      swapped(
        (own, other) => ({
          block: { ...other.block, multipliers: own.block.multipliers },
          salts: { ...other.salts, multipliers: own.salts.multipliers },
        }),
        a,
        b,
      ),
    ),
  ).toBe(false);
  expect(
    passes(
      swapped(
        (own, other) => ({
          block: { ...own.block, multipliers: other.block.multipliers },
          salts: { ...own.salts, multipliers: other.salts.multipliers },
        }),
        a,
        b,
      ),
    ),
  ).toBe(false);
});

test('columns of one block in another order are those of other positions', () => {
  const pair = compileTile(spec, [{ shape: [8, 8], blocks: 1 }]);
  const block = exactBlock(spec, [8, 8], [0n, 0n], 4);
  const own = committed(block);
  const turned = {
    block: {
      ...block,
      root: [...block.root].reverse(),
      weights: [...block.weights].reverse(),
      multipliers: [...block.multipliers].reverse(),
    },
    salts: { ...own.salts, columns: [...own.salts.columns].reverse() },
  };
  // It is an answer for columns in that order, and for no other.
  expect(proves(pair, inputsOf(spec, [turned]), expected(spec, [turned]))).toBe(true);
  expect(proves(pair, inputsOf(spec, [turned]), expected(spec, [own]))).toBe(false);
});

describe('lengths', () => {
  const short = compileTile(spec, [{ shape: [4], blocks: 1 }]);
  // R = 0 beyond the first entries: as a short column it would leave the same residual.
  const block = exactBlock(spec, [4], [0n], 4);
  const root = [...block.root[0]!, 0, 0, 0, 0];
  const salts = { columns: [randomSalts(columnWords(8))], multipliers: randomSalts(1) };
  const long = { block: { ...block, shape: [8], root: [root] }, salts };
  const ofLong = columnLeaf(spec, 8, block.weights[0]!, root, salts.columns[0]!);

  test('a long leaf is not opened as a short one, nor a short one as a long one', () => {
    const wide = compileTile(spec, [{ shape: [8], blocks: 1 }]);
    expect(proves(wide, inputsOf(spec, [long]), expected(spec, [long]))).toBe(true);
    const own = committed(block);
    expect(proves(short, inputsOf(spec, [own]), expected(spec, [own]))).toBe(true);
    // The same words as far as they go, and the same salt.
    const words = columnOpening(spec, 8, block.weights[0]!, root, salts.columns[0]!).words;
    const inputs = new Map(inputsOf(spec, [own]))
      .set(ports.columns(4), [words[0]!, words[2]!])
      .set(ports.columnSalts(4), [salts.columns[0]!.salt]);
    const leaf = new Map(expected(spec, [own])).set(ports.leaves(4), [ofLong]);
    expect(proves(short, inputs, leaf)).toBe(false);
    const [ofShort] = expected(spec, [own]).get(ports.leaves(4))!;
    const other = new Map(expected(spec, [long])).set(ports.leaves(8), [ofShort!]);
    expect(proves(wide, inputsOf(spec, [long]), other)).toBe(false);
  });
});

test('a chain: what a short leaf would begin with is no word below its domain', () => {
  // compress(a, b, c, d, e) = compress(compress(a, b, c), d, e).
  const wide = specOf(64);
  const block = exactBlock(wide, [48], [0n], 6);
  const salts = randomSalts(columnWords(48));
  const [weight, root] = [block.weights[0]!, block.root[0]!];
  const elements = columnElements(wide, 48, weight, root, salts);
  expect(elements.length).toBeGreaterThan(3);
  const value = compress(elements.slice(0, 3));
  const rest = elements.slice(3);
  expect(compress([value, ...rest])).toBe(columnLeaf(wide, 48, weight, root, salts));

  // A leaf of eight entries has three words below its domain, and a salt.
  const plain = specOf(8);
  const tile8 = compileTile(plain, [{ shape: [8], blocks: 1 }]);
  const own = committed(exactBlock(plain, [8], [0n], 7));
  const mask = (1n << 64n) - 1n;
  const top = (value >> 128n) - (leafDomain(8) << 64n);
  const words = [value & mask, (value >> 64n) & mask, top];
  expect(elementsOf({ words }, leafDomain(8))).toEqual([value]);
  const inputs = new Map(inputsOf(plain, [own])).set(ports.columns(8), words);
  expect(proves(tile8, inputs, expected(plain, [own]))).toBe(false);
  const leaf = compress([value, inputs.get(ports.columnSalts(8))![0]!]);
  const forged = new Map(expected(plain, [own])).set(ports.leaves(8), [leaf]);
  expect(proves(tile8, inputs, forged)).toBe(false);
});
