// A package that lethe new makes is proved and verified with its own scripts.
import { expect, test } from 'vitest';
import { installPacked } from './packed.ts';

test('prove, then verify', async () => {
  const packed = await installPacked();
  try {
    await packed.run('.', 'lethe', 'new', 'proved');
    expect(await packed.run('proved', 'npm', 'run', 'prove')).toMatchObject({ exit: 0 });
    expect(await packed.run('proved', 'npm', 'run', 'verify')).toMatchObject({ exit: 0 });
  } finally {
    await packed.remove();
  }
});
