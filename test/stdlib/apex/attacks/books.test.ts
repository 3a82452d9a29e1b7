// Attacks on the order of things: who registered what and when, which window, which plan, which receipt. Refused before a proof is
// looked at.
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientKey } from '../../../../stdlib/apex/client/state.ts';
import { receiptDigest } from '../../../../stdlib/apex/documents/receipt.ts';
import { signRegistration } from '../../../../stdlib/apex/documents/registration.ts';
import { windowDocument } from '../../../../stdlib/apex/documents/window.ts';
import {
  enroll,
  issueWindow,
  openState,
  parseWindow,
  planDigest,
  register,
  registrationDigest,
  windowDigest,
  type Registration,
  type SignedRegistration,
  type State,
  type Window,
} from '../../../../stdlib/apex/index.ts';
import { codeOf } from '../codes.ts';
import { asEntered } from '../entered.ts';
import {
  draft,
  judge,
  reasonBeforeProofs,
  withHeader,
  type Draft,
  type Forged,
} from '../bundles.ts';
import { maskOf, spread, World } from '../fixture.ts';

let world: World;
let ada: State;
let window: Window;
let honest: Draft;

beforeAll(async () => {
  world = await World.make();
  ada = await world.client('ada');
  window = await world.window(spread);
  honest = await draft(ada, window);
});
afterAll(() => world.remove());

const reason = (forged: Forged): Promise<string> => reasonBeforeProofs(world, forged);
const otherKey = () => generateKeyPairSync('ed25519').privateKey;
const entered = async (registration: SignedRegistration, replace = false) => {
  const { provider, withBooks } = world;
  return asEntered(await enroll({ provider, withBooks, registration, replace }));
};
/** The registration of a state with a change, signed by the client. */
const changed = async (state: State, change: Partial<Registration>): Promise<SignedRegistration> =>
  signRegistration({ ...state.registration, ...change }, await clientKey(state));

test('nothing but its proofs is wrong with the draft', async () => {
  expect(await reason(honest.forged)).toBe('none');
});

describe('registrations', () => {
  test('one that is not in the books', async () => {
    const forged = withHeader(honest.forged, { registration: 'a'.repeat(64) });
    expect(await reason(forged)).toBe('unknown-registration');
  });

  test('one that came after the window', async () => {
    const late = await world.client('late', { seed: 31 });
    expect(await codeOf(() => draft(late, window))).toBe('late-registration');
    const forged = withHeader(honest.forged, {
      registration: registrationDigest(late.registration),
    });
    expect(await reason(forged)).toBe('late-registration');
  });

  test('one that the client has replaced, and the new one with the old window', async () => {
    const first = await world.client('bob', { seed: 41 });
    const own = await world.window([1, 2, 3]);
    const old = (await draft(first, own)).forged;
    // Another curvature, chosen when the mask is known.
    const second = await world.client('bob-again', { seed: 41, enrolled: false });
    const registration = await changed(second, { client: 'bob' });
    expect(await codeOf(() => entered(registration))).toBe('taken-name');
    await entered(registration, true);
    expect(await reason(old)).toBe('superseded');
    expect(await reason(withHeader(old, { registration: registrationDigest(registration) }))).toBe(
      'late-registration',
    );
    // Entering the first one again does not bring it back.
    expect(await codeOf(() => entered(first.registration))).toBe('superseded');
    expect(await reason(old)).toBe('superseded');
  });

  test("another client's commitment under one's own name", async () => {
    const registration = await changed(ada, { client: 'mallory' });
    const { receipt } = await entered(registration);
    await world.window([4]);
    const forged = withHeader(honest.forged, {
      registration: registrationDigest(registration),
      receipt: receiptDigest(receipt),
    });
    // Mallory is late for this window. That a copy is refused by its proofs stands in proofs.prove.test.ts.
    expect(await reason(forged)).toBe('late-registration');
  });

  test('one of another plan', async () => {
    const registration = await changed(ada, { plan: '0'.repeat(64) });
    expect(await codeOf(() => entered(registration))).toBe('other-plan');
  });

  test("a bundle that another key signed, and none of the client's", async () => {
    expect(await reason({ ...honest.forged, key: otherKey() })).toBe('forged-bundle');
  });

  test('a receipt for another epoch', async () => {
    const receipt = {
      plan: planDigest(world.plan),
      registration: registrationDigest(ada.registration),
      epoch: 2,
      window: windowDigest(window),
    };
    const forged = withHeader(honest.forged, { receipt: receiptDigest(receipt) });
    expect(await reason(forged)).toBe('other-receipt');
  });
});

