// A sample of all two tiles, proved and verified, after which everything is as it was.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leavesLength } from '../../../stdlib/apex/bundle/header.ts';
import { sampleTiles } from '../../../stdlib/apex/index.ts';
import { spread, World } from './fixture.ts';

test('tiles are proved and verified, and nothing is kept', async () => {
  const world = await World.make();
  try {
    const { folder } = await world.client('ada');
    const window = await world.window(spread);
    const before = await contents(folder);
    const events: string[] = [];
    const sample = await sampleTiles({
      folder,
      window,
      count: 3,
      log: 10,
      onProving: ({ event }) => events.push(event),
    });
    expect(sample).toMatchObject({ proved: [0, 1], refused: [], blocksProved: 11 });
    expect(sample).toMatchObject({ touched: 11, tiles: 2, jobs: 1 });
    expect(events).toEqual(['compiled', 'proved', 'proved']);
    // All tiles are in the sample: the estimate is what was measured.
    const { prepare, open, compile, prove } = sample.seconds;
    expect(sample.whole.seconds).toBeCloseTo(prepare + open + compile + 2 * prove, 6);
    expect(sample.whole.coreSeconds).toBeCloseTo(2 * sample.seconds.proveCores, 6);
    expect(sample.seconds.proveCores).toBeGreaterThan(0);
    expect(sample.whole.bundleBytes).toBeGreaterThan(11 * leavesLength('root'));
    expect(await contents(folder)).toEqual(before);
  } finally {
    await world.remove();
  }
});

/** Every file of a folder, by its digest. */
async function contents(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const digests = files.map(async ({ parentPath, name }) => {
    const bytes = await readFile(join(parentPath, name));
    return `${name} ${createHash('sha256').update(bytes).digest('hex')}`;
  });
  return (await Promise.all(digests)).sort();
}
