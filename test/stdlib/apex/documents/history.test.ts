// Histories: live and dead positions against their definitions, the union, and one spelling.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canonicalText,
  deadByBlock,
  deadPositions,
  extendHistory,
  hasBit,
  liveBlocks,
  livePositions,
  noHistory,
  packMask,
  parseWindow,
  planDigest,
  positionsOf,
  uncompensatedCount,
  windowDigest,
  windowDocument,
  type History,
  type Plan,
} from '../../../../stdlib/apex/documents/index.ts';
import { blockNumbering, weightCount } from '../../../../stdlib/apex/model/index.ts';
import { inTier } from '../../../tier.ts';
import { codeOf } from '../codes.ts';
import { changed } from './every-field.ts';
import { hex, historyOf, key, maskOf, plan, scope, windows } from './samples.ts';

const weights = 50;
const histories: fc.Arbitrary<History> = fc
  .uniqueArray(fc.tuple(fc.nat(weights - 1), fc.integer({ min: 1, max: 4 })), {
    selector: ([position]) => position,
  })
  .map((entries) => historyOf([...entries].sort(([a], [b]) => a - b)));
const plans: fc.Arbitrary<Plan> = fc
  .option(fc.uniqueArray(fc.nat(weights - 1)))
  .map((dead) =>
    dead === null
      ? plan
      : { ...plan, predecessor: { plan: hex, window: null, dead: maskOf(plan, dead).bits } },
  );

test('live and dead are what their definitions say, and blocks hold them as entries', () => {
  fc.assert(
    fc.property(plans, histories, fc.integer({ min: 1, max: 5 }), (own, history, epoch) => {
      const first = new Map([...history.positions].map((at, i) => [at, history.epochs[i]!]));
      const all = Array.from({ length: weights }, (_, at) => at);
      const isDead = (at: number): boolean => !!own.predecessor && hasBit(own.predecessor.dead, at);
      const live = all.filter((at) => (first.get(at) ?? 0) >= epoch && !isDead(at));
      const dead = all.filter((at) => isDead(at) || (first.get(at) ?? epoch) < epoch);
      expect([...livePositions(own, history, epoch)]).toEqual(live);
      expect([...deadPositions(own, history, epoch)]).toEqual(dead);
      const numbering = blockNumbering(scope);
      const back = (number: number, entries: readonly number[]): number[] =>
        entries.map((entry) => numbering.at(number).first + entry);
      const blocks = liveBlocks(own, history, epoch);
      expect(blocks.flatMap((block) => back(block.number, block.live))).toEqual(live);
      expect(new Set(blocks.map(({ number }) => number)).size).toBe(blocks.length);
      const byBlock = [...deadByBlock(own, history, epoch)];
      expect(byBlock.flatMap(([number, entries]) => back(number, entries))).toEqual(dead);
      for (const [number, entries] of [
        ...blocks.map((b) => [b.number, b.live] as const),
        ...byBlock,
      ])
        for (const entry of entries) expect(entry).toBeLessThan(numbering.at(number).length);
      const compensated = fc.sample(fc.nat(epoch - 1), { numRuns: 1, seed: epoch })[0]!;
      expect(uncompensatedCount(own, history, { compensated, epoch })).toBe(
        dead.filter((at) => !isDead(at) && first.get(at)! > compensated).length,
      );
    }),
    { numRuns: 50 },
  );
});

test('the union keeps every first epoch, and is the same object where nothing is new', () => {
  const named = fc.uniqueArray(fc.nat(weights - 1)).map((own) => Uint32Array.from(own).sort());
  fc.assert(
    fc.property(histories, named, (history, positions) => {
      const union = extendHistory(history, positions, 9);
      const first = new Map([...positions].map((at) => [at, 9]));
      history.positions.forEach((at, i) => first.set(at, history.epochs[i]!));
      expect([...union.positions]).toEqual([...first.keys()].sort((a, b) => a - b));
      expect([...union.epochs]).toEqual([...union.positions].map((at) => first.get(at)));
      expect(extendHistory(union, positions, 10)).toBe(union);
    }),
    { numRuns: 50 },
  );
  expect(extendHistory(noHistory, Uint32Array.from([3]), 1)).toEqual(historyOf([[3, 1]]));
});

