// Erasing a state: all of it, nothing else, and cut short at each file. The state that a registration replaces is erased when the
// receipt is kept: at every moment one of the two can answer.
import { cp, lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeLock } from '../../../../compiler/files/index.ts';
import { eraseState, erasing } from '../../../../stdlib/apex/client/erase.ts';
import { openFormer } from '../../../../stdlib/apex/client/former.ts';
import { Holdings } from '../../../../stdlib/apex/client/holdings.ts';
import { openQuestion } from '../../../../stdlib/apex/client/question.ts';
import { saveAnswer, saveReceipt } from '../../../../stdlib/apex/client/state.ts';
import { receiptDocument, type Receipt } from '../../../../stdlib/apex/documents/receipt.ts';
import { register } from '../../../../stdlib/apex/client/register.ts';
import {
  formerFolder,
  openState,
  planDigest,
  registrationDigest,
  windowDigest,
  type State,
  type Window,
} from '../../../../stdlib/apex/index.ts';
import { inTier } from '../../../tier.ts';
import { codeOf } from '../codes.ts';
import { spread, World } from '../fixture.ts';
import { prepare } from '../prepared.ts';
import { Files } from './files.ts';

let world: World;
/** With an answer, and one that is prepared. */
let ada: State;
/** Registered in its place. */
let next: State;
let first: Window;
let second: Window;
let receipt: string;

beforeAll(async () => {
  world = await World.make();
  ada = await world.client('ada');
  first = await world.window(spread);
  const { answer } = await prepare({ folder: ada.folder, window: first });
  ada = await saveAnswer(await openState(ada.folder), answer);
  next = await world.client('ada', {
    secret: 'next',
    window: first,
    replaces: ada.folder,
    enrolled: false,
  });
  second = await world.window([1]);
  await prepare({ folder: ada.folder, window: second });
  const { plan } = world;
  const own: Receipt = {
    plan: planDigest(plan),
    registration: registrationDigest(next.registration),
    epoch: 2,
    window: windowDigest(first),
  };
  receipt = JSON.stringify(receiptDocument(own, await world.provider.signingKey()));
});
afterAll(() => world.remove());

/** Kills that are tried, of those at every file. */
const stride = inTier({ quick: 9, normal: 5, full: 1 });

