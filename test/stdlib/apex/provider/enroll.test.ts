// Enrolling a registration that replaces another one: challenges, leaves that are kept and swept, refusals, crashes, races.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BooksAccess } from '../../../../stdlib/apex/books/index.ts';
import {
  canonicalText,
  challengeDigest,
  parseChallenge,
  parseReceipt,
  planDigest,
  registrationDigest,
  windowDigest,
} from '../../../../stdlib/apex/documents/index.ts';
import { enroll, type Challenged } from '../../../../stdlib/apex/provider/enroll.ts';
import { providerStatus } from '../../../../stdlib/apex/provider/status.ts';
import { codeOf } from '../codes.ts';
import { digest, finding, linkOf } from '../books/entries.ts';
import { Desk, Street, type Client } from './desk.ts';

let street: Street;
let desk: Desk;
let seed = 100;
beforeAll(async () => {
  street = await Street.make();
  desk = await Desk.open(await street.provider('provider', { keeps: 'leaves' }));
});
afterAll(async () => {
  await desk.close();
  await street.remove();
});

const digestOf = ({ registration }: Client): string => registrationDigest(registration);

const lastDigest = async (): Promise<string | null> =>
  (await desk.books.lastWindow())?.digest ?? null;

/** Another registration of a client, with leaves of its own, that replaces this one. */
const anew = async (of: Client): Promise<Client> =>
  desk.client(of.registration.client, ++seed, await lastDigest(), { replaces: digestOf(of) });

const first = async (client: string): Promise<Client> => {
  const own = await desk.client(client, ++seed);
  await desk.enroll(own);
  return own;
};

async function challenged(client: Client): Promise<Challenged> {
  const presented = await desk.present(client);
  if (presented.kind !== 'pending') throw new Error('the registration is current');
  return presented;
}

const kept = async (client: Client): Promise<boolean> =>
  (await readdir(join(desk.provider.folder, 'leaves'))).includes(`${digestOf(client)}.leaves`);

const refused = (client: Client, replace = false): Promise<string> =>
  codeOf(() => desk.present(client, replace));

