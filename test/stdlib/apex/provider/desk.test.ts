// Enrolling, issuing windows, and what a provider keeps: receipts, epochs, unions of masks, leaves and commitments.
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { appendFile, copyFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modulus } from '../../../../compiler/numbers/field.ts';
import {
  canonicalText,
  checkReceipt,
  checkReceiptWindow,
  checkSuccession,
  deadPositions,
  livePositions,
  parseReceipt,
  parseWindow,
  receiptDigest,
  registrationDigest,
  windowDigest,
  windowDocument,
  writeLeaves,
} from '../../../../stdlib/apex/documents/index.ts';
import { enroll, receiptOf } from '../../../../stdlib/apex/provider/enroll.ts';
import { openProvider } from '../../../../stdlib/apex/provider/folder.ts';
import { sweep } from '../../../../stdlib/apex/provider/kept.ts';
import { providerStatus } from '../../../../stdlib/apex/provider/status.ts';
import { lastWindow } from '../../../../stdlib/apex/provider/window.ts';
import { codeOf } from '../codes.ts';
import { digest, finding } from '../books/entries.ts';
import { hex, historyOf } from '../documents/samples.ts';
import { Desk, pieces, Street } from './desk.ts';

let street: Street;
let desk: Desk;
beforeAll(async () => {
  street = await Street.make();
  desk = await Desk.open(await street.provider('provider', { keeps: 'leaves' }));
});
afterAll(async () => {
  await desk.close();
  await street.remove();
});

const folderOf = (name: string): string => join(desk.provider.folder, name);

describe('windows', () => {
  test('overlapping and nested masks are united, each position in its first epoch', async () => {
    const first = await desk.issue([3, 7]);
    expect(first.added).toBe(2);
    const overlapping = await desk.issue([7, 20, 49]);
    expect(overlapping.added).toBe(2);
    const nested = await desk.issue([3, 7, 20, 30]);
    expect(nested.added).toBe(1);
    expect(nested.window).toMatchObject({
      epoch: 3,
      predecessor: overlapping.digest,
      mask: { masked: 4 },
      history: historyOf([
        [3, 1],
        [7, 1],
        [20, 2],
        [30, 3],
        [49, 2],
      ]),
    });
    const windows = [first, overlapping, nested].map(({ window }) => window);
    windows.forEach((window, i) => checkSuccession(windows[i - 1], window));
    checkSuccession(windows[0], windows[2]!);
    const text = canonicalText(nested.document);
    expect(parseWindow(text, 'file', desk.plan)).toEqual(nested.window);
    expect(await lastWindow(desk.plan, desk.books)).toEqual(nested.window);
  });

  test('a mask that adds nothing gives the last window again', async () => {
    const { window, digest: own, document } = await desk.issue([40]);
    const before = await desk.books.status();
    for (const positions of [[40], [3, 20], [3, 7, 20, 30, 40, 49]])
      for (const changes of [{}, { budget: 0.75 }, { score: 'ratio' }])
        expect(await desk.issue(positions, changes)).toEqual({
          window,
          digest: own,
          document,
          added: 0,
        });
    expect(await desk.books.status()).toEqual(before);
  });

  test('a mask of another plan, or one with bits past the last weight', async () => {
    expect(await codeOf(() => desk.issue([1], { plan: hex }))).toBe('other-plan');
    expect(await codeOf(() => desk.issue([1, 50]))).toBe('bad-mask');
  });

  test('many at once: none is lost, and none is issued twice', async () => {
    const { epoch } = await desk.books.status();
    const codes = await Promise.all([41, 42, 43].map((at) => codeOf(() => desk.issue([at]))));
    expect(codes.filter((each) => each !== 'none').every((each) => each === 'stale-window')).toBe(
      true,
    );
    const issued = codes.filter((each) => each === 'none').length;
    expect((await desk.books.status()).epoch).toBe(epoch + issued);
  });
});

