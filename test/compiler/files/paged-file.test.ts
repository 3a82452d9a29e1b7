// Reads here and there against the bytes of the file, and files that are missing or too short.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  atomicWrite,
  fileDigest,
  FileError,
  PagedFile,
  writeParts,
} from '../../../compiler/files/index.ts';
import { runs } from '../../tier.ts';

let folder: string;
let file: string;
const bytes = randomBytes(1000);
const options = { page: 64, hint: 'find it' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lethe-paged-'));
  file = join(folder, 'bytes');
  await writeFile(file, bytes);
});
afterAll(() => rm(folder, { recursive: true }));

test('any runs of bytes, also at once', async () => {
  const run = fc
    .tuple(fc.nat(1000), fc.nat(200))
    .map(([at, length]) => [at, Math.min(length, 1000 - at)] as const);
  const paged = await PagedFile.open(file, options);
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 8 }), async (wanted) => {
      const read = await Promise.all(wanted.map(([at, length]) => paged.read(at, length)));
      wanted.forEach(([at, length], i) =>
        expect(Buffer.from(read[i]!)).toEqual(bytes.subarray(at, at + length)),
      );
    }),
    { numRuns: runs(50) },
  );
  await paged.close();
});

test('past the end, of a file that was cut, or of none', async () => {
  const codeOf = (action: Promise<unknown>): Promise<unknown> =>
    action.catch((error: unknown) => (error instanceof FileError ? error.code : error));
  const own = join(folder, 'cut');
  await writeFile(own, bytes);
  const paged = await PagedFile.open(own, options);
  expect(await codeOf(paged.read(990, 11))).toBe('truncated');
  await truncate(own, 500);
  expect(await codeOf(paged.read(480, 21))).toBe('truncated');
  await paged.close();
  expect(await codeOf(PagedFile.open(join(folder, 'none'), options))).toBe('cannot-read');
  expect(await codeOf(fileDigest(join(folder, 'none'), 'find it'))).toBe('cannot-read');
});

test('parts of a file, and into a file that is only read', async () => {
  const own = join(folder, 'written');
  await writeFile(own, bytes);
  const handle = await open(own, 'r+');
  await writeParts(handle, own, [
    { bytes: bytes.subarray(0, 100), at: 950 },
    { bytes: bytes.subarray(7, 9), at: 0 },
  ]);
  await handle.close();
  const expected = Buffer.concat([
    bytes.subarray(7, 9),
    bytes.subarray(2, 950),
    bytes.subarray(0, 100),
  ]);
  expect(await readFile(own)).toEqual(expected);
  const reader = await open(own, 'r');
  const action = writeParts(reader, own, [{ bytes, at: 0 }]);
  await expect(action).rejects.toThrow(/error\[cannot-write\]/);
  await reader.close();
});

test('the digest of a file, and the permissions of a new one', async () => {
  const digest = createHash('sha256').update(bytes).digest('hex');
  expect(await fileDigest(file, 'find it')).toBe(digest);
  const secret = join(folder, 'secret');
  await atomicWrite(secret, bytes, { mode: 0o600 });
  expect((await stat(secret)).mode & 0o777).toBe(0o600);
});
