// `lethe apex sample` before it proves; proved and verified in sample.prove.test.ts.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spreadTiles } from '../../../stdlib/apex/client/sampled-tiles.ts';
import { sampleTiles, type State, type Window } from '../../../stdlib/apex/index.ts';
import { codeOf } from './codes.ts';
import { spread, World } from './fixture.ts';

describe('the tiles of a sample', () => {
  test.each([
    [1, 9, [0]],
    [2, 9, [0, 8]],
    [3, 9, [0, 4, 8]],
    [4, 9, [0, 2, 5, 8]],
    [9, 9, [0, 1, 2, 3, 4, 5, 6, 7, 8]],
    [20, 3, [0, 1, 2]],
    [3, 1, [0]],
  ])('%i of %i: the first, the last, and some between', (count, tiles, expected) => {
    expect(spreadTiles(count, tiles)).toEqual(expected);
  });
});

describe('refused before a proof is made', () => {
  let world: World;
  let ada: State;
  let window: Window;

  beforeAll(async () => {
    world = await World.make();
    ada = await world.client('ada');
    window = await world.window(spread);
  });
  afterAll(() => world.remove());

  const codeOfSample = (own: Window): Promise<string | undefined> =>
    codeOf(() =>
      sampleTiles({
        folder: ada.folder,
        window: own,
        count: 1,
        log: 10,
        chooseJobs: () => {
          throw new Error('it goes on to prove');
        },
      }),
    );

  test('a window of another plan', async () => {
    const mask = { ...window.mask, plan: '0'.repeat(64) };
    expect(await codeOfSample({ ...window, mask })).toBe('other-plan');
  });

  test('a state whose commitments do not open its root', async () => {
    const file = join(ada.folder, 'state.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(`"${ada.root}"`, `"${ada.root + 1n}"`));
    expect(await codeOfSample(window)).toBe('root-mismatch');
    await writeFile(file, text);
    await expect(codeOfSample(window)).rejects.toThrow('it goes on to prove');
  });
});
