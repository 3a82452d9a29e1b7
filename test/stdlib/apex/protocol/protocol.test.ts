// Random histories of the whole protocol: provider, clients and attackers, kills, and two deeds at once. After each step the books and
// the files beside them are what plain data say. A failing run prints the commands that are left after shrinking, and what replays them.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTier, tier } from '../../../tier.ts';
import { histories, renewal, start, tryHistory } from './histories.ts';
import { linkForgeries } from './link-commands.ts';
import { Site } from './run.ts';

let site: Site;
beforeAll(async () => {
  site = await Site.make();
});
afterAll(() => site.remove());

test('books and files are what the model says', async () => {
  const met = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(start, histories(8), async (begun, history) => {
      const known = await tryHistory(site, begun, history);
      for (const each of known.met) met.set(each, (met.get(each) ?? 0) + 1);
    }),
    { numRuns: inTier({ quick: 20, normal: 200, full: 400 }), unbiased: true },
  );
  // Some outcomes are met by every tenth history only: hundreds of histories meet them.
  const often = ['verify: accepted', 'enroll: pending', 'enroll: taken-name', 'link: entered'];
  if (tier !== 'quick')
    expect([...met.keys()]).toEqual(expect.arrayContaining(often.map((each) => `deed ${each}`)));
});

test.each(linkForgeries)('a link with %s', async (kind) => {
  // Counted from the newest: the first client, who has no part in it.
  const forged = { kind, tie: 0, other: 2 };
  const history = [renewal({ seat: 0, member: 1, meanwhile: null, end: 'proves', forged })];
  const plan = { reregister: 'linked', keeps: 'root', clients: 2, windows: 1 } as const;
  const { met } = await tryHistory(site, plan, history);
  expect([...met]).toEqual(expect.arrayContaining([`forge link ${kind}`, 'deed link: entered']));
});
