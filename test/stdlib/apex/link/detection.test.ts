// The chance that a link catches a client, and the table of docs/what-is-proved.md.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detection, leastDetection } from '../../../../stdlib/apex/link/detection.ts';

/** By exact counting: C(B − c, n) / C(B, n) of all samples miss. */
function byCounting(blocks: number, cheated: number, sampled: number): number {
  const choose = (n: number, k: number): bigint => {
    if (k > n) return 0n;
    let result = 1n;
    for (let i = 0; i < k; i++) result = (result * BigInt(n - i)) / BigInt(i + 1);
    return result;
  };
  const all = choose(blocks, sampled);
  const caught = all - choose(blocks - cheated, sampled);
  return Number((caught * 10n ** 15n) / all) / 1e15;
}

const counts = fc.integer({ min: 1, max: 60 }).chain((blocks) =>
  fc.record({
    blocks: fc.constant(blocks),
    cheated: fc.nat(blocks),
    sampled: fc.integer({ min: 1, max: blocks }),
  }),
);

test('is what counting all samples gives', () => {
  fc.assert(
    fc.property(counts, ({ blocks, cheated, sampled }) => {
      const expected = byCounting(blocks, cheated, sampled);
      expect(detection({ blocks, cheated, sampled })).toBeCloseTo(expected, 10);
    }),
  );
});

test('is no less than its bound, at which it arrives for many blocks', () => {
  fc.assert(
    fc.property(counts, ({ blocks, cheated, sampled }) => {
      const own = detection({ blocks, cheated, sampled });
      expect(own).toBeGreaterThanOrEqual(leastDetection(cheated / blocks, sampled) - 1e-12);
    }),
  );
  const many = { blocks: 2 ** 30, cheated: 2 ** 20, sampled: 64 };
  expect(detection(many)).toBeCloseTo(leastDetection(2 ** -10, 64), 6);
});

test('all blocks, or more than there are, are all', () => {
  for (const sampled of ['all', 7, 8, 1000] as const) {
    expect(detection({ blocks: 7, cheated: 1, sampled })).toBe(1);
    expect(detection({ blocks: 7, cheated: 0, sampled })).toBe(0);
  }
  expect(leastDetection(1e-9, 'all')).toBe(1);
  expect(leastDetection(0, 'all')).toBe(0);
});

/** Rounded down: a bound stays one. */
const percent = (chance: number): string =>
  chance === 1 ? '100 %' : `${Math.floor(chance * 1e5) / 1e3} %`;

test('the table of what is proved', () => {
  const sizes = [16, 64, 256, 'all'] as const;
  const rows = [0.001, 0.01, 0.05, 0.1].map((fraction) => {
    const chances = sizes.map((sampled) => percent(leastDetection(fraction, sampled)));
    return [`${fraction * 100} %`, ...chances].join(' | ');
  });
  const text = readFileSync('docs/what-is-proved.md', 'utf8')
    .replace(/ +\|/g, ' |')
    .replace(/\| +/g, '| ');
  for (const row of rows) expect(text).toContain(`| ${row} |`);
});