test('masks are packed in the order of positions', () => {
  const bytes = new Map([
    ['first', new Uint8Array(30)],
    ['second', new Uint8Array(20)],
  ]);
  for (const at of [0, 29]) bytes.get('first')![at] = 1;
  bytes.get('second')![19] = 1;
  const bits = packMask(scope, bytes);
  expect([...positionsOf(bits)]).toEqual([0, 29, 49]);
  expect(bits).toHaveLength(7);
});

describe('a history has one spelling', () => {
  const document = windowDocument(windows[2]!, key) as object;
  const read = (path: readonly string[], to: string): Promise<string> =>
    codeOf(async () =>
      parseWindow(JSON.stringify(changed(document as never, path, to)), 'file', plan),
    );
  const base64 = (bytes: readonly number[]): string => Buffer.from(bytes).toString('base64');
  const { positions, epochs } = (document as { history: Record<'positions' | 'epochs', string> })
    .history;
  const bytes = [...Buffer.from(epochs, 'base64')];

  test.each([
    [
      'zeros after the last position',
      'positions',
      base64([...Buffer.from(positions, 'base64'), 0]),
    ],
    ['no positions', 'positions', ''],
    [
      'one position more',
      'positions',
      base64([0xff, ...Buffer.from(positions, 'base64').subarray(1)]),
    ],
    ['no base64', 'positions', `${positions.slice(0, -1)}*`],
    ['loose bits of base64', 'positions', positions.replace(/.==?$/, (end) => `/${end.slice(1)}`)],
    ['an epoch less', 'epochs', base64(bytes.slice(4))],
    ['an epoch more', 'epochs', base64([...bytes, 1, 0, 0, 0])],
    ['a part of an epoch', 'epochs', base64(bytes.slice(1))],
    ['epoch 0', 'epochs', base64([0, 0, 0, 0, ...bytes.slice(4)])],
    ['an epoch after that of the window', 'epochs', base64([4, 0, 0, 0, ...bytes.slice(4)])],
    ['an epoch far after it', 'epochs', base64([1, 0, 0, 128, ...bytes.slice(4)])],
  ])('%s', async (_, field, text) => {
    expect(await read(['history', field], text)).toBe('bad-document');
  });

  test('a position past the last weight, signed', async () => {
    const code = (position: number): Promise<string> => {
      const own = { ...windows[0]!, history: historyOf([[position, 1]]) };
      const text = canonicalText(windowDocument(own, key));
      return codeOf(async () => parseWindow(text, 'file', plan));
    };
    expect(await code(49)).toBe('none');
    expect(await code(50)).toBe('bad-document');
    expect(await code(2 ** 20)).toBe('bad-document');
  });

  test('nothing masked; a first window with a predecessor, a later one without; another plan', async () => {
    const code = (change: object): Promise<string> => {
      const text = canonicalText(windowDocument({ ...windows[1]!, ...change }, key));
      return codeOf(async () => parseWindow(text, 'file', plan));
    };
    expect(await code({})).toBe('none');
    expect(await code({ history: noHistory })).toBe('bad-document');
    expect(await code({ predecessor: null })).toBe('bad-document');
    expect(await code({ ...windows[0]!, predecessor: hex })).toBe('bad-document');
    expect(await code({ plan: hex })).toBe('other-plan');
  });
});

test('a model as large as ViT-B, of which 4 % are masked: a window of 10 MB', () => {
  // 28 million weights in full, 2.4 million in the normal tier.
  const tensors = Array.from({ length: inTier({ quick: 1, normal: 1, full: 12 }) }, (_, i) => ({
    name: `layer ${i}`,
    shape: [3072, 768] as const,
    orientation: 'out-in' as const,
  }));
  const large: Plan = { ...plan, scope: { blockSize: 32, tensors } };
  const count = weightCount(large.scope);
  const positions = new Uint32Array(Math.floor(count / 25));
  for (let i = 0; i < positions.length; i++) positions[i] = 25 * i + (i % 23);
  const history = extendHistory(noHistory, positions, 1);
  const blocks = liveBlocks(large, history, 1);
  expect(blocks.reduce((sum, { live }) => sum + live.length, 0)).toBe(positions.length);
  const window = {
    plan: planDigest(large),
    epoch: 1,
    predecessor: null,
    mask: windows[0]!.mask,
    history,
  };
  const text = canonicalText(windowDocument(window, key));
  expect(text.length).toBeLessThan(0.4 * count);
  expect(windowDigest(parseWindow(text, 'file', large))).toBe(windowDigest(window));
});
