// A process with little memory reads all bombs, one after the other, and refuses each by its code.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { run } from './run.ts';

test('bombs are refused within 256 MB of values', async () => {
  vi.stubEnv('LETHE_BOMBS', 'small');
  const { bombs } = await import('./bombs.ts');
  const folder = await mkdtemp(join(tmpdir(), 'lethe-bombs-'));
  try {
    const files = new Map(bombs.map(({ name }, i) => [name, join(folder, `${i}`)] as const));
    for (const { name, make } of bombs) await make(files.get(name)!);
    const outcomes = await run(files, { heap: 256, seconds: 500 });
    expect(outcomes).toHaveLength(bombs.length);
    bombs.forEach(({ name, codes }, i) => {
      expect(outcomes[i]!.name).toBe(name);
      expect(codes).toContain(outcomes[i]!.code);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
    vi.unstubAllEnvs();
  }
});
