// `lethe apex sample` before it proves; proved and verified in sample.prove.test.ts.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spreadTiles } from '../../../stdlib/apex/client/sample.ts';
import { heldFile } from '../../../stdlib/apex/hashing/held-files.ts';
import {
  sampleTiles,
  windowDigest,
  type SampleOptions,
  type State,
  type Window,
} from '../../../stdlib/apex/index.ts';
import { codeOf } from './codes.ts';
import { spread, World } from './fixture.ts';

describe('the tiles of a sample', () => {
  test.each([
    [0, 9, []],
    [1, 9, [0]],
    [2, 9, [0, 8]],
    [3, 9, [0, 4, 8]],
    [4, 9, [0, 2, 5, 8]],
    [9, 9, [0, 1, 2, 3, 4, 5, 6, 7, 8]],
    [20, 3, [0, 1, 2]],
    [3, 1, [0]],
    [3, 0, []],
  ])('%i of %i: the first, the last, and some between', (count, tiles, expected) => {
    expect(spreadTiles(count, tiles)).toEqual(expected);
  });
});

describe('before a proof is made', () => {
  let world: World;
  let ada: State;
  let window: Window;

  beforeAll(async () => {
    world = await World.make();
    ada = await world.client('ada');
    window = await world.window(spread);
  });
  afterAll(() => world.remove());

  const sample = (options: Partial<SampleOptions> = {}) =>
    sampleTiles({
      folder: ada.folder,
      window,
      count: 1,
      log: 10,
      chooseJobs: () => {
        throw new Error('it goes on to prove');
      },
      ...options,
    });
  const codeOfSample = (options?: Partial<SampleOptions>): Promise<string> =>
    codeOf(() => sample(options));

  test('a window of another plan', async () => {
    expect(await codeOfSample({ window: { ...window, plan: '0'.repeat(64) } })).toBe('other-plan');
  });

  test('a client that has no receipt, or came after the window', async () => {
    const bob = await world.client('bob', { enrolled: false });
    expect(await codeOfSample({ folder: bob.folder })).toBe('no-receipt');
    await world.enroll(bob);
    expect(await codeOfSample({ folder: bob.folder })).toBe('late-registration');
  });

  test('a state whose arrays are not what was registered', async () => {
    const file = heldFile(ada.folder, 'root');
    const bytes = await readFile(file);
    await writeFile(
      file,
      bytes.map((byte, i) => (i === 5 ? byte ^ 1 : byte)),
    );
    expect(await codeOfSample()).toBe('changed');
    await writeFile(file, bytes);
    await expect(codeOfSample()).rejects.toThrow('it goes on to prove');
  });

  test('nothing is kept of it', async () => {
    const contents = (): Promise<string[]> => readdir(ada.folder, { recursive: true });
    const before = await contents();
    await expect(sample()).rejects.toThrow('it goes on to prove');
    expect(await contents()).toEqual(before);
  });

  test('a window in which all is dead for the client', async () => {
    const { folder } = await world.client('carol');
    const next = { ...window, epoch: 2, predecessor: windowDigest(window) };
    expect(await sample({ folder, window: next })).toMatchObject({
      ...{ proved: [], refused: [], blocks: 0, tiles: 0, circuits: 0 },
      whole: { seconds: 0, coreSeconds: 0, bundleBytes: 0 },
    });
  });
});
