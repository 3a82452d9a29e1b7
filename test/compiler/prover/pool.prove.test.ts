// Real workers, where each test compiles anew.
import { expect, test } from 'vitest';
import { proveTiles } from '../../../compiler/prover/pool.ts';
import { verifyTiles, type TileClaim } from '../../../compiler/prover/verify-tiles.ts';
import { half, halfInputs, halving } from './half.ts';

test('without a key one worker makes it', async () => {
  const verdicts: number[] = [];
  const claims: TileClaim[] = [];
  await proveTiles({
    circuit: half,
    imports: [halving],
    tiles: [3, 4],
    jobs: 1,
    inputsOf: (tile) => halfInputs(tile),
    onProof: (tile, proof) => void claims.push({ tile, ...proof }),
  });
  const { accepted } = await verifyTiles({
    circuit: half,
    imports: [halving],
    claims,
    jobs: 2,
    onVerdict: ({ tile }) => void verdicts.push(tile),
  });
  expect([accepted, verdicts.sort()]).toEqual([2, [3, 4]]);
});

test('a witness that is refused names the tile and the element, and ends the work', async () => {
  const proved: number[] = [];
  const tiles = Array.from({ length: 40 }, (_, i) => i);
  const proving = proveTiles({
    circuit: half,
    imports: [halving],
    tiles,
    jobs: 1,
    inputsOf: (tile) => halfInputs(tile, 3),
    onProof: (tile) => void proved.push(tile),
  });
  await expect(proving).rejects.toThrow(
    /error\[assertion-failed\]: tile 1: element \[1\] of assert-within/,
  );
  expect(proved).toEqual([0]);
});

test('an abort kills the workers', async () => {
  const abort = new AbortController();
  let pid = 0;
  const proving = proveTiles({
    circuit: half,
    imports: [halving],
    tiles: [1, 2],
    jobs: 1,
    inputsOf: (tile) => halfInputs(tile),
    onProof: () => undefined,
    onProgress(event) {
      if (event.event === 'compiled') ({ pid } = event);
      abort.abort(new Error('enough'));
    },
    signal: abort.signal,
  });
  await expect(proving).rejects.toThrow('enough');
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
