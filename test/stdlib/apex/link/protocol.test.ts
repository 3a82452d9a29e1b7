// Registering anew with a link, without proofs: what is accepted, and what is refused though the client has signed it.
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAnswer, type PreparedAnswer } from '../../../../stdlib/apex/client/answer.ts';
import { answerFolder } from '../../../../stdlib/apex/client/answers.ts';
import { openLinkQuestion } from '../../../../stdlib/apex/client/link-question.ts';
import { saveReceipt } from '../../../../stdlib/apex/client/state.ts';
import { Holdings } from '../../../../stdlib/apex/client/holdings.ts';
import { blockCommitment } from '../../../../stdlib/apex/commitments/multipliers.ts';
import { openLeaves } from '../../../../stdlib/apex/commitments/tree.ts';
import { canonicalText } from '../../../../stdlib/apex/documents/canonical.ts';
import type { Challenge } from '../../../../stdlib/apex/documents/challenge.ts';
import { deadByBlock, liveBlocks } from '../../../../stdlib/apex/documents/history.ts';
import { registrationDigest } from '../../../../stdlib/apex/documents/registration.ts';
import { generateSigningKey, readSigningKey } from '../../../../stdlib/apex/documents/signature.ts';
import {
  blockCount,
  openState,
  proveLink,
  type State,
  type Window,
} from '../../../../stdlib/apex/index.ts';
import { sampledBlocks } from '../../../../stdlib/apex/link/sample.ts';
import { linkPositions } from '../../../../stdlib/apex/link/positions.ts';
import { unlearnedBlock, type HeldBlock } from '../../../../stdlib/apex/step/index.ts';
import { accept, weightsOf } from '../accepted.ts';
import { registerByHand } from '../attacks/by-hand.ts';
import { draft as draftBundle, replacedAt } from '../bundles.ts';
import { codeOf } from '../codes.ts';
import { inTier } from '../../../tier.ts';
import { scope, spread, World, type WorldOptions } from '../fixture.ts';
import {
  byWitness,
  challengeOf,
  closeDraft,
  draftLink,
  judgeLink,
  judgeLinkFile,
  saveLink,
  withLinkHeader,
  type DraftLink,
  type ForgedLink,
} from './drafts.ts';

const drafts: DraftLink[] = [];
const worlds: World[] = [];
afterAll(async () => {
  for (const each of drafts) await closeDraft(each);
  for (const each of worlds) await each.remove();
});

async function draft(...args: Parameters<typeof draftLink>): Promise<DraftLink> {
  const own = await draftLink(...args);
  drafts.push(own);
  return own;
}

async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const world = await World.make(options);
  worlds.push(world);
  return world;
}

type Changed = (held: HeldBlock, number: number) => HeldBlock;
const same: Changed = (held) => held;

let made = 0;

/** A registration that replaces the one of a client; with other blocks where it is said. */
const again = async (
  world: World,
  { folder, registration }: State,
  window: Window | undefined,
  block = same,
): Promise<State> =>
  registerByHand(world, registration.client, {
    ...{ block, enrolled: false, replaces: folder, secret: `again-${made++}` },
    ...(window && { window }),
  });

/** A provider with two windows, and clients that were registered before them. */
class Two {
  readonly #clients: State[] = [];

  private constructor(
    readonly world: World,
    readonly windows: readonly Window[],
    clients: readonly State[],
  ) {
    this.#clients.push(...clients);
  }

  static async make(clients: number, options: WorldOptions = {}): Promise<Two> {
    const world = await makeWorld(options);
    const states: State[] = [];
    for (let i = 0; i < clients; i++) states.push(await world.client(`ada-${i}`));
    return new Two(world, [await world.window(spread), await world.window([1, 30])], states);
  }

  get window(): Window {
    return this.windows[1]!;
  }

  /** One that has answered both windows. */
  async old(): Promise<State> {
    const { folder } = this.#clients.shift()!;
    for (const window of this.windows) {
      const client = await openState(folder);
      await accept(this.world, client, window, await draftBundle(client, window));
    }
    return openState(folder);
  }

  /** Its new registration, which waits for its link. */
  async anew(block = same): Promise<{ old: State; state: State; challenge: Challenge }> {
    const old = await this.old();
    const state = await again(this.world, old, this.window, block);
    return { old, state, challenge: await challengeOf(this.world, state) };
  }
}

let two: Two;
let world: World;
beforeAll(async () => {
  two = await Two.make(13);
  ({ world } = two);
});

const reasonOf = async (
  state: State,
  link: ForgedLink,
  own: DraftLink,
  at = world,
): Promise<string> => {
  const { accepted, reason } = await judgeLink(at, state, link, byWitness(own.material));
  return accepted ? 'accepted' : reason!.code;
};

