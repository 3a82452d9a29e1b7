// Attacks on a registration that waits for its link: what a client, or another one, does between the nonce and the acceptance. Proofs are
// not verified here: they are the moment in which others go on.
import { generateKeyPairSync } from 'node:crypto';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openLinkQuestion } from '../../../../stdlib/apex/client/link-question.ts';
import { openQuestion } from '../../../../stdlib/apex/client/question.ts';
import { clientKey, saveAnswer, saveReceipt } from '../../../../stdlib/apex/client/state.ts';
import {
  enroll,
  openState,
  parseWindow,
  registrationDigest,
  sendLeaves,
  verifyLink,
  type State,
  type VerifiedLink,
  type VerifyLinkOptions,
  type Window,
} from '../../../../stdlib/apex/index.ts';
import { sweep, type LeafStore } from '../../../../stdlib/apex/provider/kept.ts';
import { accept, answer } from '../accepted.ts';
import { draft, reasonBeforeProofs, withHeader } from '../bundles.ts';
import { codeOf } from '../codes.ts';
import { spread, World, type WorldOptions } from '../fixture.ts';
import { challengeOf, closeDraft, draftLink, saveLink } from '../link/drafts.ts';

/** A client that has answered a window, its registration that waits, and the link of that without proofs. */
interface Waiting {
  readonly world: World;
  readonly window: Window;
  readonly old: State;
  readonly state: State;
  readonly file: string;
}

const worlds: World[] = [];
afterEach(async () => {
  for (const each of worlds.splice(0)) await each.remove();
});

async function waiting(options: WorldOptions = {}): Promise<Waiting> {
  const world = await World.make(options);
  worlds.push(world);
  const ada = await world.client('ada');
  const window = await world.window(spread);
  const old = await accept(world, ada, window, await draft(ada, window));
  const state = await again(world, old, window);
  const own = await draftLink(state, await challengeOf(world, state));
  const file = world.path('own.link');
  await saveLink(file, own.link);
  await closeDraft(own);
  return { world, window, old, state, file };
}

let made = 0;
const again = (world: World, old: State, window?: Window): Promise<State> =>
  world.client('ada', {
    ...{ replaces: old.folder, enrolled: false, secret: `again-${made++}` },
    ...(window && { window }),
  });

type Changed = Partial<Pick<VerifyLinkOptions, 'checkProofs' | 'leaves' | 'commitments'>>;

const verify = (
  { world, state, file }: Waiting,
  change: Changed | (() => Promise<unknown>) = {},
): Promise<VerifiedLink> => {
  const { plan, leaves, commitments, signingKey } = world.provider;
  const own = typeof change === 'function' ? { checkProofs: meanwhile(change) } : change;
  return verifyLink({
    ...{ plan, leaves, commitments, signingKey, file, withBooks: world.withBooks },
    registration: registrationDigest(state.registration),
    checkProofs: async () => undefined,
    ...own,
  });
};

/** Runs where the proofs would be verified. */
const meanwhile = (work: () => Promise<unknown>) => async (): Promise<void> => void (await work());

const verdictOf = ({ accepted, reason }: VerifiedLink): string =>
  accepted ? 'accepted' : reason!.code;

const standingOf = async ({ world }: Waiting, { registration }: State) =>
  (await world.books.registration(registrationDigest(registration)))?.standing;

/** Files of commitments and of leaves are those that the books name. */
async function expectKept({ world }: Waiting): Promise<void> {
  const { provider, books } = world;
  const files = (name: string) => readdir(join(provider.folder, name)).catch(() => []);
  const roots = await books.currentRoots();
  expect((await files('commitments')).sort()).toEqual(roots.map((root) => `${root}.bin`).sort());
  if (world.plan.keeps !== 'leaves') return;
  const held = (await books.registrations()).filter(({ standing }) =>
    ['current', 'pending'].includes(standing),
  );
  expect((await files('leaves')).sort()).toEqual(
    held.map(({ digest }) => `${digest}.leaves`).sort(),
  );
}

test('the same link twice: the second one finds it accepted, and nothing is entered twice', async () => {
  const own = await waiting();
  let first: VerifiedLink | undefined;
  const second = await verify(own, async () => (first = await verify(own)));
  expect([first!, second].map(verdictOf)).toEqual(['accepted', 'accepted']);
  expect(second.document).toEqual(first!.document);
  await expectKept(own);
});

