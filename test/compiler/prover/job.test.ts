// A job survives what may happen to its folder and its process.
import { fork } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openJob } from '../../../compiler/prover/job.ts';
import { contentOf, manifest } from './job-content.ts';

const small = { digest: 'a'.repeat(64), tiles: 4 };
let folder: string;
const tileFile = (tile: number): string => join(folder, 'tiles', `0000${tile}.tile`);

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'lethe-job-')), 'job');
});

afterEach(() => rm(join(folder, '..'), { recursive: true }));

/** A job with tiles 0 and 2, closed. */
async function begun(): Promise<void> {
  const job = await openJob(folder, small);
  expect([job.missing(), job.discarded]).toEqual([[0, 1, 2, 3], []]);
  for (const tile of [0, 2]) await job.write(tile, contentOf(tile));
  expect(job.missing()).toEqual([1, 3]);
  await job.close();
}

test('what is finished is found again', async () => {
  await begun();
  const job = await openJob(folder, small);
  expect([...job.finished]).toEqual([0, 2]);
  expect(Uint8Array.from(await job.read(2))).toEqual(contentOf(2));
  await expect(job.read(1)).rejects.toThrow('error[cannot-read]');
  await expect(job.write(4, contentOf(4))).rejects.toThrow(RangeError);
  await job.close();
});

describe('tiles that are discarded, and done again:', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ['cut off', () => truncate(tileFile(2), 1000), 'damaged'],
    ['cut off in the header', () => truncate(tileFile(2), 20), 'cut off'],
    ['empty', () => truncate(tileFile(2), 0), 'no file of a tile'],
    ['of one byte more', () => writeFile(tileFile(2), 'x', { flag: 'a' }), 'damaged'],
    ['of another tile', async () => writeFile(tileFile(2), await readFile(tileFile(0))), 'damaged'],
    ['misnamed', () => rename(tileFile(2), join(folder, 'tiles', '2.tile')), 'no such tile'],
  ])('%s', async (_, harm, why) => {
    await begun();
    await harm();
    const job = await openJob(folder, small);
    expect(job.missing()).toEqual([1, 2, 3]);
    expect(job.discarded).toEqual([
      { file: expect.any(String) as string, why: expect.stringContaining(why) as string },
    ]);
    expect(await readdir(join(folder, 'tiles'))).toEqual(['00000.tile']);
    await job.close();
  });
});

test('other work is refused, and nothing is touched', async () => {
  await begun();
  for (const other of [
    { ...small, digest: 'b'.repeat(64) },
    { ...small, tiles: 5 },
  ])
    await expect(openJob(folder, other)).rejects.toThrow(
      /error\[other-job\].*4 tiles with digest aaaaaaaaaaaaaaaa…/,
    );
  const job = await openJob(folder, small);
  expect([...job.finished]).toEqual([0, 2]);
  await job.close();
});

describe('the lock', () => {
  test('of a living process is respected', async () => {
    const job = await openJob(folder, small);
    await expect(openJob(folder, small)).rejects.toThrow(
      `error[job-locked]: ${join(folder, 'lock')} is held by this process (${process.pid})`,
    );
    await job.close();
    await (await openJob(folder, small)).close();
  });

  test('goes to one of many that want it', async () => {
    await begun();
    const openings = await Promise.allSettled(
      Array.from({ length: 8 }, () => openJob(folder, small)),
    );
    const jobs = openings.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(jobs.length).toBe(1);
    await jobs[0]!.close();
  });
});

test('a process killed at any moment loses no finished tile, and leaves nothing behind', async () => {
  const finished = new Set<number>();
  for (const delay of [0, 3, 11, 20, 32]) {
    const child = fork(fileURLToPath(new URL('./job-killed.ts', import.meta.url)), [folder], {
      execArgv: ['--import', 'tsx'],
    });
    let killing: NodeJS.Timeout | undefined;
    child.on('message', (tile) => {
      finished.add(Number(tile));
      killing ??= setTimeout(() => child.kill('SIGKILL'), delay);
    });
    await new Promise((resolve) => child.on('exit', resolve));
  }
  const job = await openJob(folder, manifest);
  expect(finished.size).toBeGreaterThan(4);
  expect([...finished].filter((tile) => !job.finished.has(tile))).toEqual([]);
  expect(job.discarded).toEqual([]);
  for (const tile of job.finished)
    expect(Buffer.from(await job.read(tile)).equals(contentOf(tile))).toBe(true);
  const names = [...(await readdir(folder)), ...(await readdir(join(folder, 'tiles')))];
  expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
  await job.close();
});
