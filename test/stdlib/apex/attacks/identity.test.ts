// Attacks on who is who: another's name, its key or its consent; signatures of one document for another; and spellings under which
// one document would be two.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientKey } from '../../../../stdlib/apex/client/state.ts';
import { canonicalText, type Json } from '../../../../stdlib/apex/documents/canonical.ts';
import { challengeDocument, parseChallenge } from '../../../../stdlib/apex/documents/challenge.ts';
import { parseReceipt, receiptDocument } from '../../../../stdlib/apex/documents/receipt.ts';
import {
  parseRegistration,
  registrationDocument,
  signRegistration,
} from '../../../../stdlib/apex/documents/registration.ts';
import { publicKeyOf } from '../../../../stdlib/apex/documents/signature.ts';
import { windowDocument } from '../../../../stdlib/apex/documents/window.ts';
import {
  enroll,
  parseWindow,
  planDigest,
  registrationDigest,
  type Enrolled,
  type Registration,
  type SignedRegistration,
  type State,
  type Window,
} from '../../../../stdlib/apex/index.ts';
import { codeOf } from '../codes.ts';
import { spread, World } from '../fixture.ts';

type Document = Readonly<Record<string, Json>>;

let world: World;
let ada: State;
let window: Window;
let own: KeyObject;
const mallory = generateKeyPairSync('ed25519').privateKey;

beforeAll(async () => {
  world = await World.make();
  ada = await world.client('ada');
  window = await world.window(spread);
  own = await clientKey(ada);
});
afterAll(() => world.remove());

const presented = (registration: SignedRegistration): Promise<Enrolled> =>
  enroll({ provider: world.provider, withBooks: world.withBooks, registration });
/** The code by which the document is refused, read as a provider reads it. */
const sent = (document: Json): Promise<string> =>
  codeOf(async () => presented(parseRegistration(JSON.stringify(document), 'sent.json')));

/** A registration that replaces that of the state, with the consent of `former`. */
const replacing = (change: Partial<Registration>, key: KeyObject, former: KeyObject) =>
  signRegistration(
    {
      ...ada.registration,
      replaces: registrationDigest(ada.registration),
      signer: publicKeyOf(key),
      ...change,
    },
    key,
    former,
  );

/** The same bytes in base64 with other bits behind their end. */
function respelled(signature: Json | undefined): string {
  const text = signature as string;
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const other = `${text.slice(0, 85)}${alphabet[alphabet.indexOf(text[85]!) ^ 5]}==`;
  expect(other).not.toBe(text);
  expect(Buffer.from(other, 'base64')).toEqual(Buffer.from(text, 'base64'));
  return other;
}

describe('a name that is taken', () => {
  const names = ['ada', 'ADA', 'aDa'];

  test('in any case, with a key of its own, or with the consent of it', async () => {
    for (const client of names) {
      const first = { client, replaces: null, signer: publicKeyOf(mallory) };
      const registration = signRegistration({ ...ada.registration, ...first }, mallory);
      expect(await codeOf(() => presented(registration))).toBe('taken-name');
      const named = replacing({ client }, mallory, mallory);
      expect(await codeOf(() => presented(named))).toBe('taken-name');
    }
  });

  test('in letters that look like it, or become it in lower case', async () => {
    const looks = ['аda', 'ada\u0000', 'ada\u200b', 'ａda', 'ada ', ' ada', 'ada\n', 'a\u0301da'];
    for (const client of [...looks, 'K', 'ada\u212a', 'İda', 'Object', '__proto__', 'toString']) {
      const first = { client, replaces: null, signer: publicKeyOf(mallory) };
      const registration = signRegistration({ ...ada.registration, ...first }, mallory);
      const expected = client === 'K' || client === 'Object' ? 'none' : 'bad-document';
      const text = JSON.stringify(registrationDocument(registration));
      const code = await codeOf(async () => void parseRegistration(text, 'sent.json'));
      expect(code, JSON.stringify(client)).toBe(expected);
    }
  });

  test('with a consent that was given to another text', async () => {
    const given = replacing({ root: 5n, window: null }, own, own);
    const { consent } = given;
    for (const change of [{ root: 6n }, { client: 'ADA' }, { unscoped: 'a'.repeat(64) }]) {
      const other = { ...replacing(change, mallory, own), consent };
      expect(await codeOf(() => presented(other))).toBe('taken-name');
    }
    // The text itself, signed by another: its key is in the text.
    const document = registrationDocument(given) as Document;
    const signature = (registrationDocument(replacing({}, mallory, own)) as Document)['signature']!;
    expect(await sent({ ...document, signature })).toBe('forged-registration');
  });

  test("by a registration of one's own that names another's as the one it replaces", async () => {
    const eve = await world.client('eve', { seed: 5 });
    const key = await clientKey(eve);
    const replaces = registrationDigest(ada.registration);
    const taken = signRegistration({ ...eve.registration, replaces }, key, key);
    expect(await codeOf(() => presented(taken))).toBe('not-current');
    const unknown = signRegistration({ ...eve.registration, client: 'new', replaces }, key, key);
    expect(await codeOf(() => presented(unknown))).toBe('not-current');
    expect((await world.books.registrationOf('ada'))?.digest).toBe(replaces);
  });
});

