// The link of a new registration with real proofs: an honest one is accepted, and its proofs are proofs of nothing else.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { saveReceipt } from '../../../../stdlib/apex/client/state.ts';
import { canonicalText } from '../../../../stdlib/apex/documents/canonical.ts';
import type { Challenge } from '../../../../stdlib/apex/documents/challenge.ts';
import { registrationDigest } from '../../../../stdlib/apex/documents/registration.ts';
import {
  proveLink,
  verifyLink,
  type Linked,
  type State,
  type VerifiedLink,
} from '../../../../stdlib/apex/index.ts';
import type { OfColumns, PublicLinkBlock } from '../../../../stdlib/apex/link/statement.ts';
import {
  checkLinkProofs,
  type LinkClaim,
  type LinkProofChecker,
} from '../../../../stdlib/apex/provider/link.ts';
import { refuse } from '../../../../stdlib/apex/provider/refused.ts';
import { accept } from '../accepted.ts';
import { draft, replacedAt, swapped } from '../bundles.ts';
import { keys, spread, World } from '../fixture.ts';
import { challengeOf } from './drafts.ts';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

let world: World;
let old: State;
let state: State;
let challenge: Challenge;
let out: string;
let done: Linked;

beforeAll(async () => {
  world = await World.make();
  old = await world.client('ada');
  const windows = [await world.window(spread), await world.window([1, 30])];
  for (const window of windows) old = await accept(world, old, window, await draft(old, window));
  state = await world.client('ada', {
    ...{ enrolled: false, replaces: old.folder, secret: 'again', window: windows[1]! },
  });
  challenge = await challengeOf(world, state);
  out = world.path('ada.link');
  done = (await proveLink({ folder: state.folder, challenge, out, log: 13, jobs: 1 }))!;
});
afterAll(() => world.remove());

const judged = (checkProofs?: LinkProofChecker): Promise<VerifiedLink> => {
  const { plan, leaves, commitments, signingKey } = world.provider;
  return verifyLink({
    ...{ plan, leaves, commitments, signingKey, keys, file: out, jobs: 1 },
    withBooks: world.withBooks,
    registration: registrationDigest(state.registration),
    ...(checkProofs && { checkProofs }),
  });
};

/** The verdict on the honest proofs where the verifier expects something else. */
const whenExpected = async (change: (claim: LinkClaim) => Partial<LinkClaim>): Promise<string> => {
  const { accepted, reason } = await judged((claim) =>
    checkLinkProofs({ ...claim, ...change(claim), keys }),
  );
  return accepted ? 'accepted' : reason!.code;
};

/** The proofs hold, and the link is refused all the same: the verification key is known then. */
const keepKey: LinkProofChecker = async (claim) => {
  await checkLinkProofs({ ...claim, keys });
  refuse('no-challenge', 'for later');
};

/** Another public part of the first block with S ≠ ∅. */
const ofBlock =
  (change: (block: PublicLinkBlock) => Partial<PublicLinkBlock>) =>
  ({ blocks }: LinkClaim): Partial<LinkClaim> => {
    const at = blocks.findIndex(({ commitment }) => commitment !== undefined);
    return { blocks: replacedAt(blocks, at, { ...blocks[at]!, ...change(blocks[at]!) }) };
  };

const otherLeaf =
  (of: keyof OfColumns<bigint>) =>
  ({ leaves }: PublicLinkBlock): Partial<PublicLinkBlock> => ({
    leaves: { ...leaves, [of]: replacedAt(leaves[of], 0, leaves[of][0]! + 1n) },
  });

test('a proof is one of its nonce, its registrations, its leaves and its c_b alone', async () => {
  expect((await judged(keepKey)).reason?.code).toBe('no-challenge');
  const other = '5a'.repeat(32);
  const changes: Record<string, (claim: LinkClaim) => Partial<LinkClaim>> = {
    nonce: () => ({ challenge: { ...challenge, nonce: other } }),
    registration: () => ({ challenge: { ...challenge, registration: other } }),
    replaces: () => ({ challenge: { ...challenge, replaces: other } }),
    c_b: ofBlock(({ commitment }) => ({ commitment: commitment! + 1n })),
    'leaf of S': ofBlock(otherLeaf('live')),
    'old leaf': ofBlock(otherLeaf('linked')),
    'new leaf': ofBlock(otherLeaf('new')),
    'other places': ({ blocks }) => ({ blocks: swapped(blocks, 0, blocks.length - 1) }),
  };
  for (const [name, change] of Object.entries(changes))
    expect([name, await whenExpected(change)]).toEqual([name, 'bad-proof']);
});

test('what was proved stays: written again, it is the same file', async () => {
  expect(done).toMatchObject({ sampled: 14, blocks: 13, finished: 0 });
  const events: string[] = [];
  const again = world.path('again.link');
  const written = await proveLink({
    ...{ folder: state.folder, challenge, out: again, log: 13, jobs: 1 },
    onProving: ({ event }) => events.push(event),
  });
  expect(written).toMatchObject({ finished: done.tiles, bytes: done.bytes });
  expect(events).toEqual([]);
  expect(await readFile(again)).toEqual(await readFile(out));
});

test('an honest link is accepted, once', async () => {
  const verified = await judged();
  expect(verified).toMatchObject({ accepted: true, tiles: done.tiles });
  const kept = await saveReceipt(state, canonicalText(verified.document!), 'the receipt');
  expect(kept.receipt).toMatchObject({ epoch: 3, registration: challenge.registration });
  expect(await judged()).toMatchObject({ accepted: true, document: verified.document });
});
