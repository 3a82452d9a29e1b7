// Kills a process in the middle of its verdicts, again and again, and looks at what is left:
//   what it reported is there; what is there is whole; and the books go on.
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { start } from './child.ts';
import { registration, using, linked } from './entries.ts';

export async function killAndLook(folder: string, times: number): Promise<void> {
  await using(folder, (books) => books.register(registration('ada'), linked));
  let before = 0;
  for (let kill = 0; kill < times; kill++) {
    const child = start(folder, 'unlearn');
    // Every fourth one may not even have opened them: it may be killed while it recovers from the last kill.
    if (kill % 4 === 3) await setTimeout(Math.random() * 1500);
    else await child.begun.then(() => setTimeout(Math.random() * 100));
    await child.kill();
    const reported = /^accepted (\d+)$/.exec(await child.answer);
    before = await using(folder, async (books) => {
      const [status, history] = [await books.status(), await books.history('ada')];
      const verdicts = await books.verdicts({ accepted: true });
      // Each accepted verdict has its commitment, each commitment its verdict, in order.
      expect(history.map(({ verdict }) => verdict)).toEqual(verdicts.map(({ number }) => number));
      expect(history.map(({ epoch }) => epoch)).toEqual(
        [...history.map(({ epoch }) => epoch)].sort((a, b) => a - b),
      );
      const roots = history.map(({ root }) => root);
      expect(roots).toEqual(verdicts.map(({ rootAfter }) => rootAfter));
      expect(verdicts.map(({ kept }) => kept)).toEqual([null, ...roots].slice(0, roots.length));
      expect(status.rejected).toBe(0);
      // The epoch moves with the window.
      expect(status.epoch).toBe(status.windows + 1);
      expect(status.accepted).toBeGreaterThanOrEqual(before);
      // Nothing that was reported is lost, and one window at most was entered after it.
      if (reported) {
        const windows = await books.windows();
        expect(windows.length - Number(reported[1])).toBeOneOf([1, 2]);
        const last = windows[Number(reported[1])]!.digest;
        expect(verdicts.some(({ windowDigest }) => windowDigest === last)).toBe(true);
      }
      return status.accepted;
    });
  }
  expect(before).toBeGreaterThan(0);
}
