// A file that is no regular one, or too large, is refused before it is read.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readProgramText } from '../../../compiler/program/text/file.ts';
import {
  FileError,
  openSafetensors,
  PagedFile,
  readBytes,
  readJsonObject,
  readSafetensors,
  readText,
} from '../../../compiler/files/index.ts';

let folder: string;
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lethe-read-file-'));
  execFileSync('mkfifo', [path('pipe')]);
  await symlink('/dev/zero', path('zero'));
  await writeFile(path('text'), 'é\n');
  await writeFile(path('huge'), '');
  await truncate(path('huge'), 2 ** 40);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const readers: readonly (readonly [string, (file: string) => Promise<unknown>])[] = [
  ['readText', (file) => readText(file, { bytes: 100 })],
  ['readJsonObject', readJsonObject],
  ['readSafetensors', (file) => readSafetensors(file)],
  ['openSafetensors', openSafetensors],
  ['PagedFile', (file) => PagedFile.open(file, { page: 1, hint: 'none' })],
  ['readProgramText', (file) => Promise.resolve().then(() => readProgramText(file))],
];

for (const [name, read] of readers)
  test.each(['pipe', 'zero', '.', 'missing', '/dev/zero'])(`${name} refuses %s`, async (file) => {
    const error: unknown = await read(file.startsWith('/') ? file : path(file)).catch(
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(FileError);
    expect((error as FileError).code).toBe('cannot-read');
  });

for (const [name, read] of readers.filter((each) => each[0] !== 'PagedFile'))
  test(`${name} does not read a terabyte`, async () => {
    const error: unknown = await read(path('huge')).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(FileError);
    // The header of a safetensors file may be all that is read of it: here it has 0 bytes.
    const code = name === 'openSafetensors' ? 'bad-header' : 'too-large';
    expect((error as FileError).code).toBe(code);
  });

test('the limit is the last size that is read', async () => {
  expect(await readText(path('text'), { bytes: 3 })).toBe('é\n');
  expect(await readBytes(path('text'), { bytes: 3 })).toHaveLength(3);
  await expect(readText(path('text'), { bytes: 2 })).rejects.toThrow(
    'has 3 bytes, at most 2 are read',
  );
});

test('a file whose size is given as 0 is read to its end', async () => {
  expect(await readText('/proc/self/status', { bytes: 1e5 })).toContain('VmPeak');
  await expect(readText('/proc/self/status', { bytes: 10 })).rejects.toThrow('more bytes');
});
