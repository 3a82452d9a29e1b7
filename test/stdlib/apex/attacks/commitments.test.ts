// Attacks on what a bundle says, by a client that writes bundles with the library's own writer: all are refused before a
// proof is looked at.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leafOf } from '../../../../stdlib/apex/commitments/leaf.ts';
import type { State, Window } from '../../../../stdlib/apex/index.ts';
import { draft, judge, reasonFor, rooted, withHeader, withLeaf, type Forged } from '../bundles.ts';
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
const weightsLeaf = (integers: readonly number[]): bigint =>
  leafOf(integers, ada.plan.step.formats.weights, 5n);
const swapped = <T>(list: readonly T[], a: number, b: number): T[] =>
  list.map((each, i) => (i === a ? list[b]! : i === b ? list[a]! : each));

test('nothing but its proofs is wrong with the draft', async () => {
  const circuit = 'f'.repeat(64);
  expect(await reason(withHeader(honest, { circuit }))).toBe('other-circuit');
});

describe('the commitments before', () => {
  test('curvature changed after registration', async () => {
    const zero = new Array<number>(10).fill(0);
    const curvature = leafOf(zero, ada.plan.step.formats.curvature, 1n);
    expect(await reason(await reroot(withLeaf(honest, 0, { curvature })))).toBe('root-mismatch');
  });

  test('weights before that were never registered', async () => {
    const before = weightsLeaf([0, 0, 0, 0]);
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
    const { leaves, proofs } = honest;
    const forged = {
      ...honest,
      leaves: [...leaves.slice(8), ...leaves.slice(0, 8)],
      proofs: swapped(proofs, 0, 1),
    };
    expect(await reason(await reroot(forged))).toBe('root-mismatch');
  });
});

describe('the commitments after', () => {
  test('a root after that the leaves do not give', async () => {
    const after = honest.header.after + 1n;
    expect(await reason(withHeader(honest, { after }))).toBe('root-mismatch');
  });

  test('leaves after that do not give the root', async () => {
    const after = weightsLeaf([1, 2, 3, 4]);
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
    const { leaves, siblings, header } = honest;
    const forged = { ...honest, leaves: leaves.slice(0, -1), header: { ...header, touched: 10 } };
    expect(await reason(forged)).toBe('bad-coverage');
    expect(await reason({ ...forged, siblings: siblings.slice(1) })).toBe('bad-coverage');
  });

  test('a tile omitted', async () => {
    const { leaves, proofs, header } = honest;
    const forged = {
      ...honest,
      leaves: leaves.slice(0, 8),
      proofs: proofs.slice(0, 1),
      header: { ...header, touched: 8 },
    };
    expect(await reason(forged)).toBe('bad-coverage');
  });

  test('a block more', async () => {
    const forged = {
      ...honest,
      leaves: [...honest.leaves, honest.leaves[0]!],
      header: { ...honest.header, touched: 12 },
    };
    expect(await reason(forged)).toBe('bad-coverage');
  });

  test('a tile more than there are blocks for', async () => {
    const bytes = { ...honest, header: { ...honest.header, blocks: 6 } };
    // Two tiles of 6 are right in size; a third has nothing to cover.
    expect(await reason({ ...bytes, proofs: [...honest.proofs, honest.proofs[0]!] })).toBe(
      'other-circuit',
    );
  });

  test('tiles of no size that the plan allows', async () => {
    expect(await reason(withHeader(honest, { blocks: 12 }))).toBe('bad-coverage');
    expect(await reason(withHeader(honest, { blocks: 1 << 16 }))).toBe('bad-coverage');
  });

  test('tiles of another size, with the circuit of this one', async () => {
    expect(await reason(withHeader(honest, { blocks: 6 }))).toBe('other-circuit');
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
