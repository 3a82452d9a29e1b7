// Attacks on what a bundle says, by a client that writes bundles with the library's own writer: all are refused before a
// proof is looked at.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blockLeaf, curvatureDigest } from '../../../../stdlib/apex/commitments/leaf.ts';
import { curvatureWords, weightWords } from '../../../../stdlib/apex/commitments/words.ts';
import { readHoldings } from '../../../../stdlib/apex/client/state.ts';
import type { State, Window } from '../../../../stdlib/apex/index.ts';
import {
  draft,
  judge,
  placesOf,
  reasonFor,
  rooted,
  withHeader,
  withLeaf,
  type Forged,
} from '../bundles.ts';
import { spread, World } from '../fixture.ts';

let world: World;
let ada: State;
let window: Window;
let honest: Forged;

beforeAll(async () => {
  world = await World.make();
  ada = await world.client('ada');
  window = await world.window(spread);
  honest = await draft(ada, window);
});
afterAll(() => world.remove());

const reason = (forged: Forged): Promise<string> => reasonFor(world, forged);
const reroot = (forged: Forged): Promise<Forged> => rooted(forged, ada, window);
/** Weights beside the curvature 0, or beside a block's own. */
const leafOf = (integers: readonly number[], digest?: bigint): bigint => {
  const { step } = ada.plan;
  const zero = new Array<number>(10).fill(0);
  const own = digest ?? curvatureDigest(step, zero, new Uint16Array(curvatureWords(step)));
  return blockLeaf(step, integers, new Uint16Array(weightWords(step)), own);
};
const swapped = <T>(list: readonly T[], a: number, b: number): T[] =>
  list.map((each, i) => (i === a ? list[b]! : i === b ? list[a]! : each));

test('nothing but its proofs is wrong with the draft', async () => {
  const circuit = 'f'.repeat(64);
  expect(await reason(withHeader(honest, { circuit }))).toBe('other-circuit');
});

describe('the commitments before', () => {
  test('curvature changed after registration', async () => {
    const before = leafOf([0, 0, 0, 0]);
    expect(await reason(await reroot(withLeaf(honest, 0, { before })))).toBe('root-mismatch');
  });

  test('weights before that were never registered', async () => {
    const { curvatureDigests } = await readHoldings(ada);
    const before = leafOf([0, 0, 0, 0], curvatureDigests.get(3));
    expect(await reason(await reroot(withLeaf(honest, 3, { before })))).toBe('root-mismatch');
  });

  test('a root before that the leaves do open, but which is not the current one', async () => {
    const root = honest.header.root + 1n;
    expect(await reason(withHeader(honest, { root }))).toBe('stale-commitment');
  });

  test('a block twice, in place of another', async () => {
    const forged = withLeaf(honest, 1, honest.leaves[0]!);
    expect(await reason(await reroot(forged))).toBe('root-mismatch');
  });

  test('two blocks swapped, in a tile and between tiles', async () => {
    for (const other of [1, 9]) {
      const forged = { ...honest, leaves: swapped(honest.leaves, 0, other) };
      expect(await reason(await reroot(forged))).toBe('root-mismatch');
    }
  });

  test('tiles swapped', async () => {
    const [first, second] = honest.places as [number[], number[]];
    const forged = { ...honest, places: [second, first], proofs: swapped(honest.proofs, 0, 1) };
    // The second has a block less, and is read as the first.
    expect(await reason(await reroot(forged))).toBe('bad-bundle');
  });
});

describe('the commitments after', () => {
  test('a root after that the leaves do not give', async () => {
    const after = honest.header.after + 1n;
    expect(await reason(withHeader(honest, { after }))).toBe('root-mismatch');
  });

  test('leaves after that do not give the root', async () => {
    const after = leafOf([1, 2, 3, 4]);
    expect(await reason(withLeaf(honest, 2, { after }))).toBe('root-mismatch');
  });

  test('an untouched block changed', async () => {
    for (let i = 0; i < honest.siblings.length; i++) {
      const siblings = honest.siblings.map((each, at) => (at === i ? each + 1n : each));
      expect(await reason(await reroot({ ...honest, siblings }))).toBe('root-mismatch');
    }
  });

  test('a tensor out of scope changed', async () => {
    const unscoped = '0'.repeat(64);
    expect(await reason(withHeader(honest, { unscoped }))).toBe('unscoped-changed');
  });
});

describe('coverage', () => {
  test('a block omitted', async () => {
    const { siblings, header } = honest;
    const places = honest.places.map((own) => own.filter((place) => place !== 10));
    const forged = { ...honest, places, header: { ...header, touched: 10 } };
    expect(await reason(forged)).toBe('bad-coverage');
    expect(await reason({ ...forged, siblings: siblings.slice(1) })).toBe('bad-coverage');
  });

  test('a tile omitted', async () => {
    const { proofs, header } = honest;
    const places = honest.places.slice(0, 1);
    const touched = places[0]!.length;
    const forged = {
      ...honest,
      places,
      proofs: proofs.slice(0, 1),
      header: { ...header, touched, tiles: 1 },
    };
    expect(await reason(forged)).toBe('bad-coverage');
  });

  test('a block more', async () => {
    const forged = {
      ...honest,
      places: honest.places.map((own, tile) => (tile === 1 ? [...own, 0] : own)),
      header: { ...honest.header, touched: 12 },
    };
    expect(await reason(forged)).toBe('bad-coverage');
  });

  test('more tiles than there are blocks', async () => {
    for (const tiles of [12, 1 << 16, 2 ** 32])
      expect(await reason(withHeader(honest, { tiles }))).toBe('bad-coverage');
  });

  test('fewer or more tiles, with the circuit of these', async () => {
    for (const tiles of [1, 3]) {
      const [first] = honest.proofs;
      const proofs = new Array<Uint8Array>(tiles).fill(first!);
      const forged = { ...honest, places: placesOf(window, ada, tiles), proofs };
      expect(await reason(withHeader(forged, { tiles }))).toBe('other-circuit');
      // The tiles of two, said to be others.
      expect(await reason(withHeader(honest, { tiles }))).toBe('bad-bundle');
    }
  });

  test('siblings too few or too many', async () => {
    const { header, siblings } = honest;
    const withSiblings = (own: readonly bigint[]): Forged => ({
      ...honest,
      siblings: own,
      header: { ...header, siblings: own.length },
    });
    expect(await reason(withSiblings(siblings.slice(1)))).toBe('bad-opening');
    expect(await reason(withSiblings([...siblings, 0n]))).toBe('bad-opening');
    expect(await reason(withSiblings([]))).toBe('bad-opening');
  });
});

test('a client that reuses salts is accepted or refused for other reasons, and warned', async () => {
  const { before } = honest.leaves[4]!;
  const { header, leaves, ...rest } = await reroot(withLeaf(honest, 4, { after: before }));
  const forged = { ...rest, leaves, header: { ...header, circuit: 'f'.repeat(64) } };
  const { warnings } = await judge(world, forged);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^1 commitments occur twice: the client uses salts again/);
  const clean = await judge(world, withHeader(honest, { circuit: 'f'.repeat(64) }));
  expect(clean.warnings).toEqual([]);
});
