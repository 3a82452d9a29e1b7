// The parts of a state beside its arrays: the receipt, and answers.
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { register } from '../../../../stdlib/apex/client/register.ts';
import {
  openState,
  saveAnswer,
  saveReceipt,
  type State,
} from '../../../../stdlib/apex/client/state.ts';
import { planDigest } from '../../../../stdlib/apex/documents/plan.ts';
import { receiptDocument, type Receipt } from '../../../../stdlib/apex/documents/receipt.ts';
import { registrationDigest } from '../../../../stdlib/apex/documents/registration.ts';
import { generateSigningKey, readSigningKey } from '../../../../stdlib/apex/documents/signature.ts';
import { codeOf } from '../codes.ts';
import { Files, plan, providerKey } from './files.ts';

let files: Files;
let state: State;
beforeAll(async () => {
  files = await Files.make();
  state = await register(await files.options('alice'));
});
afterAll(() => files.remove());

const receiptOf = (changes: Partial<Receipt> = {}): Receipt => ({
  plan: planDigest(plan),
  registration: registrationDigest(state.registration),
  epoch: 2,
  window: 'd'.repeat(64),
  ...changes,
});

const signed = (receipt: Receipt, key = providerKey): string =>
  JSON.stringify(receiptDocument(receipt, key));

describe('a receipt', () => {
  test('is kept, once', async () => {
    expect(state.receipt).toBeUndefined();
    const receipt = receiptOf();
    const after = await saveReceipt(state, signed(receipt), 'receipt.json');
    expect(after).toEqual({ ...state, receipt });
    expect(await openState(state.folder)).toEqual(after);
    expect(await saveReceipt(after, signed(receipt), 'receipt.json')).toEqual(after);
    const other = signed(receiptOf({ epoch: 3 }));
    expect(await codeOf(() => saveReceipt(after, other, 'other.json'))).toBe('other-receipt');
    expect((await stat(join(state.folder, 'receipt.json'))).mode & 0o777).toBe(0o600);
  });

  test('of another plan, registration or signer', async () => {
    const refused = (text: string): Promise<string> =>
      codeOf(() => saveReceipt(state, text, 'receipt.json'));
    expect(await refused(signed(receiptOf({ plan: 'e'.repeat(64) })))).toBe('other-plan');
    expect(await refused(signed(receiptOf({ registration: 'e'.repeat(64) })))).toBe(
      'other-receipt',
    );
    const stranger = readSigningKey(generateSigningKey());
    expect(await refused(signed(receiptOf(), stranger))).toBe('forged-receipt');
    expect(await refused('{}')).toBe('bad-document');
  });

  test('that is changed in the state', async () => {
    const own = await register(await files.options('changed'));
    const receipt = receiptOf({ registration: registrationDigest(own.registration) });
    await saveReceipt(own, signed(receipt), 'receipt.json');
    const changed = signed(receipt).replace('"epoch":2', '"epoch":3');
    await writeFile(join(own.folder, 'receipt.json'), changed);
    expect(await codeOf(() => openState(own.folder))).toBe('forged-receipt');
  });
});

test('answers are kept in their order; another one to the same window replaces the first', async () => {
  const answer = (window: string, epoch: number, kept: bigint | null) => ({
    window: window.repeat(64),
    epoch,
    kept,
    root: BigInt(epoch) + 7n,
    log: 13,
  });
  const own = await openState(state.folder);
  const first = await saveAnswer(own, answer('1', 2, null));
  const second = await saveAnswer(first, answer('2', 3, 9n));
  expect(second.answers).toEqual([answer('1', 2, null), answer('2', 3, 9n)]);
  expect(await openState(state.folder)).toEqual(second);
  const third = await saveAnswer(second, answer('2', 3, null));
  expect(third.answers).toEqual([answer('1', 2, null), answer('2', 3, null)]);
  expect(await openState(state.folder)).toEqual(third);
});