/** S + L in place of S, for the order L of the group: it satisfies the same equation. */
function shifted(signature: Json | undefined): string {
  const bytes = Buffer.from(signature as string, 'base64');
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
  const upper = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
  return Buffer.concat([bytes.subarray(0, 32), upper]).toString('base64');
}

describe('one document has one spelling', () => {
  test('a registration that was spelled anew on the way does not stand in the place of the right one', async () => {
    const bob = await world.client('bob', { seed: 7, enrolled: false });
    const document = registrationDocument(bob.registration) as Document;
    const signature = respelled(document['signature']);
    expect(await sent({ ...document, signature })).toBe('bad-document');
    const other = shifted(document['signature']);
    expect(await sent({ ...document, signature: other })).toBe('forged-registration');
    expect(await sent(document)).toBe('none');
    const consented = registrationDocument(replacing({ root: 7n }, own, own)) as Document;
    const consent = respelled(consented['consent']);
    expect(await sent({ ...consented, consent })).toBe('bad-document');
    const wrong = shifted(consented['consent']);
    expect(await sent({ ...consented, consent: wrong })).toBe('taken-name');
  });

  test('nor what the provider has signed', async () => {
    const key = await world.provider.signingKey();
    const { plan } = world;
    const digests = { plan: planDigest(plan), registration: registrationDigest(ada.registration) };
    const read = [
      [
        receiptDocument({ ...digests, epoch: 1, window: null }, key),
        (text: string) => parseReceipt(text, 'receipt.json', plan.signer),
      ],
      [
        challengeDocument(
          {
            ...{ ...digests, replaces: 'a'.repeat(64), nonce: 'b'.repeat(64) },
            ...{ epoch: 1, window: null, commitments: null },
          },
          key,
        ),
        (text: string) => parseChallenge(text, 'challenge.json', plan.signer),
      ],
      [windowDocument(window, key), (text: string) => parseWindow(text, 'window.json', plan)],
    ] as const;
    for (const [document, parse] of read) {
      const { signature, ...rest } = document as Document;
      const code = (each: Json) =>
        codeOf(async () => parse(canonicalText({ ...rest, signature: each })));
      expect(await code(signature!)).toBe('none');
      expect(await code(respelled(signature))).toBe('bad-document');
    }
  });
});

test('one key that signs documents of all kinds: no signature holds for another kind', async () => {
  const { plan } = world;
  const signer = publicKeyOf(mallory);
  const digests = { plan: planDigest(plan), registration: registrationDigest(ada.registration) };
  const registration = signRegistration({ ...ada.registration, signer }, mallory);
  const challenge = {
    ...{ ...digests, replaces: 'a'.repeat(64), nonce: 'b'.repeat(64) },
    ...{ epoch: 1, window: null, commitments: null },
  };
  const documents = [
    registrationDocument(registration),
    receiptDocument({ ...digests, epoch: 1, window: null }, mallory),
    challengeDocument(challenge, mallory),
    windowDocument(window, mallory),
  ] as Document[];
  const readers = [
    (text: string) => parseRegistration(text, 'file'),
    (text: string) => parseReceipt(text, 'file', signer),
    (text: string) => parseChallenge(text, 'file', signer),
    (text: string) => parseWindow(text, 'file', { ...plan, signer }),
  ];
  for (const [i, document] of documents.entries())
    for (const [j, other] of documents.entries()) {
      const text = JSON.stringify({ ...document, signature: other['signature'] });
      const code = await codeOf(async () => readers[i]!(text));
      // The window is of the plan with the right signer.
      if (i === 3)
        expect(code).toMatch(i === j ? /^(none|other-plan)$/ : /^(forged-window|other-plan)$/);
      else expect(code === 'none', `${i} ${j}`).toBe(i === j);
    }
});
