import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { atomicWrite, FileError } from '../../../compiler/files/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atomic-write-'));
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = Uint8Array.of(0, 1, 254, 255);

describe('atomicWrite', () => {
  test.each([
    ['bytes', () => bytes, Buffer.from(bytes)],
    ['text', () => 'θ_u', Buffer.from('θ_u')],
    ['an empty file', () => '', Buffer.alloc(0)],
    ['pieces', () => [bytes, bytes], Buffer.from([...bytes, ...bytes])],
  ])('writes %s and leaves nothing beside it', async (_, contents, expected) => {
    const file = join(folder, 'out.bin');
    await atomicWrite(file, contents());
    expect(await readFile(file)).toEqual(expected);
    expect(await readdir(folder)).toEqual(['out.bin']);
  });

  test('shows the old file until the new one is complete', async () => {
    const file = join(folder, 'out.txt');
    await writeFile(file, 'old');
    await atomicWrite(
      file,
      (async function* () {
        yield 'half ';
        expect(await readFile(file, 'utf8')).toBe('old');
        yield 'whole';
        expect(await readFile(file, 'utf8')).toBe('old');
      })(),
    );
    expect(await readFile(file, 'utf8')).toBe('half whole');
  });

  test('on failure leaves the old file and no temporary one', async () => {
    const file = join(folder, 'out.txt');
    await writeFile(file, 'old');
    const failing = (error: Error) =>
      (async function* () {
        yield 'half';
        throw error;
      })();
    const write = atomicWrite(file, failing(new Error('no more data')));
    await expect(write).rejects.toThrow(FileError);
    await expect(write).rejects.toMatchObject({
      code: 'cannot-write',
      file,
      problem: 'no more data',
    });
    const parts = { code: 'bad-value', file, problem: 'element 0 is 2', hint: 'use U8' } as const;
    const own = new FileError(parts);
    await expect(atomicWrite(file, failing(own))).rejects.toBe(own);
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['out.txt']);
  });

  test('a target that is a folder fails at the rename and stays as it is', async () => {
    const target = join(folder, 'out');
    await mkdir(target);
    await writeFile(join(target, 'inside'), 'kept');
    await expect(atomicWrite(target, 'new')).rejects.toMatchObject({ code: 'cannot-write' });
    expect(await readdir(folder)).toEqual(['out']);
    expect(await readdir(target)).toEqual(['inside']);
  });

  test('a folder that does not exist is a FileError with a cure', async () => {
    const file = join(folder, 'nowhere', 'out.txt');
    await expect(atomicWrite(file, 'new')).rejects.toThrow(
      /ENOENT.*\n  hint: check that the folder exists/,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test.skipIf(process.platform === 'win32').each([0o600, 0o666])(
    'keeps the permissions of the old file: %i',
    async (mode) => {
      const file = join(folder, 'private.txt');
      await writeFile(file, 'old');
      await chmod(file, mode);
      await atomicWrite(file, 'new');
      expect((await stat(file)).mode & 0o777).toBe(mode);
    },
  );

  test('writers at the same time leave one of their files whole', async () => {
    const file = join(folder, 'out.txt');
    const contents = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000));
    await Promise.all(contents.map((text) => atomicWrite(file, text)));
    expect(contents).toContain(await readFile(file, 'utf8'));
    expect(await readdir(folder)).toEqual(['out.txt']);
  });
});
