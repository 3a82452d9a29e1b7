// A sample of all tiles, proved and verified, after which everything is as it was.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleTiles } from '../../../stdlib/apex/index.ts';
import { bytesOf, draft } from './bundles.ts';
import { spread, World } from './fixture.ts';

test('tiles are proved and verified, and nothing is kept', async () => {
  const world = await World.make();
  try {
    const ada = await world.client('ada');
    const window = await world.window(spread);
    const before = await contents(ada.folder);
    const events: string[] = [];
    const sample = await sampleTiles({
      folder: ada.folder,
      window,
      count: 100,
      log: 10,
      onProving: ({ event }) => events.push(event),
    });
    expect(await contents(ada.folder)).toEqual(before);

    const { forged, sets } = await draft(ada, window);
    const { tiles } = forged.header;
    expect(sample).toMatchObject({ refused: [], blocksProved: 9, blocks: 9, tiles, jobs: 1 });
    expect(sample.proved).toEqual(Array.from({ length: tiles }, (_, i) => i));
    expect(sample.circuits).toBe(sets.length);
    expect(events.filter((each) => each === 'proved')).toHaveLength(tiles);
    expect(events.filter((each) => each === 'compiled')).toHaveLength(sets.length);
    // All tiles are in the sample: the estimate is what was measured.
    const { prepare, compile, prove } = sample.seconds;
    expect(sample.whole.seconds).toBeCloseTo(prepare + sets.length * compile + tiles * prove, 6);
    expect(sample.whole.coreSeconds).toBeCloseTo(tiles * sample.seconds.proveCores, 6);
    expect(sample.seconds.proveCores).toBeGreaterThan(0);
    // The bundle has a header, lengths and a signature besides; the draft's proofs are 8,000 bytes each.
    const { length } = await bytesOf(world, forged);
    const proofs = sample.whole.bundleBytes - (length - 8000 * tiles);
    expect(proofs / tiles).toBeGreaterThan(5000);
    expect(proofs / tiles).toBeLessThan(20_000);
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
