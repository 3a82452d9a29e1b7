// Attacks on what a bundle says, by a client that writes bundles with the library's own writer: all are refused before a
// proof is looked at.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { State, Window } from '../../../../stdlib/apex/index.ts';
import {
  draft,
  proofOfNothing,
  reasonBeforeProofs,
  replacedAt,
  rooted,
  swapped,
  withHeader,
  type Draft,
  type Forged,
} from '../bundles.ts';
import { spread, World } from '../fixture.ts';

let world: World;
let ada: State;
let window: Window;
let honest: Draft;
let forged: Forged;

beforeAll(async () => {
  world = await World.make();
  ada = await world.client('ada');
  window = await world.window(spread);
  honest = await draft(ada, window);
  forged = honest.forged;
});
afterAll(() => world.remove());

const reason = (own: Forged): Promise<string> => reasonBeforeProofs(world, own);

describe('the registered leaves', () => {
  test('one that was never registered', async () => {
    for (const at of [0, 7, forged.leaves.length - 1]) {
      const leaves = replacedAt(forged.leaves, at, forged.leaves[at]! + 1n);
      expect(await reason({ ...forged, leaves })).toBe('root-mismatch');
    }
  });

  test('one in two places', async () => {
    const leaves = replacedAt(forged.leaves, 1, forged.leaves[0]!);
    expect(await reason({ ...forged, leaves })).toBe('root-mismatch');
  });

  test('one at another position, of the same block and of another', async () => {
    for (const other of [1, 9]) {
      const leaves = swapped(forged.leaves, 0, other);
      expect(await reason({ ...forged, leaves })).toBe('root-mismatch');
    }
  });

  test('another leaf of the model changed', async () => {
    for (let i = 0; i < forged.siblings.length; i += 3) {
      const siblings = replacedAt(forged.siblings, i, forged.siblings[i]! + 1n);
      expect(await reason({ ...forged, siblings })).toBe('root-mismatch');
    }
  });

  test('siblings too few or too many', async () => {
    for (const siblings of [forged.siblings.slice(1), [...forged.siblings, 0n], []]) {
      const own = withHeader({ ...forged, siblings }, { siblings: siblings.length });
      expect(await reason(own)).toBe('bad-opening');
    }
  });

  test('leaves left out or added', async () => {
    expect(await reason({ ...forged, leaves: forged.leaves.slice(1) })).not.toBe('accepted');
    expect(await reason({ ...forged, leaves: [...forged.leaves, 0n] })).not.toBe('accepted');
  });
});

describe('the commitments of blocks', () => {
  test('a root after that they do not give', async () => {
    expect(await reason(withHeader(forged, { after: forged.header.after + 1n }))).toBe(
      'root-mismatch',
    );
    const commitments = replacedAt(forged.commitments, 2, 5n);
    expect(await reason({ ...forged, commitments })).toBe('root-mismatch');
  });

  test('one left out, and one more', async () => {
    for (const commitments of [forged.commitments.slice(1), [...forged.commitments, 5n]]) {
      const own = await rooted({ ...forged, commitments });
      expect(await reason(withHeader(own, { proved: commitments.length }))).toBe('bad-coverage');
      expect(await reason(own)).not.toBe('accepted');
    }
  });

  test('kept from an answer that was never given', async () => {
    expect(await reason(withHeader(forged, { kept: 5n }))).toBe('stale-commitment');
    expect(await reason(withHeader(forged, { kept: forged.header.after }))).toBe(
      'stale-commitment',
    );
  });
});

describe('coverage', () => {
  test('a tile omitted', async () => {
    const proofs = forged.proofs.slice(0, -1);
    expect(await reason(withHeader({ ...forged, proofs }, { tiles: proofs.length }))).toBe(
      'bad-coverage',
    );
  });

  test('more tiles than there are', async () => {
    const { tiles } = forged.header;
    const proofs = [...forged.proofs, proofOfNothing];
    expect(await reason(withHeader({ ...forged, proofs }, { tiles: tiles + 1 }))).toBe(
      'bad-coverage',
    );
    // Without a proof for it, the file is too short.
    expect(await reason(withHeader(forged, { tiles: tiles + 1 }))).toBe('bad-bundle');
    expect(await reason(withHeader(forged, { tiles: 1 << 12 }))).toBe('bad-coverage');
  });

  test('tiles of a size that is not allowed, or that has no room for a block', async () => {
    for (const log of [1, 8, 17, 32])
      expect(await reason(withHeader(forged, { log }))).toBe('bad-coverage');
  });

  test('tiles of another size', async () => {
    expect(await reason(withHeader(forged, { log: 11 }))).toBe('bad-coverage');
  });
});