describe('registrations', () => {
  test('a receipt for the epoch, and the same one again after windows', async () => {
    const before = await lastWindow(desk.plan, desk.books);
    const ada = await desk.client('ada', 1, windowDigest(before!));
    const enrolled = await desk.enroll(ada);
    const { receipt, document, entry } = enrolled;
    expect(entry.epoch).toBe(before!.epoch + 1);
    expect(receipt).toMatchObject({ epoch: entry.epoch, window: windowDigest(before!) });
    expect(enrolled.uncompensated).toBe(0);
    const text = canonicalText(document);
    expect(parseReceipt(text, 'receipt.json', desk.plan.signer)).toEqual(receipt);
    checkReceipt(desk.plan, ada.registration, receipt);
    const window = await desk.window([44]);
    checkReceiptWindow(receipt, window);
    expect([...livePositions(desk.plan, window.history, receipt.epoch)]).toEqual([44]);
    expect([...deadPositions(desk.plan, window.history, receipt.epoch)]).toEqual([
      ...before!.history.positions,
    ]);
    expect(await desk.enroll(ada)).toEqual(enrolled);
  });

  test('positions that died after the window that a registration names are uncompensated', async () => {
    const known = await desk.window([45]);
    const before = await desk.client('ben', 2);
    const after = await desk.client('bea', 3, windowDigest(known));
    await desk.issue([8, 46]);
    const masked = (await lastWindow(desk.plan, desk.books))!.history.positions.length;
    expect((await desk.enroll(before)).uncompensated).toBe(masked);
    expect((await desk.enroll(after)).uncompensated).toBe(2);
    // Positions that are masked later are live for both.
    await desk.issue([9]);
    expect((await desk.enroll(after)).uncompensated).toBe(2);
    const { perClient, masked: all } = await providerStatus(desk.plan, desk.books);
    expect(all).toBe(masked + 1);
    expect(perClient.find(({ client }) => client === 'ben')).toMatchObject({
      answered: 0,
      current: undefined,
      dead: masked,
      uncompensated: masked,
    });
    expect(perClient.find(({ client }) => client === 'bea')).toMatchObject({
      epoch: known.epoch + 2,
      dead: masked,
      uncompensated: 2,
    });
  });

  test('an epoch in the books that the receipt contradicts', async () => {
    const { entry, receipt } = await desk.enroll(await desk.client('cal', 4));
    expect(receiptDigest(await receiptOf(desk.plan, desk.books, entry))).toBe(
      receiptDigest(receipt),
    );
    for (const epoch of [1, entry.epoch - 1, entry.epoch + 1]) {
      const contradicted = await receiptOf(desk.plan, desk.books, { ...entry, epoch });
      expect(receiptDigest(contradicted)).not.toBe(receiptDigest(receipt));
    }
  });

  test('one that compensates for a window of nobody, or is of another plan', async () => {
    const dan = await desk.client('dan', 5, hex);
    expect(await codeOf(() => desk.enroll(dan))).toBe('unknown-window');
    const other = { ...dan, registration: { ...dan.registration, plan: hex } };
    expect(await codeOf(() => desk.enroll(other))).toBe('other-plan');
    expect(await desk.books.registrationOf('dan')).toBeUndefined();
  });
});

