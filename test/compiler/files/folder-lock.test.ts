// The lock of a folder: one holder at a time, whatever was left there.
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeLock as take, tryTake, type Lock } from '../../../compiler/files/folder-lock.ts';
import { thisProcess } from '../../../compiler/files/lock-holder.ts';
import type { Holder } from '../../../compiler/files/lock-holder.ts';

const takeLock = (folder: string, { wait }: { wait: number }): Promise<Lock> =>
  take(folder, { wait, code: 'folder-in-use', hint: 'wait' });

let room: string;
beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), 'lethe-lock-'));
});
afterAll(() => rm(room, { recursive: true }));

/** A folder with one lock file. */
async function left(name: string, number: number, contents: string): Promise<string> {
  const folder = join(room, name);
  await mkdir(folder);
  await writeFile(join(folder, String(number)), contents);
  return folder;
}

const gone: Holder = { host: hostname(), pid: 2 ** 22 + 1, started: '', since: 'long ago' };

test('who comes second waits until the first has released it', async () => {
  const folder = join(room, 'second');
  const first = await takeLock(folder, { wait: 0 });
  const second = takeLock(folder, { wait: 5000 });
  expect(await Promise.race([second, setTimeout(200, 'waits')])).toBe('waits');
  await first.release();
  await (await second).release();
});

test('many at once, over a stale lock: one at a time, all of them', async () => {
  const folder = await left('many', 7, JSON.stringify(gone));
  let [holders, done] = [0, 0];
  await Promise.all(
    Array.from({ length: 12 }, async () => {
      const lock = await takeLock(folder, { wait: 60_000 });
      expect(++holders).toBe(1);
      await setTimeout(Math.random() * 10);
      holders--;
      done++;
      await lock.release();
    }),
  );
  expect(done).toBe(12);
  expect((await readdir(folder)).length).toBe(1);
});

test.each([
  ['of a dead process', async () => JSON.stringify(gone)],
  [
    'of an earlier process with our number',
    async () => JSON.stringify({ ...(await thisProcess()), started: 'an earlier boot 1' }),
  ],
  ['that was released', async () => 'released'],
  ['that a loss of power cut short', async () => ''],
])('a lock %s is taken over', async (name, contents) => {
  const folder = await left(name, 3, await contents());
  await (await takeLock(folder, { wait: 0 })).release();
  expect(await readdir(folder)).toEqual(['4']);
});

test.each([
  ['of this process', thisProcess],
  [
    'of another machine, of which nothing can be known',
    async () => ({ ...gone, host: 'elsewhere' }),
  ],
])('a lock %s is not', async (name, holder) => {
  const folder = await left(name, 3, JSON.stringify(await holder()));
  await expect(takeLock(folder, { wait: 60 })).rejects.toMatchObject({
    diagnostics: [{ code: 'folder-in-use' }],
  });
  expect(await readdir(folder)).toEqual(['3']);
});

test('a number below the highest is given back', async () => {
  // The latecomer saw 3 released; meanwhile 4 came and went, and 5 holds.
  const folder = await left('late', 5, JSON.stringify(await thisProcess()));

  expect(await tryTake(folder, 4)).toBeUndefined();
  expect(await readdir(folder)).toEqual(['5']);
});