const standingOf = async ({ registration }: State, at = world): Promise<string | undefined> =>
  (await at.books.registration(registrationDigest(registration)))?.standing;

const worldOptions: [string, WorldOptions][] = [
  ['the provider keeps roots', {}],
  ['the provider keeps leaves, and three blocks are drawn', { keeps: 'leaves', link: 3 }],
  ['the provider keeps leaves', { keeps: 'leaves' }],
];

describe.each(worldOptions.slice(0, inTier({ quick: 1, normal: 2, full: 3 })))(
  'an honest link, %s',
  (_, options) => {
    test('makes the new registration current, with the epoch of its commitments', async () => {
      const clients = await Two.make(1, options);
      const { world: at, window } = clients;
      const { old, state, challenge } = await clients.anew();
      expect(await standingOf(state, at)).toBe('pending');
      const own = await draft(state, challenge);
      const { sampled, blocks } = own.question;
      expect(sampled).toBe(options.link ?? blockCount(scope));
      // One is masked whole.
      if (options.link === undefined) expect(blocks.length).toBe(blockCount(scope) - 1);
      // A window that comes meanwhile is answered by the old registration, and is no part of the link.
      const later = await at.window([40]);
      await accept(at, old, later, await draftBundle(old, later));
      const verified = await judgeLink(at, state, own.link, byWitness(own.material));
      expect(verified).toMatchObject({
        accepted: true,
        warnings: [],
        tiles: own.link.header.tiles,
      });
      expect([await standingOf(state, at), await standingOf(old, at)]).toEqual([
        'current',
        'superseded',
      ]);

      const kept = await saveReceipt(state, canonicalText(verified.document!), 'the receipt');
      expect(kept.receipt!.epoch).toBe(window.epoch + 1);
      // The same again, and any other file of this registration, gives the same receipt.
      const second = await judgeLink(at, state, own.link);
      expect(second).toMatchObject({ accepted: true, document: verified.document });
    });
  },
);

test('the weights of the new registration are θ_u, and dead ones are 0', async () => {
  const { old, state } = await two.anew();
  const { window } = two;
  const dead = deadByBlock(world.plan, window.history, window.epoch + 1);
  const holdings = await Holdings.open(state);
  const weights: number[] = [];
  for (let number = 0; number < blockCount(scope); number++) {
    const own = (await holdings.block(number)).weights;
    for (const entry of dead.get(number) ?? []) expect(own[entry]).toBe(0);
    weights.push(...own);
  }
  await holdings.close();
  expect(weights).toEqual(await weightsOf(old));
});

test('without a window, and after one that did not touch the old registration', async () => {
  const at = await makeWorld();
  const first = await at.client('ada');
  const second = await again(at, first, undefined);
  const own = await draft(second, await challengeOf(at, second));
  expect(own.question.answer).toBeUndefined();
  expect(own.material.blocks.every(({ live }) => live.length === 0)).toBe(true);
  expect(await reasonOf(second, own.link, own, at)).toBe('accepted');

  const window = await at.window(spread);
  const next = await again(at, await at.client('bob', { window }), window);
  const challenge = await challengeOf(at, next);
  expect(challenge.commitments).toBeNull();
  const other = await draft(next, challenge);
  expect(await reasonOf(next, other.link, other, at)).toBe('accepted');
});

/** One weight of a block is another one. */
const changed =
  (at: number, entry: number): Changed =>
  (held, number) =>
    number === at
      ? { ...held, weights: held.weights.map((each, i) => (i === entry ? each + 1 : each)) }
      : held;

describe('a new registration with another weight', () => {
  test.each([
    ['in a block with S', 0, 2, 'bad-proof'],
    ['in another', 1, 3, 'bad-proof'],
    ['in a block without S', 13, 0, 'bad-proof'],
    ['at a dead position, which is 0 whatever was registered', 0, 1, 'accepted'],
  ] as const)('%s', async (_, number, entry, expected) => {
    const { state, challenge } = await two.anew(changed(number, entry));
    const own = await draft(state, challenge);
    expect(await reasonOf(state, own.link, own)).toBe(expected);
    expect(await standingOf(state)).toBe(expected === 'accepted' ? 'current' : 'pending');
    const prove = () =>
      proveLink({ folder: state.folder, challenge, out: world.path('none.link') });
    if (expected !== 'accepted') expect(await codeOf(prove)).toBe('other-weights');
  });

  test('is found just where its block is drawn', async () => {
    const few = await Two.make(2, { link: 4 });
    for (const number of [0, 1]) {
      const { state, challenge } = await few.anew(changed(number, 3));
      const own = await draft(state, challenge);
      const looked = sampledBlocks(few.world.plan, challenge).includes(number);
      const expected = looked ? 'bad-proof' : 'accepted';
      expect(await reasonOf(state, own.link, own, few.world)).toBe(expected);
    }
  });
});