test.each([['root'], ['leaves']] as const)(
  'the same link is accepted before what it is compared with is read, where the provider keeps the %s',
  async (keeps) => {
    const own = await waiting({ keeps });
    const { leaves, commitments } = own.world.provider;
    let first: VerifiedLink | undefined;
    const accepted = async () => (first ??= await verify(own));
    const second = await verify(own, {
      commitments: {
        ...commitments,
        read: (...of) => accepted().then(() => commitments.read(...of)),
      },
      leaves: { ...leaves, read: (...of) => accepted().then(() => leaves.read(...of)) },
    });
    expect([first!, second].map(verdictOf)).toEqual(['accepted', 'accepted']);
    expect(second.document).toEqual(first!.document);
    await expectKept(own);
  },
);

test("the provider's word for this registration, and for another one, comes before the link", async () => {
  const own = await waiting();
  expect(verdictOf(await verify(own, () => own.world.present(own.state, true)))).toBe(
    'not-pending',
  );
  expect(await own.world.books.registrationOf('ada')).toMatchObject({ entered: 'replace' });
  // The word has taken the place of the link; asking again does not make one of it.
  expect(verdictOf(await verify(own))).toBe('not-pending');
  await expectKept(own);

  const other = await waiting();
  const third = await again(other.world, other.old, other.window);
  expect(verdictOf(await verify(other, () => other.world.present(third, true)))).toBe('superseded');
  expect(await standingOf(other, other.state)).toBe('dropped');
  await expectKept(other);
});

test('windows that come meanwhile are live for both registrations, and dead for neither', async () => {
  const own = await waiting();
  const { world, state } = own;
  const old = await answer(world, own.old, [1]);
  const twice = await answer(world, old, [2]);
  await sweep(world.provider, world.books, 'ada');
  // The answer that the challenge names is kept beside the last one.
  await expectKept(own);
  expect(await world.books.currentRoots()).toHaveLength(2);
  const last = await world.window([3]);
  const { forged } = await draft(await openState(twice.folder), last);
  const { header } = forged;
  const key = await clientKey(state);

  // A registration that waits answers no window.
  const early = withHeader(
    { ...forged, key },
    {
      registration: registrationDigest(state.registration),
    },
  );
  expect(await reasonBeforeProofs(world, early)).toBe('pending-registration');

  const verified = await verify(own);
  expect(verdictOf(verified)).toBe('accepted');
  expect(verified.entered!.receipt.epoch).toBe(own.window.epoch + 1);
  await expectKept(own);
  // Nothing of the old registration's answers is left to be kept, or counts.
  expect(await reasonBeforeProofs(world, forged)).toBe('superseded');
  expect(await reasonBeforeProofs(world, withHeader(early, { kept: header.kept }))).toBe(
    'stale-commitment',
  );
  expect(await world.books.commitment('ada')).toBeUndefined();

  const kept = await saveReceipt(state, JSON.stringify(verified.document), 'receipt.json');
  const anew = await draft(kept, last);
  // 1, 2 and 3 lie in the first block, and what was masked before in no other.
  expect(anew.blocks).toEqual([{ number: 0, live: [1, 2, 3] }]);
  expect(await reasonBeforeProofs(world, anew.forged)).toBe('none');
});

test('a second nonce: neither another registration nor the same one again gives it', async () => {
  const own = await waiting();
  const { world, state, old, window } = own;
  const first = await challengeOf(world, state);
  expect(await challengeOf(world, state)).toEqual(first);
  const other = await again(world, old, window);
  await expect(world.present(other)).rejects.toMatchObject({
    diagnostics: [{ code: 'pending-registration' }],
  });
  // Not after a window either, which the old registration has answered.
  const later = await answer(world, old, [1]);
  const last = await world.books.lastWindow();
  expect(last!.epoch).toBe(window.epoch + 1);
  expect(await challengeOf(world, state)).toEqual(first);
  const newest = parseWindow(last!.document, 'the last window', world.plan);
  await expect(world.present(await again(world, later, newest))).rejects.toMatchObject({
    diagnostics: [{ code: 'pending-registration' }],
  });
  expect(verdictOf(await verify(own))).toBe('accepted');
});

