// A few short histories with proofs: a client that registers anew and proves the link, then random ones.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { histories, renewal, start, tryHistory } from './histories.ts';
import { Site } from './run.ts';

let site: Site;
beforeAll(async () => {
  site = await Site.make();
});
afterAll(() => site.remove());

const ends = { clients: 1, windows: 1 };

test('a link', async () => {
  const history = [renewal({ seat: 0, member: 1, meanwhile: [2], end: 'proves', forged: null })];
  const plan = { reregister: 'linked', keeps: 'root' } as const;
  const { met } = await tryHistory(site, { ...plan, ...ends }, history, true);
  const wanted = ['deed verify: accepted', 'deed enroll: pending', 'deed link: entered'];
  expect([...met]).toEqual(expect.arrayContaining(wanted));
});

test('books and files are what the model says', async () => {
  await fc.assert(
    fc.asyncProperty(start, histories(4), async (begun, history) => {
      await tryHistory(site, { ...begun, ...ends }, history, true);
    }),
    // It would take hours to shrink one.
    { numRuns: 4, unbiased: true, endOnFailure: true },
  );
});