test('the weights that other multipliers would have left are refused by c_b', async () => {
  const old = await two.old();
  const last = old.answers.at(-1);
  const live = liveBlocks(world.plan, two.window.history, 1);
  const known = await readAnswer(answerFolder(old, last!.window, last!.kept), live);
  const other: PreparedAnswer = Object.create(known, {
    multipliers: { value: (index: number) => known.multipliers(index).map((x) => x + 2 ** 24) },
  });
  const holdings = await Holdings.open(old);
  const left = new Map<number, Int32Array>();
  for (const [index, { number, live: entries }] of live.entries())
    left.set(
      number,
      unlearnedBlock(world.plan.step, await holdings.block(number), {
        ...{ live: entries, dead: [], multipliers: other.multipliers(index) },
      }),
    );
  await holdings.close();
  const state = await again(world, old, two.window, (held, number) => ({
    ...held,
    weights: left.get(number) ?? held.weights,
  }));
  const own = await draft(state, await challengeOf(world, state));
  const material = { ...own.material, answer: other };
  // By its own multipliers it has a witness, and that one has another c_b.
  const { reason } = await judgeLink(world, state, own.link, byWitness(material));
  expect(reason?.code).toBe('bad-proof');
  const commitments = await world.provider.commitments.read(`${last!.root}`, live.length);
  const forged = commitments.map((_, index) =>
    blockCommitment(world.plan.step, other.multipliers(index), other.salts(index)),
  );
  await world.provider.commitments.write(`${last!.root}`, forged);
  const by = await judgeLink(world, state, own.link, byWitness(material));
  expect(by.accepted).toBe(true);
});