test('a stranger makes the provider hash what he has sent, and nothing else', async () => {
  const own = await waiting({ link: 'all' });
  const { world, state, file } = own;
  const key = generateKeyPairSync('ed25519').privateKey;
  const drafted = await draftLink(state, await challengeOf(world, state));
  const { link } = drafted;
  await closeDraft(drafted);
  const { openings } = link;
  const nothing = { siblings: [], leaves: [] };
  const verdict = async (change: Partial<typeof link>): Promise<string> => {
    await saveLink(file, { ...link, ...change });
    return verdictOf(await verify(own));
  };
  // Neither counts nor lengths are compared with those of the sample, for which every leaf is gone through.
  const empty = { openings: { old: nothing, new: nothing } };
  const counts = { header: { ...link.header, oldSiblings: 70 } };
  for (const change of [{}, empty, counts])
    expect(await verdict({ ...change, key })).toBe('forged-link');
  expect(await verdict(empty)).toBe('bad-link');
  expect(await verdict(counts)).toBe('bad-opening');
  // More than any link of this plan has: 75 leaves of each tree.
  const leaves = Array.from({ length: 151 }, () => 1n);
  const long = { openings: { ...openings, old: { siblings: [], leaves } } };
  expect(await verdict({ ...long, key })).toBe('bad-link');
  const tiles = { ...link.header, tiles: 15 };
  expect(await verdict({ header: tiles, key })).toBe('bad-coverage');
  expect(await verdict({})).toBe('accepted');
});

test('leaves that another enrollment of the same registration removes: nothing is entered without them', async () => {
  const world = await World.make({ keeps: 'leaves' });
  worlds.push(world);
  const { provider, withBooks } = world;
  const old = await world.client('ada');
  const [own, other] = [await again(world, old), await again(world, old)];
  const sent = world.path('own.leaves');
  await sendLeaves(own, sent);
  /** `then` runs when its leaves are written, and before it is entered. */
  const enrolled = (replace: boolean, then: () => Promise<unknown>): Promise<string> => {
    const leaves: LeafStore = {
      ...provider.leaves,
      async write(registration, pieces) {
        await provider.leaves.write(registration, pieces);
        await then();
      },
    };
    const { registration } = own;
    const options = { provider: { ...provider, leaves }, withBooks, registration, replace };
    return codeOf(() => enroll({ ...options, leaves: sent }));
  };
  let without: string | undefined;
  const first = await enrolled(true, async () => {
    without = await enrolled(false, () => world.present(other));
  });
  expect([without, first]).toEqual(['pending-registration', 'no-leaves']);
  expect(await world.books.registration(registrationDigest(own.registration))).toBeUndefined();
  expect(await enrolled(true, async () => undefined)).toBe('none');
  const digest = registrationDigest(own.registration);
  expect(await world.books.registrationOf('ada')).toMatchObject({ digest, entered: 'replace' });
  expect(await provider.leaves.has(digest)).toBe(true);
});

test('a client that answers anew after its answer was accepted still links to the accepted one', async () => {
  const world = await World.make();
  worlds.push(world);
  let old = await answer(world, await world.client('ada'), spread);
  const window = await world.window([1]);
  const accepted = await draft(old, window);
  expect(accepted.forged.header.kept).not.toBeNull();
  old = await accept(world, old, window, accepted);
  const state = await again(world, old, window);
  const challenge = await challengeOf(world, state);

  const { forged } = await draft(old, window, { anew: true });
  const { folder } = await openQuestion({ folder: old.folder, window, anew: true });
  await cp(`${folder}-draft`, folder, { recursive: true });
  const { header } = forged;
  await saveAnswer(await openState(old.folder), {
    ...{ window: header.window, epoch: window.epoch, kept: null, root: header.after, log: 13 },
  });
  const question = await openLinkQuestion(state.folder, challenge);
  expect(question.answer!.commitments.all()).toEqual(accepted.answer.commitments.all());
  const other = { ...challenge, commitments: 5n };
  expect(await codeOf(() => openLinkQuestion(state.folder, other))).toBe('unanswered-window');
});
