// A client checks that a window follows the windows it knows, and its receipt.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  canonicalText,
  checkReceipt,
  checkReceiptWindow,
  checkSuccession,
  parseReceipt,
  parseWindow,
  planDigest,
  receiptDigest,
  receiptDocument,
  registrationDigest,
  windowDigest,
  windowDocument,
  type Receipt,
  type Window,
} from '../../../../stdlib/apex/documents/index.ts';
import { codeOf } from '../codes.ts';
import { hex, historyOf, key, plan, registration, windows } from './samples.ts';

const [first, second, third] = windows as [Window, Window, Window];
const follows = (before: Window | undefined, after: Window): Promise<string> =>
  codeOf(async () => checkSuccession(before, after));

describe('succession', () => {
  test('windows follow each other, the same one again, and after some that were skipped', async () => {
    for (const [before, after] of [
      [undefined, first],
      [undefined, third],
      [first, first],
      [first, second],
      [second, third],
      [first, third],
    ] as const)
      expect(await follows(before, after)).toBe('none');
    expect(await follows(third, second)).toBe('older-window');
    expect(await follows(first, { ...second, plan: hex })).toBe('other-plan');
  });

  // First epochs of `third`: 0 in 2, 4 in 1, 7 in 3, 9 in 1, 48 in 3, 49 in 2.
  test.each<[string, Window, readonly (readonly [number, number])[]]>([
    [
      'drops one',
      second,
      [
        [0, 2],
        [4, 1],
        [9, 1],
      ],
    ],
    [
      'drops the first one',
      second,
      [
        [4, 1],
        [7, 3],
        [9, 1],
        [49, 2],
      ],
    ],
    [
      'changes an epoch',
      second,
      [
        [0, 2],
        [4, 2],
        [9, 1],
        [49, 2],
      ],
    ],
    [
      'makes an epoch new',
      second,
      [
        [0, 2],
        [4, 3],
        [9, 1],
        [49, 2],
      ],
    ],
    [
      'has a new one of before',
      second,
      [
        [0, 2],
        [4, 1],
        [7, 2],
        [9, 1],
        [49, 2],
      ],
    ],
    [
      'has a new one of long before',
      second,
      [
        [0, 2],
        [4, 1],
        [7, 1],
        [9, 1],
        [49, 2],
      ],
    ],
    [
      'after skipping: drops one',
      first,
      [
        [0, 2],
        [4, 1],
      ],
    ],
    [
      'after skipping: has a new one of the known epoch',
      first,
      [
        [0, 1],
        [4, 1],
        [9, 1],
      ],
    ],
    [
      'after skipping: changes an epoch',
      first,
      [
        [4, 3],
        [9, 1],
      ],
    ],
  ])('a history that %s', async (_, before, entries) => {
    expect(await follows(before, { ...third, history: historyOf(entries) })).toBe('bad-history');
  });

  test('another window of the same epoch, and another predecessor', async () => {
    const other = { ...second, mask: { ...second.mask, budget: 0.25 } };
    expect(await follows(second, other)).toBe('bad-history');
    expect(await follows(other, third)).toBe('bad-history');
    expect(await follows(second, { ...third, predecessor: hex })).toBe('bad-history');
  });
});

describe('receipts', () => {
  const receipt: Receipt = {
    plan: planDigest(plan),
    registration: registrationDigest(registration),
    epoch: 2,
    window: windowDigest(first),
  };
  const text = (own: Receipt, signing = key): string =>
    canonicalText(receiptDocument(own, signing));

  test('one text for one receipt, and one digest', () => {
    expect(text(receipt)).toBe(text({ ...receipt }));
    const changes = [{ epoch: 3 }, { window: hex }, { plan: hex }, { registration: hex }];
    const digests = [{}, ...changes].map((change) => receiptDigest({ ...receipt, ...change }));
    expect(new Set(digests).size).toBe(5);
  });

  test('signed by another, or for another epoch under a good signature', async () => {
    const read = (own: string): Promise<string> =>
      codeOf(async () => parseReceipt(own, 'receipt.json', plan.signer));
    expect(await read(text(receipt))).toBe('none');
    const { privateKey } = generateKeyPairSync('ed25519');
    expect(await read(text(receipt, privateKey))).toBe('forged-receipt');
    expect(await read(text(receipt).replace('"epoch":2', '"epoch":1'))).toBe('bad-document');
    expect(await read(text(receipt).replace('"epoch":2', '"epoch":3'))).toBe('forged-receipt');
  });

  test('for another registration or plan', async () => {
    const check = (change: Partial<Receipt>): Promise<string> =>
      codeOf(async () => checkReceipt(plan, registration, { ...receipt, ...change }));
    expect(await check({})).toBe('none');
    expect(await check({ registration: hex })).toBe('other-receipt');
    expect(await check({ plan: hex })).toBe('other-plan');
  });

  test('a window before it, or one that does not follow the window that it names', async () => {
    const check = (own: Partial<Receipt>, window: Window): Promise<string> =>
      codeOf(async () => checkReceiptWindow({ ...receipt, ...own }, window));
    expect(await check({}, first)).toBe('late-registration');
    expect(await check({}, second)).toBe('none');
    expect(await check({}, third)).toBe('none');
    expect(await check({ window: hex }, second)).toBe('bad-history');
    expect(await check({ epoch: 1, window: null }, first)).toBe('none');
  });
});

describe('signatures of windows', () => {
  const read = (document: object): Promise<string> =>
    codeOf(async () => parseWindow(JSON.stringify(document), 'window.json', plan));
  const good = windowDocument(second, key) as Record<string, string | object> & {
    mask: object;
    history: { positions: string; epochs: string };
  };

  test('of another key, or of none', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    expect(await read(good)).toBe('none');
    expect(await read(windowDocument(second, privateKey) as object)).toBe('forged-window');
    expect(await read({ ...good, signature: `${'A'.repeat(86)}==` })).toBe('forged-window');
    expect(await read({ ...good, signature: '' })).toBe('bad-document');
    expect(await read({ ...good, signature: undefined })).toBe('bad-document');
  });

  test('anything changed under a good signature', async () => {
    const bytes = Buffer.from(good.history.positions, 'base64');
    // One bit moves to the next weight: as many as before.
    bytes[0] = (bytes[0]! & ~1) | 2;
    const positions = bytes.toString('base64');
    const epochs = Buffer.from(good.history.epochs, 'base64');
    epochs[0] = 1;
    const forged = [
      { history: { ...good.history, positions } },
      { history: { ...good.history, epochs: epochs.toString('base64') } },
      { epoch: second.epoch + 1 },
      { predecessor: hex },
      { mask: { ...good.mask, budget: 0.25 } },
      { mask: { ...good.mask, score: 'ratio' } },
      { mask: { ...good.mask, masked: 3 } },
    ];
    for (const change of forged) expect(await read({ ...good, ...change })).toBe('forged-window');
  });
});