test('a registration that has to be linked gets a signed challenge, the same one each time', async () => {
  const old = await first('ada');
  const next = await anew(old);
  const pending = await challenged(next);
  const { challenge, document, entry } = pending;
  const text = canonicalText(document);
  expect(parseChallenge(text, 'challenge.json', desk.plan.signer)).toEqual(challenge);
  expect(challenge).toMatchObject({
    plan: planDigest(desk.plan),
    registration: digestOf(next),
    replaces: digestOf(old),
    epoch: entry.epoch,
    window: null,
    commitments: null,
    nonce: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  expect(entry.standing).toBe('pending');
  expect(await desk.present(next)).toEqual(pending);
  await desk.issue([1]);
  expect(await desk.present(next)).toEqual(pending);
  // The former one has its receipt still, and its leaves.
  expect((await desk.enroll(old)).entry.standing).toBe('current');
  expect([await kept(old), await kept(next)]).toEqual([true, true]);

  await desk.books.acceptLink(linkOf(entry));
  const { receipt, entry: linked } = await desk.enroll(next);
  expect([linked.standing, linked.entered, receipt.epoch]).toEqual(['current', 'link', 1]);
  expect([await kept(old), await kept(next)]).toEqual([false, true]);
  expect(await refused(old)).toBe('superseded');
  expect(await kept(old)).toBe(false);
});

test('another nonce for another registration', async () => {
  const nonces = new Set<string>();
  for (const name of ['ann', 'abe', 'amy']) {
    const { challenge } = await challenged(await anew(await first(name)));
    nonces.add(challenge.nonce);
  }
  expect(nonces.size).toBe(3);
});

test('the challenge names the last accepted answer, which is kept until it is linked', async () => {
  const old = await first('ben');
  const { commitments } = desk.provider;
  const answer = async (at: number, rootAfter: string): Promise<void> => {
    const { digest: of } = await desk.issue([at]);
    await commitments.write(rootAfter, [BigInt(at)]);
    const changes = { registrationDigest: digestOf(old), bundleDigest: digest(rootAfter) };
    const claim = finding('ben', of, { ...changes, rootAfter });
    expect((await desk.books.recordVerdict(claim)).kind).toBe('accepted');
    const { sweep } = await import('../../../../stdlib/apex/provider/kept.ts');
    await sweep(desk.provider, desk.books, 'ben', [rootAfter]);
  };
  await answer(10, '501');
  const next = await anew(old);
  const { challenge, entry } = await challenged(next);
  expect([challenge.commitments, challenge.window]).toEqual([501n, await lastDigest()]);
  await answer(11, '502');
  expect(await commitments.read('501', 1)).toEqual([10n]);
  expect(await commitments.read('502', 1)).toEqual([11n]);
  await desk.books.acceptLink(linkOf(entry));
  await desk.enroll(next);
  for (const root of ['501', '502'])
    expect(await codeOf(() => commitments.read(root, 1))).toBe('no-commitments');
});

test('what the books refuse leaves no leaves behind', async () => {
  const old = await first('cal');
  const cases: readonly [string, Client][] = [
    ['taken-name', await desk.client('CAL', ++seed)],
    ['not-current', await desk.client('cal', ++seed, null, { replaces: digest('x') })],
    ['unknown-window', await desk.client('cal', ++seed, digest('x'), { replaces: digestOf(old) })],
    ['outdated-registration', await desk.client('cal', ++seed, null, { replaces: digestOf(old) })],
    [
      'other-unscoped',
      await desk.client('cal', ++seed, null, { replaces: digestOf(old), unscoped: digest('x') }),
    ],
  ];
  for (const [code, client] of cases) {
    expect(await refused(client)).toBe(code);
    expect(await kept(client), code).toBe(false);
  }
  // Refused before its leaves are looked at.
  const { registration } = cases[0]![1];
  const without = enroll({ ...desk, withBooks: desk.withBooks, registration });
  expect(await codeOf(() => without)).toBe('taken-name');
  await desk.issue([20]);
  const unanswered = await anew(old);
  expect(await refused(unanswered)).toBe('unanswered-window');
  expect(await kept(unanswered)).toBe(false);
});

test("by the provider's word: the pending one is dropped, and both lose their leaves", async () => {
  const old = await first('dan');
  const next = await anew(old);
  await challenged(next);
  const other = await anew(old);
  expect(await refused(other)).toBe('pending-registration');
  const { entry } = await desk.enroll(other, true);
  expect([entry.standing, entry.entered]).toEqual(['current', 'replace']);
  expect([await kept(old), await kept(next), await kept(other)]).toEqual([false, false, true]);
  for (const each of [old, next])
    for (const replace of [false, true]) expect(await refused(each, replace)).toBe('superseded');
});

test("by the provider's word: the very one that waits", async () => {
  const old = await first('deb');
  const next = await anew(old);
  const { entry } = await challenged(next);
  await desk.issue([21]);
  const { receipt, document } = await desk.enroll(next, true);
  expect(receipt.epoch).toBe(entry.epoch);
  expect(parseReceipt(canonicalText(document), 'r', desk.plan.signer)).toEqual(receipt);
  expect((await desk.enroll(next)).entry.entered).toBe('replace');
});

test.each(['never', 'any'] as const)('under %s', async (reregister) => {
  const own = await Desk.open(await street.provider(reregister, { reregister, seed: ++seed }));
  try {
    const old = await own.client('eve', 1);
    await own.enroll(old);
    const next = await own.client('eve', 2, null, { replaces: digestOf(old) });
    if (reregister === 'never') {
      expect(await codeOf(() => own.present(next))).toBe('no-reregistration');
      expect((await own.enroll(next, true)).entry.entered).toBe('replace');
    } else expect((await own.enroll(next)).entry.entered).toBe('consent');
    expect(await codeOf(() => own.present(old))).toBe('superseded');
  } finally {
    await own.close();
  }
});

describe('killed', () => {
  class Killed extends Error {}

  /** Dies when the books are asked for something, before they have done it or after. */
  const dying =
    (method: 'register' | 'challenge' | 'enterChallenge' | 'registrationsOf', after: boolean) =>
    (access: BooksAccess): BooksAccess =>
    (work) =>
      access((books) =>
        work({
          ...books,
          [method]: async (...given: never[]) => {
            if (after) await (books[method] as (...all: never[]) => Promise<unknown>)(...given);
            throw new Killed();
          },
        }),
      );

  test.each([
    ['before it is entered', 'register', false, undefined],
    ['when it is entered', 'register', true, false],
    ['before files are swept', 'registrationsOf', false, false],
    ['before the nonce is drawn', 'challenge', false, false],
    ['before the challenge is stored', 'enterChallenge', false, false],
    ['when the challenge is stored', 'enterChallenge', true, true],
  ] as const)('%s: enrolling again goes on', async (name, method, after, drawn) => {
    const old = await first(`fay.${method}.${after}`);
    const next = await anew(old);
    const { provider, withBooks } = desk;
    const { registration, file } = next;
    const killed = enroll({
      ...{ provider, registration, leaves: file },
      withBooks: dying(method, after)(withBooks),
    });
    await expect(killed, name).rejects.toThrow(Killed);
    const entry = await desk.books.registration(digestOf(next));
    expect(entry?.standing).toBe(drawn === undefined ? undefined : 'pending');
    const stored = await desk.books.challenge(digestOf(next));
    expect(stored !== undefined).toBe(drawn ?? false);
    const { challenge } = await challenged(next);
    if (stored) expect(challengeDigest(challenge)).toBe(stored.digest);
    expect(await kept(next)).toBe(true);
    expect((await challenged(next)).challenge).toEqual(challenge);
  });
});

describe('at once', () => {
  test('the same registration: one challenge', async () => {
    const next = await anew(await first('gil'));
    const all = await Promise.all([1, 2, 3].map(() => challenged(next)));
    expect(new Set(all.map(({ challenge }) => challenge.nonce)).size).toBe(1);
  });

  test('two registrations of one client: one waits, and the leaves of the other are gone', async () => {
    const old = await first('gus');
    const both = [await anew(old), await anew(old)];
    const codes = await Promise.all(both.map((each) => refused(each)));
    expect([...codes].sort()).toEqual(['none', 'pending-registration']);
    for (const [i, each] of both.entries()) expect(await kept(each)).toBe(codes[i] === 'none');
  });

  test('two first ones of one name: one owner', async () => {
    const both = [await desk.client('guy', ++seed), await desk.client('Guy', ++seed)];
    const codes = await Promise.all(both.map((each) => refused(each)));
    expect([...codes].sort()).toEqual(['none', 'taken-name']);
    for (const [i, each] of both.entries()) expect(await kept(each)).toBe(codes[i] === 'none');
  });

  test('enrolled again while its link is accepted: a challenge, or the receipt', async () => {
    const next = await anew(await first('hal'));
    const { entry } = await challenged(next);
    const [again, outcome] = await Promise.all([
      desk.present(next),
      desk.withBooks((books) => books.acceptLink(linkOf(entry))),
    ]);
    expect(outcome.kind).toBe('accepted');
    expect(again.kind).toBeOneOf(['pending', 'entered']);
    expect((await desk.enroll(next)).entry.entered).toBe('link');
  });

  test('a window that is issued meanwhile: the epoch is that of the registration', async () => {
    const next = await anew(await first('ida'));
    const before = await lastDigest();
    const [presented, issued] = await Promise.all([
      codeOf(() => desk.present(next)),
      desk.issue([30]),
    ]);
    if (presented === 'outdated-registration') return;
    expect(presented).toBe('none');
    const { challenge } = await challenged(next);
    expect(challenge.window).toBe(before);
    expect(challenge.epoch).toBe(issued.window.epoch);
    expect(windowDigest(issued.window)).not.toBe(challenge.window);
  });
});

test('status tells how each was entered, and what waits', async () => {
  const old = await first('jan');
  const next = await anew(old);
  const { challenge, entry } = await challenged(next);
  const { perClient, pending } = await providerStatus(desk.plan, desk.books);
  expect(pending).toBeGreaterThan(0);
  expect(perClient.find(({ client }) => client === 'jan')).toMatchObject({
    registration: digestOf(old),
    entered: 'first',
    pending: {
      registration: digestOf(next),
      epoch: entry.epoch,
      challenge: challengeDigest(challenge),
    },
  });
  await desk.enroll(next, true);
  const after = await providerStatus(desk.plan, desk.books);
  expect(after.perClient.find(({ client }) => client === 'jan')).toMatchObject({
    registration: digestOf(next),
    entered: 'replace',
    pending: null,
  });
});
