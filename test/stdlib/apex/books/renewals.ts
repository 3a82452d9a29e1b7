// Kills a process in the middle of new registrations, again and again, and looks at what is left: one is current, the one that it
// replaces is superseded, and a pending one has its challenge, or gets it.
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { start } from './child.ts';
import { challenge, linked, registration, renewal, using } from './entries.ts';

export async function killRenewals(folder: string, times: number): Promise<void> {
  await using(folder, (books) => books.register(registration('ada'), linked));
  /** Challenges by registration: whatever is killed, there is one nonce. */
  const nonces = new Map<string, string>();
  for (let kill = 0; kill < times; kill++) {
    // Every third one dies before the nonce is drawn.
    const task = kill % 3 === 0 ? 'pend' : 'renew';
    const child = start(folder, task);
    await child.begun;
    if (task === 'renew') await setTimeout(Math.random() * 200);
    await child.kill();
    const [stage, version, drawn] = (await child.answer).split(' ');
    await using(folder, async (books) => {
      const all = await books.registrationsOf('ada');
      const pending = await books.pendingOf('ada');
      const former = all.slice(0, pending ? -1 : undefined);
      expect(former.map(({ standing }) => standing)).toEqual(
        former.map((_, i) => (i === former.length - 1 ? 'current' : 'superseded')),
      );
      expect(former.map(({ supersededBy }) => supersededBy)).toEqual(
        former.map((_, i) => former[i + 1]?.digest ?? null),
      );
      for (const [i, each] of former.entries())
        expect((await books.link(each.digest)) !== undefined).toBe(i > 0);
      // Nothing that was reported is lost, and one step at most was taken after it.
      const reached = all.length;
      expect(reached - Number(version)).toBeOneOf([0, 1]);
      const reported = renewal('ada', Number(version)).digest;
      if (stage === 'challenged') {
        expect(drawn).toBe(nonces.get(reported) ?? drawn);
        expect((await books.challenge(reported))?.digest).toBe(drawn);
      }
      if (stage === 'current')
        expect((await books.registration(reported))?.standing).toBe('current');
      if (task === 'pend')
        expect((await books.challenge(pending!.digest))?.digest).toBe(nonces.get(pending!.digest));
      // Enrolled again: the same registration, and one challenge.
      if (!pending) return;
      expect(await books.register(renewal('ada', reached), linked)).toEqual(pending);
      const first = await challenge(books, pending);
      expect(first.digest).toBe(nonces.get(pending.digest) ?? first.digest);
      nonces.set(pending.digest, first.digest);
      expect(await challenge(books, pending)).toEqual(first);
    });
  }
}
