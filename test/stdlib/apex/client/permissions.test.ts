// All files of a state are secret, whatever was there before and whatever the process would make them otherwise.
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { register } from '../../../../stdlib/apex/client/register.ts';
import { saveAnswer } from '../../../../stdlib/apex/client/state.ts';
import { eraseState } from '../../../../stdlib/apex/client/erase.ts';
import { proveLink } from '../../../../stdlib/apex/client/link.ts';
import {
  openState,
  planDigest,
  registrationDigest,
  windowDigest,
  type Window,
} from '../../../../stdlib/apex/index.ts';
import { codeOf } from '../codes.ts';
import { spread, World } from '../fixture.ts';
import { openToOthers, openUp } from '../open-to-others.ts';
import { prepare } from '../prepared.ts';
import { Files } from './files.ts';

let files: Files;
const umask = process.umask(0);
beforeAll(async () => {
  process.umask(0);
  files = await Files.make();
});
afterAll(async () => {
  process.umask(umask);
  await files.remove();
});

/** A folder that everybody may enter, with files of the names of secrets that everybody may read. */
async function openFolder(name: string): Promise<string> {
  const folder = files.path(name);
  for (const each of ['', 'registering', 'answers', 'answers/lock', 'link'])
    await mkdir(join(folder, each), { mode: 0o777 });
  for (const each of ['client.key', 'seed.bin', 'weights.bin', 'window.json', 'answers/old.json'])
    await writeFile(join(folder, each), 'old', { mode: 0o644 });
  return folder;
}

test('after register, where the folder was there', async () => {
  const options = await files.options('open');
  const folder = await openFolder('open');
  await register(options);
  expect(await openToOthers(folder)).toEqual([]);
});

test('while it registers, and after it was stopped', async () => {
  const options = await files.options('stopped');
  const folder = await openFolder('stopped');
  const open: Promise<string[]>[] = [];
  const report = ({ phase, done }: { readonly phase: string; readonly done: number }): void => {
    if (phase !== 'committing') return;
    open.push(openToOthers(folder));
    if (done > 40) throw new Error('stopped');
  };
  const small = { rangeHeight: 4, jobs: 0, report };
  await expect(register({ ...options, ...small })).rejects.toThrow('stopped');
  expect((await Promise.all(open)).flat()).toEqual([]);
  expect(await openToOthers(folder)).toEqual([]);
  await openUp(folder);
  await register(options);
  expect(await openToOthers(folder)).toEqual([]);
});

test('nothing is written through a link that was there', async () => {
  const options = await files.options('linked');
  const folder = await openFolder('linked');
  const outside = files.path('outside');
  await writeFile(outside, 'theirs', { mode: 0o644 });
  for (const name of ['root.bin', 'tree.bin', 'plan.json'])
    await symlink(outside, join(folder, name));
  await register(options);
  expect(await openToOthers(folder)).toEqual([]);
  expect(await readFile(outside, 'utf8')).toBe('theirs');
  expect((await stat(outside)).mode & 0o777).toBe(0o644);
});

test('answers and links, and jobs in them', async () => {
  const world = await World.make();
  try {
    const ada = await world.client('ada');
    const answer = async (window: Window): Promise<void> => {
      const { answer: own } = await prepare({ folder: ada.folder, window });
      expect(await openToOthers(ada.folder)).toEqual([]);
      await saveAnswer(await openState(ada.folder), own);
    };
    await answer(await world.window(spread));
    await openUp(ada.folder);
    const second = await world.window([1]);
    await answer(second);
    expect(await openToOthers(ada.folder)).toEqual([]);

    const next = await world.client('ada', {
      secret: 'next',
      replaces: ada.folder,
      window: second,
      enrolled: false,
    });
    const { answers } = await openState(ada.folder);
    await openUp(next.folder);
    await proveLink({
      folder: next.folder,
      challenge: {
        plan: planDigest(world.plan),
        registration: registrationDigest(next.registration),
        replaces: registrationDigest(ada.registration),
        epoch: 3,
        window: windowDigest(second),
        commitments: answers.at(-1)!.root,
        nonce: '7'.repeat(64),
      },
      out: world.path('none.link'),
      onWork: () => false,
    });
    expect(await readdir(join(next.folder, 'link'))).toHaveLength(1);
    expect(await openToOthers(next.folder)).toEqual([]);
    expect((await eraseState(next.folder)).stays).toEqual([]);

    await symlink(world.path('global.safetensors'), join(ada.folder, 'registering'));
    const window = await world.window([2]);
    expect(await codeOf(() => prepare({ folder: ada.folder, window }))).toBe('foreign-folder');
  } finally {
    await world.remove();
  }
});

test('of a provider: the folder and its key', async () => {
  const world = await World.make();
  const { folder } = world.provider;
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, 'provider.key'))).mode & 0o777).toBe(0o600);
  await world.remove();
});
