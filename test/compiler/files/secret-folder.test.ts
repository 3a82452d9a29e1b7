// A folder of secrets is closed to others, whatever it was before.
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { atomicWrite, secret, secureFolder } from '../../../compiler/files/index.ts';

let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'secret-folder-'));
  folder = join(base, 'own');
});
afterEach(() => rm(base, { recursive: true }));

const modeOf = async (path: string): Promise<string> =>
  ((await stat(path)).mode & 0o777).toString(8);

async function open(path: string, mode = 0o666): Promise<void> {
  await writeFile(path, 'text');
  await chmod(path, mode);
}

test('one that is new', async () => {
  await secureFolder(join(folder, 'deep'));
  expect(await modeOf(folder)).toBe('700');
  expect(await modeOf(join(folder, 'deep'))).toBe('700');
});

test('one that was open, with open files, and all that is in a folder that is named', async () => {
  for (const each of ['', 'inner', 'inner/deep', 'other']) {
    await mkdir(join(folder, each));
    await chmod(join(folder, each), 0o777);
    await open(join(folder, each, 'file'), each === '' ? 0o755 : 0o644);
  }
  await secureFolder(folder, ['inner', 'none']);
  for (const each of ['', 'inner', 'inner/deep']) {
    expect(await modeOf(join(folder, each)), each).toBe('700');
    expect(await modeOf(join(folder, each, 'file')), each).toBe('600');
  }
  expect(await modeOf(join(folder, 'other'))).toBe('777');
  expect(await modeOf(join(folder, 'other', 'file'))).toBe('644');
});

test('symbolic links are not followed: a file behind one keeps its permissions, a folder behind one is refused', async () => {
  await mkdir(folder);
  await open(join(base, 'file'), 0o644);
  await symlink(join(base, 'file'), join(folder, 'file'));
  await mkdir(join(base, 'elsewhere'), 0o755);
  await symlink(join(base, 'elsewhere'), join(folder, 'inner'));
  await secureFolder(folder);
  expect(await modeOf(join(base, 'file'))).toBe('644');
  await expect(secureFolder(folder, ['inner'])).rejects.toThrow(
    /error\[foreign-folder\]: .*inner is a symbolic link/,
  );
  expect(await modeOf(join(base, 'elsewhere'))).toBe('755');
  // The folder itself may lie elsewhere.
  await symlink(folder, join(base, 'link'));
  await chmod(folder, 0o755);
  await secureFolder(join(base, 'link'));
  expect(await modeOf(folder)).toBe('700');
  expect(await readlink(join(base, 'link'))).toBe(folder);
});

test('what is no folder is refused', async () => {
  await open(folder);
  await expect(secureFolder(folder)).rejects.toMatchObject({ code: 'cannot-write', file: folder });
});

test.runIf(process.getuid?.() === 0)('what belongs to another user is refused', async () => {
  await mkdir(folder);
  await open(join(folder, 'file'));
  await chown(join(folder, 'file'), 65534, 65534);
  await expect(secureFolder(folder)).rejects.toThrow(
    /error\[foreign-folder\]: .*file belongs to another user \(65534, and you are 0\)\n {2}hint: name a folder of your own/,
  );
  await chown(folder, 65534, 65534);
  await expect(secureFolder(folder)).rejects.toThrow(/own belongs to another user/);
});

test('a secret is written as one over a file that others could read, and in place of a link', async () => {
  await mkdir(folder);
  const file = join(folder, 'key');
  await open(file, 0o644);
  await atomicWrite(file, 'first', secret);
  expect(await modeOf(file)).toBe('600');
  await rm(file);
  await open(join(base, 'public'), 0o644);
  await symlink(join(base, 'public'), file);
  await atomicWrite(file, 'second', secret);
  expect((await lstat(file)).isFile()).toBe(true);
  expect(await modeOf(file)).toBe('600');
  expect(await modeOf(join(base, 'public'))).toBe('644');
});
