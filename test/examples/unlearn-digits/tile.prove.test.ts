// A tile of made-up blocks, proved and verified by processes of their own, as the demo does.
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TouchedBlock } from '../../../examples/unlearn-digits/blocks.ts';
import { proveTile } from '../../../examples/unlearn-digits/tile-proof.ts';

const folder = fileURLToPath(new URL('../../../.cache/tile-test', import.meta.url));
beforeAll(() => mkdir(folder, { recursive: true }));
afterAll(() => rm(folder, { recursive: true }));

const size = 8;
const blocks = Array.from({ length: 4 }, (_, index): TouchedBlock => {
  const entry = (i: number): number => ((i * 37 + index * 11) % 64) / 64 - 0.5;
  const triangle = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size - i }, (_, k) => entry(i) * entry(i + k) + (k === 0 ? 1 : 0)),
  );
  return {
    block: { tensor: 'fc1', index, start: index * size, length: size, size },
    weights: Float64Array.from({ length: size }, (_, i) => entry(i + 3)),
    mask: Float64Array.from({ length: size }, (_, i) => (i % 5 === index ? 1 : 0)),
    curvature: Float64Array.from(triangle.flat()),
  };
});

test('a tile is proved and verified', { timeout: 300_000 }, async () => {
  const report = await proveTile(blocks, size, folder);
  expect(report.rows).toBeLessThan(2048);
  expect(report.proofBytes).toBeGreaterThan(5000);
});
