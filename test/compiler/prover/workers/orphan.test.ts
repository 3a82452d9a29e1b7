// A worker does not outlive its parent, not even while it is busy.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';

test('a busy worker is gone soon after its parent was killed', async () => {
  const parent = fork(fileURLToPath(new URL('./orphan-parent.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  const pid = await new Promise<number>((resolve) =>
    parent.on('message', (id) => resolve(Number(id))),
  );
  expect(process.kill(pid, 0)).toBe(true);
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 5000 });
});