describe('what the client has signed', () => {
  test('leaves of another client, other leaves, and other siblings', async () => {
    const { state, challenge } = await two.anew();
    const bob = await two.old();
    const own = await draft(state, challenge);
    const { link } = own;
    const holdings = await Holdings.open(bob);
    const { old } = linkPositions(world.plan, own.material.blocks);
    const others = {
      siblings: await openLeaves(holdings.tree(), old),
      leaves: await holdings.leaves(old),
    };
    await holdings.close();
    const withOld = (opening: typeof others): ForgedLink => ({
      ...link,
      openings: { ...link.openings, old: opening },
    });
    expect(await reasonOf(state, withOld(others), own)).toBe('root-mismatch');
    for (const side of ['old', 'new'] as const)
      for (const part of ['leaves', 'siblings'] as const)
        for (const at of [0, link.openings[side][part].length - 1]) {
          const own1 = link.openings[side];
          const opening = { ...own1, [part]: replacedAt(own1[part], at, 5n) };
          const forged = { ...link, openings: { ...link.openings, [side]: opening } };
          expect(await reasonOf(state, forged, own)).toBe('root-mismatch');
        }
    expect(await reasonOf(state, link, own)).toBe('accepted');
  });

  test('another nonce, another registration, another plan, and another key', async () => {
    const { old, state, challenge } = await two.anew();
    const other = { ...challenge, nonce: '5a'.repeat(32) };
    const own = await draft(state, challenge);
    const forged = await draft(state, other);
    // Its sample and its contexts are those of the other nonce.
    expect(await reasonOf(state, forged.link, forged)).toBe('other-challenge');
    const header = own.link.header;
    expect(await reasonOf(state, { ...forged.link, header }, forged)).toBe('bad-proof');
    const of = (change: Partial<typeof header>): Promise<string> =>
      reasonOf(state, withLinkHeader(own.link, change), own);
    expect(await of({ challenge: '5a'.repeat(32) })).toBe('other-challenge');
    expect(await of({ registration: '5a'.repeat(32) })).toBe('other-challenge');
    expect(await of({ plan: '5a'.repeat(32) })).toBe('other-plan');
    const key = readSigningKey(generateSigningKey());
    expect(await reasonOf(state, { ...own.link, key }, own)).toBe('forged-link');
    // The replaced registration waits for no link.
    const { reason } = await judgeLink(
      world,
      old,
      withLinkHeader(own.link, { registration: registrationDigest(old.registration) }),
      byWitness(own.material),
    );
    expect(reason?.code).toBe('not-pending');
    expect(await reasonOf(state, own.link, own)).toBe('accepted');
  });

  test('other counts than the verifier derives', async () => {
    const { state, challenge } = await two.anew();
    const own = await draft(state, challenge);
    const { header, proofs, openings } = own.link;
    const of = (change: Partial<ForgedLink>): Promise<string> =>
      reasonOf(state, { ...own.link, ...change }, own);
    const { tiles, oldSiblings, newSiblings } = header;
    const more = { ...header, tiles: tiles + 1 };
    expect(await of({ header: more, proofs: [...proofs, proofs[0]!] })).toBe('bad-coverage');
    const fewer = { ...header, tiles: tiles - 1 };
    expect(await of({ header: fewer, proofs: proofs.slice(1) })).toBe('bad-coverage');
    expect(await of({ header: { ...header, tiles: 1000 } })).toBe('bad-coverage');
    expect(await of({ header: { ...header, log: 8 } })).toBe('bad-coverage');
    expect(await of({ header: { ...header, log: 17 } })).toBe('bad-coverage');
    expect(await of({ header: { ...header, oldSiblings: oldSiblings + 1 } })).toBe('bad-opening');
    expect(await of({ header: { ...header, newSiblings: newSiblings + 1 } })).toBe('bad-opening');
    expect(await of({ proofs: replacedAt(proofs, 0, new Uint8Array(100)) })).toBe('bad-link');
    const nothing = new Uint8Array(proofs[0]!.length);
    expect(await of({ proofs: replacedAt(proofs, 0, nothing) })).toBe('bad-proof');
    const { old } = openings;
    const longer = { ...openings, old: { ...old, leaves: [...old.leaves, 1n] } };
    expect(await of({ openings: longer })).toBe('bad-link');
    expect(await standingOf(state)).toBe('pending');
  });

  test('a file that was cut, or changed in any byte that is tried', async () => {
    const { state, challenge } = await two.anew();
    const own = await draft(state, challenge);
    const file = world.path('whole.link');
    await saveLink(file, own.link);
    const bytes = await readFile(file);
    const judged = async (content: Uint8Array): Promise<string> => {
      await writeFile(file, content);
      const check = byWitness(own.material);
      const { accepted, reason } = await judgeLinkFile(world, state, file, check);
      return accepted ? 'accepted' : reason!.code;
    };
    for (const end of [0, 10, 300]) expect(await judged(bytes.subarray(0, end))).toBe('bad-link');
    // From here on the signature is looked at first.
    for (const end of [bytes.length - 64, bytes.length - 1])
      expect(await judged(bytes.subarray(0, end))).toBe('forged-link');
    expect(await judged(Buffer.concat([bytes, Buffer.of(0)]))).toBe('forged-link');
    const step = Math.ceil(bytes.length / 40);
    for (let at = 0; at < bytes.length; at += step) {
      const other = Buffer.from(bytes);
      other[at]! ^= 1;
      expect(await judged(other)).toMatch(/^(bad-link|forged-link|other-plan|other-challenge)$/);
    }
    expect(await judged(bytes)).toBe('accepted');
  });
});

test('links of registrations that are dropped, or were never entered', async () => {
  const { old, state, challenge } = await two.anew();
  const own = await draft(state, challenge);
  const newer = await again(world, old, two.window);
  const forged = withLinkHeader(own.link, { registration: registrationDigest(newer.registration) });
  expect(await reasonOf(newer, forged, own)).toBe('unknown-registration');
  // The provider's word.
  await world.present(newer, true);
  expect(await standingOf(state)).toBe('dropped');
  expect(await reasonOf(state, own.link, own)).toBe('superseded');
  expect(await reasonOf(newer, forged, own)).toBe('not-pending');
});

describe('what the client refuses to prove', () => {
  test('a challenge for another registration, epoch or window', async () => {
    const { old, state, challenge } = await two.anew();
    const asked = (change: Partial<Challenge>, folder = state.folder): Promise<string> =>
      codeOf(() => openLinkQuestion(folder, { ...challenge, ...change }));
    expect(await asked({})).toBe('none');
    expect(await asked({ registration: '5a'.repeat(32) })).toBe('other-challenge');
    expect(await asked({ replaces: '5a'.repeat(32) })).toBe('no-former');
    expect(await asked({ plan: '5a'.repeat(32) })).toBe('other-plan');
    expect(await asked({ epoch: challenge.epoch + 1 })).toBe('other-challenge');
    expect(await asked({ window: '5a'.repeat(32) })).toBe('other-challenge');
    expect(await asked({ commitments: 5n })).toBe('unanswered-window');
    expect(await asked({ commitments: null })).toBe('unanswered-window');
    const of = { registration: registrationDigest(old.registration), window: null, epoch: 1 };
    expect(await asked(of, old.folder)).toBe('no-former');
  });
});
