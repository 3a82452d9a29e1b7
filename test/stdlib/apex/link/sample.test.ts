// The sample of a link: as many blocks as the plan says, each at most once, every set of them as likely, and the same for a challenge.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Challenge } from '../../../../stdlib/apex/documents/challenge.ts';
import { planDigest, type Plan } from '../../../../stdlib/apex/documents/plan.ts';
import { drawSample, sampledBlocks } from '../../../../stdlib/apex/link/sample.ts';
import { blockCount } from '../../../../stdlib/apex/model/index.ts';
import { plan } from '../documents/samples.ts';
import { runs } from '../../../tier.ts';

const challenge: Challenge = {
  plan: planDigest(plan),
  registration: 'a1'.repeat(32),
  replaces: 'b2'.repeat(32),
  epoch: 3,
  window: 'c3'.repeat(32),
  commitments: 5n,
  nonce: 'd4'.repeat(32),
};

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const sizes = fc
  .integer({ min: 1, max: 300 })
  .chain((of) => fc.record({ of: fc.constant(of), count: fc.integer({ min: 0, max: of }) }));

test('as many numbers as were asked for, ascending, none twice, none past the last', () => {
  fc.assert(
    fc.property(fc.string(), sizes, (text, { count, of }) => {
      const drawn = drawSample(digestOf(text), { count, of });
      expect(drawn).toHaveLength(count);
      drawn.forEach((number, i) => expect(number).toBeGreaterThan(drawn[i - 1] ?? -1));
      expect(drawn.every((number) => number < of)).toBe(true);
      expect(drawSample(digestOf(text), { count, of })).toEqual(drawn);
    }),
    { numRuns: runs(200) },
  );
});

/** Its definition, written a second time. */
function byDefinition(digest: string, count: number, of: number): number[] {
  let stream = '';
  for (let i = 0; i < 64; i++) {
    const hash = createHash('sha256').update('lethe-apex-sample').update(digest, 'hex');
    stream += hash.update(i.toString(16).padStart(8, '0'), 'hex').digest('hex');
  }
  const words = stream.match(/.{8}/g)!.map((hex) => BigInt(`0x${hex}`));
  const drawn: bigint[] = [];
  for (let j = BigInt(of - count); j < BigInt(of); j++) {
    let value = words.shift()!;
    // The largest numbers of 32 bits that make no whole run of j + 1.
    while (value >= 2n ** 32n - (2n ** 32n % (j + 1n))) value = words.shift()!;
    const t = value % (j + 1n);
    drawn.push(drawn.includes(t) ? j : t);
  }
  return drawn.map(Number).sort((a, b) => a - b);
}

test.each([
  [64, 1000],
  [3, 2 ** 31 + 1],
  [5, 3 * 2 ** 30],
  [9, 9],
])('%i of %i by the definition', (count, of) => {
  for (const text of ['a', 'b', 'c', 'd'])
    expect(drawSample(digestOf(text), { count, of })).toEqual(
      byDefinition(digestOf(text), count, of),
    );
});

test('each set is as likely', () => {
  const [draws, sets] = [6000, 10];
  const counts = new Map<string, number>();
  for (let i = 0; i < draws; i++) {
    const key = drawSample(digestOf(`${i}`), { count: 2, of: 5 }).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(counts.size).toBe(sets);
  const mean = draws / sets;
  const chiSquare = [...counts.values()].reduce((sum, each) => sum + (each - mean) ** 2 / mean, 0);
  // Nine degrees of freedom: 27.9 is passed by one stream of a thousand, and this one is always the same.
  expect(chiSquare).toBeLessThan(27.9);
});

describe('the sample of a challenge', () => {
  const blocks = blockCount(plan.scope);
  const planned = (link: Plan['link']): Plan => ({ ...plan, link });

  test('has as many blocks as the plan says, or all where there are fewer', () => {
    expect(sampledBlocks(planned(2), challenge)).toHaveLength(2);
    const all = Array.from({ length: blocks }, (_, number) => number);
    expect(sampledBlocks(planned(blocks), challenge)).toEqual(all);
    expect(sampledBlocks(planned(blocks + 1), challenge)).toEqual(all);
    expect(sampledBlocks(planned('all'), challenge)).toEqual(all);
  });

  test('follows from everything in the challenge', () => {
    const large = {
      ...planned(8),
      scope: { ...plan.scope, tensors: [{ ...plan.scope.tensors[0]!, shape: [4096, 4] as const }] },
    };
    const own = sampledBlocks(large, challenge);
    expect(own).toHaveLength(8);
    const others: Partial<Challenge>[] = [
      { nonce: 'd5'.repeat(32) },
      { registration: 'd5'.repeat(32) },
      { replaces: 'd5'.repeat(32) },
      { plan: 'd5'.repeat(32) },
      { window: 'd5'.repeat(32) },
      { epoch: 4 },
      { commitments: null },
    ];
    for (const other of others)
      expect(sampledBlocks(large, { ...challenge, ...other })).not.toEqual(own);
  });
});
