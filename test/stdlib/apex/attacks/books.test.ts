// Attacks on the order of things: who registered what and when, which window, which plan. Refused before a proof is
// looked at.
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalText, digestOf } from '../../../../stdlib/apex/documents/canonical.ts';
import {
  parseWindow,
  windowDigest,
  windowDocument,
} from '../../../../stdlib/apex/documents/window.ts';
import {
  enroll,
  issueWindow,
  maskDocument,
  planDigest,
  register,
  registrationDigest,
  type State,
  type Window,
} from '../../../../stdlib/apex/index.ts';
import { codeOf } from '../codes.ts';
import { draft, judge, reasonFor, withHeader, type Forged } from '../bundles.ts';
import { maskOf, spread, World } from '../fixture.ts';

let world: World;
let ada: State;
let window: Window;
let honest: Forged;

beforeAll(async () => {
  world = await World.make();
  ada = await world.client('ada');
  window = await world.window(spread);
  honest = await draft(ada, window);
});
afterAll(() => world.remove());

const reason = (forged: Forged): Promise<string> => reasonFor(world, forged);
const otherKey = () => generateKeyPairSync('ed25519').privateKey;

describe('registrations', () => {
  test('one that is not in the books', async () => {
    const eve = await world.client('eve', { enrolled: false, seed: 21 });
    expect(await reason(await draft(eve, window))).toBe('unknown-registration');
  });

  test('one that came after the window', async () => {
    const late = await world.client('late', { seed: 31 });
    expect(await reason(await draft(late, window))).toBe('registration-after-window');
  });

  test('one that the client has replaced, and the new one with the old window', async () => {
    const first = await world.client('bob', { seed: 41 });
    const own = await world.window([1, 2, 3]);
    const old = await draft(first, own);
    // Another curvature, chosen when the mask is known.
    const second = await world.client('bob-again', { seed: 41, enrolled: false });
    const registration = { ...second.registration, client: 'bob' };
    await enroll(world.plan, world.books, registration);
    expect(await reason(old)).toBe('superseded-registration');
    const fresh = withHeader(await draft(second, own), {
      registration: registrationDigest(registration),
    });
    expect(await reason(fresh)).toBe('registration-after-window');
    // Entering the first one again does not bring it back.
    await enroll(world.plan, world.books, first.registration);
    expect(await reason(old)).toBe('superseded-registration');
  });

  test("another client's commitment under one's own name", async () => {
    const registration = { ...ada.registration, client: 'mallory' };
    await enroll(world.plan, world.books, registration);
    const own = await world.window([4]);
    const forged = withHeader(await draft(ada, own, 1), {
      registration: registrationDigest(registration),
      circuit: 'f'.repeat(64),
    });
    // All but the proofs could be copied: what refuses them stands in proofs.prove.test.ts.
    expect(await reason(forged)).toBe('other-circuit');
  });

  test('one of another plan', async () => {
    const registration = { ...ada.registration, plan: '0'.repeat(64) };
    expect(await codeOf(() => enroll(world.plan, world.books, registration))).toBe('other-plan');
  });
});

