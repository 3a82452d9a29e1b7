// The file of an unlearning: read as it was written, and bound by the client's signature, byte by byte.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderHeader, type BundleHeader } from '../../../../stdlib/apex/bundle/header.ts';
import { Bundle } from '../../../../stdlib/apex/bundle/read.ts';
import { signatureLength } from '../../../../stdlib/apex/bundle/signed-kind.ts';
import { encodeNumber } from '../../../../stdlib/apex/bundle/source.ts';
import { publicKeyOf } from '../../../../stdlib/apex/documents/signature.ts';
import { codeOf } from '../codes.ts';
import { runs } from '../../../tier.ts';
import {
  bytesOf,
  content,
  counts,
  folder,
  newKey,
  magic,
  makeFolder,
  read,
  removeFolder,
  replaced,
  signed,
  withHeaderText,
} from './written.ts';

let bytes: Uint8Array;
beforeAll(async () => {
  await makeFolder();
  bytes = await bytesOf();
});
afterAll(removeFolder);

const problem = (own: Uint8Array): Promise<string> => codeOf(() => read(own));

describe('what was written', () => {
  test('is read', async () => {
    expect(await read(bytes)).toEqual(content);
  });

  test('where all blocks are proved', async () => {
    const own = { ...content, header: { ...content.header, kept: null } };
    expect(await read(await bytesOf(own))).toEqual(own);
  });

  test('where the provider keeps the leaves', async () => {
    const header = { ...content.header, siblings: 0 };
    const own = { ...content, header, siblings: [], leaves: [] };
    expect(await read(await bytesOf(own), { ...counts, siblings: 0, leaves: 0 })).toEqual(own);
  });

  test('of a window with nothing new for the client', async () => {
    const header = { ...content.header, proved: 0, tiles: 0, siblings: 0 };
    const own = { header, siblings: [], leaves: [], commitments: [], proofs: [] };
    const none = { siblings: 0, leaves: 0, proved: 0, tiles: 0 };
    expect(await read(await bytesOf(own), none)).toEqual(own);
  });

  test('has the digest of the whole file', async () => {
    const file = join(folder, 'digest.apex');
    await writeFile(file, bytes);
    const bundle = await Bundle.open(file);
    expect(await bundle.digest()).toBe(createHash('sha256').update(bytes).digest('hex'));
    await bundle.close();
  });

  test('in pieces, when there is much of it', async () => {
    const siblings = Array.from({ length: 4096 * 2 + 5 }, (_, i) => BigInt(i) ** 15n);
    const own = { ...content, header: { ...content.header, siblings: siblings.length }, siblings };
    expect(await read(await bytesOf(own), { ...counts, siblings: siblings.length })).toEqual(own);
  });
});

describe('the signature', () => {
  test.each<[string, Partial<BundleHeader>]>([
    ['plan', { plan: 'aa'.repeat(32) }],
    ['registration', { registration: 'aa'.repeat(32) }],
    ['receipt', { receipt: 'aa'.repeat(32) }],
    ['window', { window: 'aa'.repeat(32) }],
    ['log', { log: 14 }],
    ['kept', { kept: 78n }],
    ['kept, left out', { kept: null }],
    ['after', { after: 98n }],
    ['proved', { proved: 3 }],
    ['tiles', { tiles: 1 }],
    ['siblings', { siblings: 2 }],
  ])('binds the header: %s', async (_, change) => {
    const text = renderHeader({ ...content.header, ...change });
    const changed = withHeaderText(bytes, text);
    const unsigned = Buffer.concat([
      changed.subarray(0, -signatureLength),
      bytes.subarray(-signatureLength),
    ]);
    expect(await problem(unsigned)).toBe('forged-bundle');
  });

  test('binds every byte of the file', async () => {
    const place = fc.nat({ max: bytes.length - 1 });
    const flip = fc.tuple(place, fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 4 }), async (flips) => {
        const own = Uint8Array.from(bytes);
        for (const [position, by] of flips) own[position]! ^= by;
        if (Buffer.from(own).equals(bytes)) return;
        expect(['bad-bundle', 'forged-bundle']).toContain(await problem(own));
      }),
      { numRuns: runs(200) },
    );
  });

  test('is missing, empty, or of another length', async () => {
    const own = bytes.subarray(0, -signatureLength);
    expect(await problem(own)).toBe('forged-bundle');
    expect(await problem(Buffer.concat([own, new Uint8Array(signatureLength)]))).toBe(
      'forged-bundle',
    );
    expect(await problem(bytes.subarray(0, -1))).toBe('forged-bundle');
    expect(await problem(Buffer.concat([bytes, new Uint8Array(1)]))).toBe('forged-bundle');
  });

  test('of another key', async () => {
    const other = newKey();
    expect(await codeOf(async () => read(await bytesOf(content, other)))).toBe('forged-bundle');
    expect(await problem(signed(bytes, other))).toBe('forged-bundle');
    expect(await codeOf(() => read(bytes, counts, publicKeyOf(other)))).toBe('forged-bundle');
  });

  test('against what is no Ed25519 key', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const spki = rsa.export({ type: 'spki', format: 'der' }).toString('base64');
    for (const signer of [spki, '', 'AAAA'])
      expect(await codeOf(() => read(bytes, counts, signer))).toBe('forged-bundle');
  });
});

test('a bundle of version 1 is refused by name, and one to come', async () => {
  const of = (found: number) => signed(replaced(bytes, magic.length, encodeNumber(found)));
  await expect(read(of(1))).rejects.toMatchObject({
    diagnostics: [
      {
        code: 'bad-bundle',
        message: expect.stringContaining('a bundle of version 1, where version 3 is expected'),
        hint: expect.stringContaining('`lethe apex unlearn` again with this version of Lethe'),
      },
    ],
  });
  await expect(read(of(4))).rejects.toMatchObject({
    diagnostics: [{ hint: expect.stringContaining('later version') }],
  });
});

test('a folder, an empty file, garbage and no file at all', async () => {
  const opened = (name: string) => codeOf(() => Bundle.open(join(folder, name)));
  await mkdir(join(folder, 'folder'));
  expect(await opened('folder')).toBe('bad-bundle');
  await writeFile(join(folder, 'empty'), '');
  expect(await opened('empty')).toBe('bad-bundle');
  expect(await opened('missing')).toBe('cannot-read');
  const garbage = fc.tuple(fc.uint8Array({ maxLength: 600 }), fc.boolean());
  await fc.assert(
    fc.asyncProperty(garbage, async ([own, begun]) => {
      const start = begun ? bytes.subarray(0, magic.length + 4) : new Uint8Array(0);
      expect(await problem(signed(Buffer.concat([start, own])))).toBe('bad-bundle');
    }),
    { numRuns: runs(50) },
  );
});
