// The demo's protocol to its end, small: a few blocks.
import { expect, test } from 'vitest';
import { personalModel, readWeights } from '../../../examples/unlearn-digits/files.ts';
import { agree, carryOut, places } from '../../../examples/unlearn-digits/protocol.ts';
import { largestDistance, referenceOf } from '../../../examples/unlearn-digits/reference.ts';
import { smallParties } from './small.ts';

test(
  'a model is unlearned, accepted, refused as a replay, and exported',
  { timeout: 600_000 },
  async () => {
    const { folders } = await smallParties();
    const silent = (): void => undefined;
    const { mask } = await agree(folders, 0.0025, silent);
    const { unlearn, verify, replay } = await carryOut(folders, silent, ['--tile', '13']);
    expect(unlearn.result.live).toBe(mask.result.masked);
    expect(verify.result).toMatchObject({ accepted: true, tiles: unlearn.result.tiles });
    expect(replay.result.reason?.code).toBe('replayed-bundle');

    const [before, after] = [
      await readWeights(personalModel(folders)),
      await readWeights(places(folders).unlearned),
    ];
    const { masks, compensated } = await referenceOf(folders);
    // More than ε: the reference knows no rounding of the curvature when it was registered.
    expect(largestDistance(compensated, after)).toBeLessThan(1e-2);
    for (const [name, { data }] of after) {
      const bits = masks.get(name);
      data.forEach((value, i) => {
        if (!bits) expect(value).toBe(before.get(name)!.data[i]);
        else if (bits[i] === 1) expect(value).toBe(0);
      });
    }
  },
);
