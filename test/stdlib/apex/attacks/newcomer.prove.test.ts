// A newcomer that fits its columns and weights to an old mask, with a real proof for a window that extends it: accepted, and harmless.
import { expect, test } from 'vitest';
import { currentWeights } from '../../../../stdlib/apex/client/export.ts';
import { openState, unlearn } from '../../../../stdlib/apex/index.ts';
import { spread, World } from '../fixture.ts';
import { registerByHand } from './by-hand.ts';
import { answerTo } from './answered.ts';
import { fitted, seen } from './newcomers.ts';

test('the proof is accepted, and the old mask has moved nothing', async () => {
  const world = await World.make();
  try {
    await world.client('ada');
    await world.window(spread);
    const mallory = await registerByHand(world, 'mallory', { seed: 99, block: fitted(world) });
    const window = await world.window([...spread, 1, 13, 40]);
    const expected = await answerTo(mallory, window);

    const out = world.path('mallory.apex');
    const done = await unlearn({ folder: mallory.folder, window, out, log: 10, jobs: 1 });
    expect(done).toMatchObject({ live: 3, blocks: 3, proved: 3 });
    expect(await world.verify(out)).toMatchObject({ accepted: true, warnings: [] });

    const weights = await currentWeights(await openState(mallory.folder));
    for (const [number, { bare, held, live }] of expected.blocks.entries()) {
      const own = await weights.block(number);
      expect(own).toEqual(bare);
      const dead = seen.get(number) ?? [];
      for (const entry of [...live, ...dead]) expect(own[entry]).toBe(0);
      if (live.length > 0) continue;
      for (const entry of own.keys())
        if (!dead.includes(entry)) expect(own[entry]).toBe(held.weights[entry]);
    }
    await weights.close();
  } finally {
    await world.remove();
  }
});