let copies = 0;
/** A copy of a state, to be erased. */
async function copyOf({ folder }: State): Promise<string> {
  const copy = world.path(`copy-${copies++}`);
  await cp(folder, copy, { recursive: true });
  return copy;
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** Removes so many files, or all, as a process does that is killed then. */
async function eraseSome(folder: string, count: number): Promise<string[]> {
  const removed: string[] = [];
  for await (const file of erasing(folder)) {
    removed.push(file);
    if (removed.length === count) break;
  }
  return removed;
}

describe('a state', () => {
  test('is gone with its folder', async () => {
    const folder = await copyOf(ada);
    const { removed, stays } = await eraseState(folder);
    expect(stays).toEqual([]);
    expect(removed).toBeGreaterThan(20);
    expect(await exists(folder)).toBe(false);
    expect(await codeOf(() => eraseState(folder))).toBe('no-state');
  });

  test('cut short at any file: what opens a commitment went first, and again it is finished', async () => {
    const order = await eraseSome(await copyOf(ada), Infinity);
    const names = order.map((file) => basename(file));
    expect(names.slice(0, 2).sort()).toEqual(['client.key', 'seed.bin']);
    expect(names.slice(2, 6).sort()).toEqual([
      ...['salts.bin', 'salts.bin', 'wordSalts.bin', 'wordSalts.bin'],
    ]);
    expect(names.at(-1)).toBe('state.json');
    for (let count = 1; count < order.length; count += stride) {
      const folder = await copyOf(ada);
      expect(await eraseSome(folder, count)).toHaveLength(count);
      const { removed } = await eraseState(folder);
      expect(removed + count).toBeGreaterThanOrEqual(order.length);
      expect(await exists(folder)).toBe(false);
    }
  });

  test('what is not of Lethe stays, and is listed; links are not followed', async () => {
    const folder = await copyOf(ada);
    const outside = world.path('outside');
    await mkdir(outside);
    await writeFile(join(outside, 'weights.bin'), 'theirs');
    const own = ['notes.txt', join('answers', 'notes.json'), join('photos', 'state.json')];
    await mkdir(join(folder, 'photos'));
    for (const each of own) await writeFile(join(folder, each), 'mine');
    await rm(join(folder, 'weights.bin'));
    await symlink(join(outside, 'weights.bin'), join(folder, 'weights.bin'));
    await symlink(outside, join(folder, 'link'));
    const { stays } = await eraseState(folder);
    const left = ['link', 'notes.txt', 'photos', 'weights.bin', join('answers', 'notes.json')];
    expect([...stays].sort()).toEqual(left.map((each) => join(folder, each)).sort());
    for (const each of own) expect(await readFile(join(folder, each), 'utf8')).toBe('mine');
    expect(await readFile(join(outside, 'weights.bin'), 'utf8')).toBe('theirs');
    expect((await readdir(folder)).sort()).toEqual([
      ...['answers', 'link', 'notes.txt', 'photos', 'weights.bin'],
    ]);
  });

  test('that another process works in is refused, and nothing is gone', async () => {
    const folder = await copyOf(ada);
    const before = await readdir(folder, { recursive: true });
    const lock = await takeLock(join(folder, 'answers', 'lock'), { wait: 0, code: 'x', hint: '' });
    expect(await codeOf(() => eraseState(folder))).toBe('job-locked');
    expect((await readdir(folder, { recursive: true })).length).toBe(before.length);
    await lock.release();
    await eraseState(folder);
  });
});

describe('a registration that is not finished', () => {
  test.each(['reading the gradients', 'committing'])('while it is %s', async (until) => {
    const files = await Files.make();
    const options = await files.options('stopped');
    const report = ({ phase, done }: { readonly phase: string; readonly done: number }): void => {
      if (phase === until && done > 0) throw new Error('stopped');
    };
    const stopped = register({ ...options, report, rangeHeight: 4, jobs: 0 });
    await expect(stopped).rejects.toThrow('stopped');
    await writeFile(join(options.folder, `.${'0'.repeat(16)}.tmp`), 'a draft');
    expect((await eraseState(options.folder)).stays).toEqual([]);
    expect(await exists(options.folder)).toBe(false);
    await files.remove();
  });
});

test('a folder that is no state, and that of a provider, are refused', async () => {
  const folder = world.path('photos');
  await mkdir(folder);
  await writeFile(join(folder, 'state.json'), '{"lethe":"job"}');
  await writeFile(join(folder, 'client.key'), 'mine');
  for (const each of [folder, world.provider.folder, world.path('nothing')])
    expect(await codeOf(() => eraseState(each))).toBe('no-state');
  expect(await readdir(folder)).toHaveLength(2);
});

describe('the state that was replaced', () => {
  /** Copies of both, the new one after the old one. */
  async function both(): Promise<{ old: string; own: State }> {
    const old = await copyOf(ada);
    const folder = await copyOf(next);
    const file = join(folder, 'state.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace(ada.folder, old));
    return { old, own: await openState(folder) };
  }
  const given = { text: '', file: 'receipt.json' };

  test('answers until the receipt is kept, and is gone then', async () => {
    const { old, own } = await both();
    given.text = receipt;
    expect(await formerFolder(own)).toBe(old);
    expect(await codeOf(() => prepare({ folder: own.folder, window: second }))).toBe('no-receipt');
    const forged = receipt.replace('"epoch":2', '"epoch":3');
    expect(await codeOf(() => saveReceipt(own, forged, 'forged'))).toBe('forged-receipt');
    expect(await prepare({ folder: old, window: second })).toMatchObject({ proved: 1 });

    const after = await saveReceipt(own, receipt, 'receipt.json');
    expect(await exists(old)).toBe(false);
    expect(await formerFolder(after)).toBeUndefined();
    expect(await openState(own.folder)).toEqual(after);
    expect(await prepare({ folder: own.folder, window: second })).toMatchObject({ proved: 1 });
  });

  test('killed at any file, the new one answers, and finishes it', async () => {
    const files = (await readdir(ada.folder, { recursive: true })).length;
    for (let count = 0; count < files; count += stride) {
      const { old, own } = await both();
      // The receipt is kept before anything is erased.
      await writeFile(join(own.folder, 'receipt.json'), receipt);
      await eraseSome(old, count);
      const { blocks } = await openQuestion({ folder: own.folder, window: second });
      expect(blocks).toHaveLength(1);
      const holdings = await Holdings.open(own);
      await holdings.close();
      expect(await exists(old)).toBe(false);
    }
  });

  test('killed before that, and replaced itself: no state is left behind', async () => {
    const { old, own } = await both();
    await writeFile(join(own.folder, 'receipt.json'), receipt);
    await eraseSome(old, 1);
    const successor = { plan: world.plan, client: 'ada', window: second };
    // A third registration is refused, for the second window is not answered. The first state is gone all the same.
    expect(await codeOf(() => openFormer(own.folder, successor))).toBe('unanswered-window');
    expect(await exists(old)).toBe(false);
  });

  test('stays where it is that of another registration by now, or in use', async () => {
    const { old, own } = await both();
    const lock = await takeLock(join(old, 'answers', 'lock'), { wait: 0, code: 'x', hint: '' });
    expect(await codeOf(() => saveReceipt(own, receipt, 'receipt.json'))).toBe('job-locked');
    await lock.release();
    await rm(old, { recursive: true });
    const bob = await world.client('bob');
    await cp(bob.folder, old, { recursive: true });
    await saveReceipt(own, receipt, 'receipt.json');
    expect((await openState(old)).registration.client).toBe('bob');
  });
});