describe('windows', () => {
  test('one that was never issued', async () => {
    const forged = withHeader(honest.forged, { window: 'b'.repeat(64) });
    expect(await reason(forged)).toBe('unknown-window');
  });

  test('a bundle for one window is none for another', async () => {
    const other = await world.window([22]);
    expect(await reason(withHeader(honest.forged, { window: windowDigest(other) }))).toBe(
      'bad-coverage',
    );
  });

  test('a forged signature, at the client', async () => {
    const forged = windowDocument(window, otherKey()) as Record<string, string | object>;
    const text = (change: object): string => JSON.stringify({ ...forged, ...change });
    const codes = [
      text({}),
      text({ signature: `${'A'.repeat(86)}==` }),
      text({ signature: '' }),
      text({ signature: undefined }),
    ].map((each) => codeOf(async () => parseWindow(each, 'window.json', world.plan)));
    expect(await Promise.all(codes)).toEqual([
      'forged-window',
      'forged-window',
      'bad-document',
      'bad-document',
    ]);
  });

  test('anything changed under a good signature, at the client', async () => {
    const key = await world.provider.signingKey();
    const good = windowDocument(window, key) as {
      mask: object;
      history: { positions: string };
    } & Record<string, string | object>;
    const read = (document: object): Promise<string> =>
      codeOf(async () => parseWindow(JSON.stringify(document), 'window.json', world.plan));
    expect(await read(good)).toBe('none');
    const bits = Buffer.from(good.history.positions, 'base64');
    // One bit moves to the next weight: as many as before.
    bits[0] = (bits[0]! & ~1) | 2;
    const history = { ...good.history, positions: bits.toString('base64') };
    expect(await read({ ...good, history })).toBe('forged-window');
    expect(await read({ ...good, mask: { ...good.mask, budget: 0.25 } })).toBe('forged-window');
    expect(await read({ ...good, mask: { ...good.mask, score: 'ratio' } })).toBe('forged-window');
  });

  test('a mask that adds nothing is the window before, in which a newcomer has no part', async () => {
    const key = await world.provider.signingKey();
    const first = await issueWindow(world.plan, world.books, world.mask([10, 11]), key);
    const late = await world.client('after-mask', { seed: 51 });
    for (const positions of [[10, 11], [10], spread]) {
      const again = await issueWindow(world.plan, world.books, world.mask(positions), key);
      expect([again.digest, again.added]).toEqual([first.digest, 0]);
    }
    expect(await codeOf(() => draft(late, first.window))).toBe('late-registration');
  });
});

describe('plans', () => {
  test('of another provider', async () => {
    const forged = withHeader(honest.forged, { plan: '1'.repeat(64) });
    expect(await reason(forged)).toBe('other-plan');
    const other = await World.make();
    try {
      // The signer is part of the plan.
      expect(planDigest(other.plan)).not.toBe(planDigest(world.plan));
      expect(await reasonBeforeProofs(other, honest.forged)).toBe('other-plan');
      const renamed = withHeader(honest.forged, { plan: planDigest(other.plan) });
      expect(await reasonBeforeProofs(other, renamed)).toBe('unknown-registration');
      const key = await other.provider.signingKey();
      const mask = maskOf(world.plan, [0]);
      expect(await codeOf(() => issueWindow(other.plan, other.books, mask, key))).toBe(
        'other-plan',
      );
    } finally {
      await other.remove();
    }
  });

  test('a state folder is not overwritten by registering again', async () => {
    const options = { plan: world.plan, client: 'ada', damping: { relative: 1 } } as const;
    const rest = { model: undefined as never, gradients: undefined as never };
    const again = () => register({ ...options, ...rest, folder: ada.folder });
    expect(await codeOf(again)).toBe('state-exists');
  });
});

test('a state has one receipt', async () => {
  const { folder } = await openState(ada.folder);
  const other = await world.client('other', { seed: 61 });
  const { document } = await entered(other.registration);
  const given = { text: JSON.stringify(document), file: 'receipt.json' };
  const { openQuestion } = await import('../../../../stdlib/apex/client/question.ts');
  expect(await codeOf(() => openQuestion({ folder, window, receipt: given }))).toBe(
    'other-receipt',
  );
});

test('what the client signed stands in the books, nothing else does, and nobody was accepted', async () => {
  const before = await world.books.status();
  const traceless = [
    withHeader(honest.forged, { plan: '2'.repeat(64) }),
    withHeader(honest.forged, { registration: 'a'.repeat(64) }),
    { ...honest.forged, key: otherKey() },
    { ...withHeader(honest.forged, { receipt: '3'.repeat(64) }), key: otherKey() },
  ];
  for (const forged of traceless) expect((await judge(world, forged)).accepted).toBe(false);
  expect(await world.books.status()).toEqual(before);
  const { accepted } = await judge(world, withHeader(honest.forged, { receipt: '3'.repeat(64) }));
  expect(accepted).toBe(false);
  expect(await world.books.status()).toEqual({ ...before, rejected: before.rejected + 1 });
  expect(before.accepted).toBe(0);
});
