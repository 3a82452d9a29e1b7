// Whether a basis is on the disk, without loading o1js.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { hasBasis } from '../../../../compiler/targets/kimchi/lagrange.ts';

afterEach(() => vi.unstubAllEnvs());

test('by the file of its domain, in the folder of LETHE_CACHE', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lethe-basis-'));
  try {
    vi.stubEnv('LETHE_CACHE', folder);
    expect(hasBasis(8192)).toBe(false);
    await writeFile(join(folder, 'lagrange-basis-fp-8192'), 'anything');
    expect(hasBasis(8192)).toBe(true);
    expect(hasBasis(16384)).toBe(false);
    vi.stubEnv('LETHE_CACHE', '');
    expect(hasBasis(8192)).toBe(false);
  } finally {
    await rm(folder, { recursive: true });
  }
});