describe('windows', () => {
  test('one that was never issued', async () => {
    const own = { epoch: 1, mask: maskOf(world.plan, [0]) };
    expect(await reason(await draft(ada, own))).toBe('unknown-window');
  });

  test('a bundle for one window is none for another', async () => {
    const other = await world.window(spread.slice(1));
    const forged = withHeader(honest, { window: windowDigest(other) });
    expect(await reason(forged)).not.toBe('accepted');
    const fewer = await world.window([0]);
    expect(await reason(withHeader(honest, { window: windowDigest(fewer) }))).toBe('bad-coverage');
  });

  test('a forged signature, at the client', async () => {
    const signer = world.plan.signer;
    const forged = windowDocument(window, otherKey()) as Record<string, string | object>;
    const text = (change: object): string => JSON.stringify({ ...forged, ...change });
    const codes = [
      text({}),
      text({ signature: `${'A'.repeat(86)}==` }),
      text({ signature: '' }),
      text({ signature: undefined }),
    ].map((each) => codeOf(() => Promise.resolve(parseWindow(each, 'window.json', signer))));
    expect(await Promise.all(codes)).toEqual([
      'forged-window',
      'forged-window',
      'bad-document',
      'bad-document',
    ]);
  });

  test('anything changed under a good signature, at the client', async () => {
    const key = await world.provider.signingKey();
    const good = windowDocument(window, key) as { mask: object } & Record<string, string | object>;
    const read = (document: object): Promise<string> =>
      codeOf(async () => parseWindow(JSON.stringify(document), 'window.json', world.plan.signer));
    expect(await read(good)).toBe('none');
    const bits = Buffer.from(window.mask.bits);
    // One bit moves to the next weight: as many as before.
    bits[0] = (bits[0]! & ~1) | 2;
    const moved = { ...good.mask, bits: bits.toString('base64') };
    expect(await read({ ...good, mask: moved })).toBe('forged-window');
    expect(await read({ ...good, epoch: window.epoch + 1 })).toBe('forged-window');
    expect(await read({ ...good, mask: { ...good.mask, budget: 0.25 } })).toBe('forged-window');
    expect(await read({ ...good, mask: { ...good.mask, score: 'ratio' } })).toBe('forged-window');
  });

  test('a mask that was shown before is no mask for those who registered since', async () => {
    const key = await world.provider.signingKey();
    const first = await issueWindow(world.plan, world.books, world.mask([10, 11]), key);
    const late = await world.client('after-mask', { seed: 51 });
    // The same mask again is the same window, in which the late one has no part.
    const again = await issueWindow(world.plan, world.books, world.mask([10, 11]), key);
    expect(again).toEqual(first);
    expect(await reason(await draft(late, again.window))).toBe('registration-after-window');
    // The same bits under other words are refused.
    const renamed = { ...world.mask([10, 11]), budget: 0.75 };
    expect(await codeOf(() => issueWindow(world.plan, world.books, renamed, key))).toBe(
      'known-mask',
    );
  });

  test('one in the books that nobody signed', async () => {
    const { epoch } = await world.books.status();
    const own: Window = { epoch, mask: maskOf(world.plan, [7]) };
    const document = canonicalText(windowDocument(own, otherKey()));
    const maskDigest = digestOf(maskDocument(own.mask));
    await world.books.issueWindow({ digest: windowDigest(own), maskDigest, document });
    expect(await reason(await draft(ada, own))).toBe('forged-window');
  });

  test('one in the books under the digest of another', async () => {
    const { epoch } = await world.books.status();
    const key = await world.provider.signingKey();
    const signed: Window = { epoch, mask: maskOf(world.plan, [8]) };
    const other: Window = { epoch, mask: maskOf(world.plan, [9]) };
    const maskDigest = digestOf(maskDocument(signed.mask));
    const document = canonicalText(windowDocument(signed, key));
    await world.books.issueWindow({ digest: windowDigest(other), maskDigest, document });
    expect(await reason(await draft(ada, other))).toBe('forged-window');
  });
});

describe('plans', () => {
  test('of another provider', async () => {
    const forged = withHeader(honest, { plan: '1'.repeat(64) });
    expect(await reason(forged)).toBe('other-plan');
    const other = await World.make();
    try {
      // The signer is part of the plan.
      expect(planDigest(other.plan)).not.toBe(planDigest(world.plan));
      expect(await reasonFor(other, honest)).toBe('other-plan');
      const renamed = withHeader(honest, { plan: planDigest(other.plan) });
      expect(await reasonFor(other, renamed)).toBe('unknown-registration');
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

test('whatever was judged stands in the books, and nobody was accepted', async () => {
  const before = await world.books.status();
  expect((await judge(world, withHeader(honest, { plan: '2'.repeat(64) }))).accepted).toBe(false);
  const after = await world.books.status();
  expect(after.rejected).toBe(before.rejected + 1);
  expect(after.accepted).toBe(0);
});
