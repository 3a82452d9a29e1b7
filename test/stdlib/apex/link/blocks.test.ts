// The entries that a link opens in each block: S of the old registration, and every entry that is alive for both.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deadPositions,
  livePositions,
  noHistory,
  type History,
} from '../../../../stdlib/apex/documents/history.ts';
import { setBit } from '../../../../stdlib/apex/documents/bits.ts';
import type { Plan } from '../../../../stdlib/apex/documents/plan.ts';
import { linkBlocks } from '../../../../stdlib/apex/link/blocks.ts';
import { blockCount, blockNumbering, weightCount } from '../../../../stdlib/apex/model/index.ts';
import { historyOf, plan as other } from '../documents/samples.ts';
import { scope } from '../fixture.ts';
import { runs } from '../../../tier.ts';

const step = { ...other.step, size: scope.blockSize };
const plan: Plan = { ...other, scope, step };
const all = Array.from({ length: blockCount(scope) }, (_, number) => number);
const weights = weightCount(scope);
const numbering = blockNumbering(scope);

/** The plan of a successor, where these positions are dead from the start. */
function withDead(positions: readonly number[]): Plan {
  const dead = new Uint8Array(Math.ceil(weights / 8));
  for (const position of positions) setBit(dead, position);
  return { ...plan, predecessor: { plan: 'a1'.repeat(32), window: null, dead } };
}

const histories: fc.Arbitrary<{ history: History; from: number; to: number; own: Plan }> = fc
  .record({
    masked: fc.uniqueArray(fc.nat(weights - 1), { maxLength: weights }),
    last: fc.integer({ min: 1, max: 4 }),
    before: fc.uniqueArray(fc.nat(weights - 1), { maxLength: 10 }),
  })
  .chain(({ masked, last, before }) =>
    fc.record({
      history: fc
        .array(fc.integer({ min: 1, max: last }), {
          minLength: masked.length,
          maxLength: masked.length,
        })
        .map((epochs) =>
          historyOf(
            [...masked].sort((a, b) => a - b).map((position, i) => [position, epochs[i]!] as const),
          ),
        ),
      from: fc.integer({ min: 1, max: last + 1 }),
      to: fc.constant(last + 1),
      own: fc.constantFrom(plan, withDead(before)),
    }),
  );

test('S and the linked entries are those of the two registrations, position by position', () => {
  fc.assert(
    fc.property(histories, ({ history, from, to, own }) => {
      const live = new Set(livePositions(own, history, from));
      const gone = new Set(deadPositions(own, history, to));
      const blocks = linkBlocks(own, history, { from, to }, all);
      const found = new Map(blocks.map((each) => [each.number, each]));
      for (const number of all) {
        const { first, length } = numbering.at(number);
        const entries = Array.from({ length }, (_, entry) => entry);
        const linked = entries.filter((entry) => !gone.has(first + entry));
        const block = found.get(number);
        expect(block?.linked ?? []).toEqual(linked);
        if (block) expect(block.live).toEqual(entries.filter((entry) => live.has(first + entry)));
        // Nothing of S is linked, and nothing that is dead for the old registration.
        const dead = new Set(deadPositions(own, history, from));
        for (const entry of linked)
          expect(live.has(first + entry) || dead.has(first + entry)).toBe(false);
      }
    }),
    { numRuns: runs(100) },
  );
});

describe('one block of 8 after another', () => {
  const epochs = { from: 2, to: 3 };
  // In block 0 one entry died before the old registration, one is in its S. Block 2 is masked whole. Block 1 is short.
  const history = historyOf([
    [0, 1],
    [5, 2],
    ...[12, 13, 14, 15, 16, 17, 18, 19].map((position) => [position, 2] as const),
  ]);

  test('dead entries of the old one are not opened, those of S are', () => {
    expect(linkBlocks(plan, history, epochs, [0])).toEqual([
      { number: 0, live: [5], linked: [1, 2, 3, 4, 6, 7] },
    ]);
  });

  test('where S is empty all entries are linked', () => {
    expect(linkBlocks(plan, history, epochs, [1])).toEqual([
      { number: 1, live: [], linked: [0, 1, 2, 3] },
    ]);
    expect(linkBlocks(plan, noHistory, { from: 1, to: 1 }, [0])).toEqual([
      { number: 0, live: [], linked: [0, 1, 2, 3, 4, 5, 6, 7] },
    ]);
  });

  test('a block that is masked whole is left out', () => {
    expect(linkBlocks(plan, history, epochs, [1, 2, 3]).map(({ number }) => number)).toEqual([
      1, 3,
    ]);
  });

  test('the history of a later window is none', () => {
    expect(() => linkBlocks(plan, history, { from: 1, to: 2 }, [0])).toThrow(RangeError);
  });
});