describe('leaves', () => {
  const fileOf = (own: Parameters<typeof registrationDigest>[0]): string =>
    folderOf(`leaves/${registrationDigest(own)}.leaves`);

  test('are read by position, in any number', async () => {
    const eve = await desk.client('eve', 6);
    const { entry } = await desk.enroll(eve);
    for (const positions of [
      [],
      [0],
      [49],
      [0, 1, 7, 48, 49],
      Array.from({ length: 50 }, (_, i) => i),
    ])
      expect(await desk.provider.leaves.read(entry.digest, positions)).toEqual(
        positions.map((at) => eve.leaves.get(at)),
      );
  });

  test('missing, of another client, too few, too many, changed, or no field elements', async () => {
    const fay = await desk.client('fay', 7);
    const { bytes } = fay.leaves;
    const missing = enroll({ ...desk, registration: fay.registration });
    expect(await codeOf(() => missing)).toBe('no-leaves');
    const given = async (content: Uint8Array): Promise<string> => {
      await writeFile(fay.file, content);
      return codeOf(() => desk.enroll(fay));
    };
    const other = fay.leaves.copy();
    other.set(17, 5n);
    expect(await given((await desk.client('eve', 6)).leaves.bytes)).toBe('root-mismatch');
    expect(await given(bytes.subarray(32))).toBe('root-mismatch');
    expect(await given(Buffer.concat([bytes, Buffer.alloc(32)]))).toBe('root-mismatch');
    expect(await given(other.bytes)).toBe('root-mismatch');
    expect(await given(bytes.subarray(1))).toBe('root-mismatch');
    other.bytes.set(Buffer.from(modulus.toString(16), 'hex'), 32);
    expect(await given(other.bytes)).toBe('bad-document');
    // Counted before they are read: this would take hours.
    await truncate(fay.file, 2 ** 40);
    expect(await codeOf(() => desk.enroll(fay))).toBe('root-mismatch');
    await rm(fay.file);
    expect(await codeOf(() => desk.enroll(fay))).toBe('cannot-read');
    execFileSync('mkfifo', [fay.file]);
    expect(await codeOf(() => desk.enroll(fay))).toBe('cannot-read');
    await rm(fay.file);
    expect(await desk.books.registrationOf('fay')).toBeUndefined();
    expect(await readdir(folderOf('leaves'))).not.toContain(
      `${registrationDigest(fay.registration)}.leaves`,
    );
    expect(await given(bytes)).toBe('none');
    // Enrolled again without a file: they are there.
    await enroll({ ...desk, registration: fay.registration });
  });

  test('a damaged file is noticed, and written again from that of the client', async () => {
    const gus = await desk.client('gus', 8);
    const { entry } = await desk.enroll(gus);
    const [file, good] = [fileOf(gus.registration), await readFile(fileOf(gus.registration))];
    // Each from a provider that has not opened it yet.
    const read = async (): Promise<string> => {
      const { leaves } = await openProvider(desk.provider.folder);
      return codeOf(() => leaves.read(entry.digest, [3]));
    };
    expect(await read()).toBe('none');
    await writeFile(
      file,
      good.map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
    );
    expect(await read()).toBe('damaged-leaves');
    await appendFile(file, 'x');
    expect(await read()).toBe('damaged-leaves');
    await truncate(file, 0);
    expect(await read()).toBe('damaged-leaves');
    const eve = (await desk.books.registrationOf('eve'))!.digest;
    await copyFile(folderOf(`leaves/${eve}.leaves`), file);
    expect(await read()).toBe('damaged-leaves');
    await rm(file);
    expect(await read()).toBe('no-leaves');
    await desk.enroll(gus);
    expect(await readFile(file)).toEqual(good);
    expect(await read()).toBe('none');
  });

  test('those of a superseded registration go, and do not come back', async () => {
    const first = await desk.client('hal', 9);
    await desk.enroll(first);
    const second = await desk.client('hal', 10);
    await desk.enroll(second, true);
    expect(await codeOf(() => desk.enroll(first))).toBe('superseded');
    const kept = await readdir(folderOf('leaves'));
    expect(kept).toContain(`${registrationDigest(second.registration)}.leaves`);
    expect(kept).not.toContain(`${registrationDigest(first.registration)}.leaves`);
  });

  test('a file of the client, whole', async () => {
    const ida = await desk.client('ida', 11);
    await writeLeaves(ida.file, pieces(ida.leaves));
    expect(await readFile(ida.file)).toEqual(Buffer.from(ida.leaves.bytes));
  });
});

test('commitments of the last accepted answer are kept, those of former ones go', async () => {
  const { commitments } = desk.provider;
  const { entry } = await desk.enroll(await desk.client('joe', 12));
  const accept = async (at: number, rootAfter: string, kept: string | null): Promise<void> => {
    const window = await desk.issue([at]);
    await commitments.write(rootAfter, [1n, BigInt(at), modulus - 1n]);
    await desk.books.recordVerdict(
      finding('joe', window.digest, {
        registrationDigest: entry.digest,
        bundleDigest: digest(`joe ${at}`),
        kept,
        rootAfter,
      }),
    );
    await sweep(desk.provider, desk.books, 'joe', [rootAfter]);
  };
  await accept(10, '501', null);
  expect(await commitments.read('501', 3)).toEqual([1n, 10n, modulus - 1n]);
  expect(await codeOf(() => commitments.read('501', 2))).toBe('damaged-commitments');
  await accept(11, '502', '501');
  expect(await codeOf(() => commitments.read('501', 3))).toBe('no-commitments');
  expect(await commitments.read('502', 3)).toEqual([1n, 11n, modulus - 1n]);
  // Refused: it keeps from a root that is no longer the last one.
  await accept(12, '503', '501');
  expect(await readdir(folderOf('commitments'))).toEqual(['502.bin']);
  const { perClient } = await providerStatus(desk.plan, desk.books);
  expect(perClient.find(({ client }) => client === 'joe')).toMatchObject({
    answered: 2,
    current: { root: '502' },
  });
  await commitments.write('0', []);
  expect(await commitments.read('0', 0)).toEqual([]);
  await desk.enroll(await desk.client('joe', 13), true);
  expect(await readdir(folderOf('commitments'))).toEqual(['0.bin']);
});

test('a window in the books that the plan did not sign is no window', async () => {
  const { epoch } = await desk.books.status();
  const last = (await lastWindow(desk.plan, desk.books))!;
  const own = { ...last, epoch, predecessor: windowDigest(last) };
  const { privateKey } = generateKeyPairSync('ed25519');
  const document = canonicalText(windowDocument(own, privateKey));
  await desk.books.issueWindow({ digest: windowDigest(own), document });
  expect(await codeOf(() => lastWindow(desk.plan, desk.books))).toBe('forged-window');
  expect(await codeOf(() => desk.issue([13]))).toBe('forged-window');
});
