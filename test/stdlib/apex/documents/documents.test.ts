// Documents: one canonical text each; read back as they were written; every field refused when it is wrong.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { modulus } from '../../../../compiler/numbers/field.ts';
import {
  areBytesSigned,
  canonicalText,
  challengeDocument,
  digestField,
  digestOf,
  generateSigningKey,
  isSigned,
  maskDocument,
  maskPositions,
  parseChallenge,
  parseMask,
  parsePlan,
  parseReceipt,
  parseRegistration,
  parseWindow,
  planDocument,
  publicKeyOf,
  readSigningKey,
  receiptDocument,
  registrationDocument,
  signBytes,
  signDocument,
  windowDocument,
  type Json,
  type Plan,
} from '../../../../stdlib/apex/documents/index.ts';
import { codeOf } from '../codes.ts';
import { testEveryField, type DocumentCase } from './every-field.ts';
import {
  challenge,
  hex,
  key,
  maskOf,
  plan,
  receipt,
  registration,
  replacing,
  windows,
} from './samples.ts';

const { signer } = plan;
const mask = maskOf(plan, [0, 9, 49]);
const dead = maskOf(plan, [3, 48]).bits;
const following: Plan = {
  ...plan,
  keeps: 'leaves',
  predecessor: { plan: hex, window: hex, dead },
};

const kinds: Readonly<Record<string, DocumentCase>> = {
  plan: { document: planDocument(plan), parse: (text) => parsePlan(text, 'file'), value: plan },
  'plan that follows another': {
    document: planDocument(following),
    parse: (text) => parsePlan(text, 'file'),
    value: following,
  },
  registration: {
    document: registrationDocument(registration),
    parse: (text) => parseRegistration(text, 'file'),
    value: registration,
  },
  'registration that replaces another': {
    document: registrationDocument(replacing),
    parse: (text) => parseRegistration(text, 'file'),
    value: replacing,
  },
  challenge: {
    document: challengeDocument(challenge, key),
    parse: (text) => parseChallenge(text, 'file', signer),
    value: challenge,
  },
  receipt: {
    document: receiptDocument(receipt, key),
    parse: (text) => parseReceipt(text, 'file', signer),
    value: receipt,
  },
  mask: { document: maskDocument(mask), parse: (text) => parseMask(text, 'file'), value: mask },
  window: {
    document: windowDocument(windows[2]!, key),
    parse: (text) => parseWindow(text, 'file', plan),
    value: windows[2],
  },
};

describe.each(Object.entries(kinds))('%s', (_, each) => testEveryField(each));

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The next letter has a bit that no byte of the text takes. */
const looseBits = (end: string): string => `${alphabet[alphabet.indexOf(end[0]!) + 1]}=`;

describe('values that would mean two things', () => {
  const registered = (change: object): Promise<string> =>
    codeOf(async () =>
      parseRegistration(
        JSON.stringify({ ...(registrationDocument(registration) as object), ...change }),
        'file',
      ),
    );

  test.each([
    { root: `${modulus}` },
    { root: '01' },
    { root: '-1' },
    { root: '0x5' },
    { root: '' },
    { root: 5 },
    { plan: 'AB'.repeat(32) },
    { plan: `${hex}\n` },
    { unscoped: hex.slice(2) },
    { window: hex.slice(2) },
    { window: '' },
    { client: '' },
    { client: 'a b' },
    { client: '../ada' },
    { client: 'ada\n' },
    { client: 'x'.repeat(101) },
    { damping: 1 },
    { replaces: hex },
    { consent: registration.signature },
    // Base64 of the right length that is no key; one key, spelled in two ways.
    { signer: 'A'.repeat(60) },
    { signer: registration.signer.replace(/=$/, '') },
    { signer: registration.signer.replace(/.=$/, looseBits) },
  ])('%j', async (change) => {
    expect(await registered(change)).toBe('bad-document');
  });

  test('numbers past those of JSON', async () => {
    const text = canonicalText(maskDocument(mask));
    const own = text.replace('"budget":0.5', '"budget":1e999');
    expect(own).not.toBe(text);
    expect(await codeOf(async () => parseMask(own, 'file'))).toBe('bad-document');
  });

  test('bits of a mask that are not base64, or not as many as it says', async () => {
    const masked = (change: object): Promise<string> =>
      codeOf(async () =>
        parseMask(JSON.stringify({ ...(maskDocument(mask) as object), ...change }), 'file'),
      );
    const text = Buffer.from(mask.bits).toString('base64');
    for (const bits of [text.slice(1), `${text}=`, text.replace('=', ''), `${text}\n`, ` ${text}`])
      expect(await masked({ bits })).toBe('bad-document');
    expect(await masked({ masked: 4 })).toBe('bad-document');
    expect(await masked({ masked: 0 })).toBe('bad-document');
    const none = Buffer.alloc(7).toString('base64');
    expect(await masked({ masked: 0, bits: none })).toBe('bad-document');
  });

  test('bits of a mask past the last weight, and bytes too few or too many', async () => {
    const code = (own: object): Promise<string> =>
      codeOf(async () => maskPositions(plan.scope, { ...mask, ...own }));
    expect([...maskPositions(plan.scope, mask)]).toEqual([0, 9, 49]);
    for (const positions of [[0, 50], [55]])
      expect(await code(maskOf(plan, positions))).toBe('bad-mask');
    for (const bytes of [0, 6, 8])
      expect(await code({ bits: new Uint8Array(bytes) })).toBe('bad-mask');
  });

  const written = (of: Plan, change: object): Promise<string> =>
    codeOf(async () =>
      parsePlan(JSON.stringify({ ...(planDocument(of) as object), ...change }), 'file'),
    );

  test.each([
    { weights: 'u16.14' },
    { weights: 'q32.20' },
    { weights: 'field' },
    { weights: 'bit' },
    { tolerance: 0 },
    { tolerance: 0.3 },
    { tolerance: 2 ** -14 + 2 ** -40 },
    { tolerance: 2 ** -15 },
    { tolerance: 4 },
    { form: 'inverse' },
    { size: 4 },
  ])('a plan with %j', async (change) => {
    const { step } = planDocument(plan) as { step: object };
    expect(await written(plan, { step: { ...step, ...change } })).toBe('bad-document');
  });

  test('a plan with wide blocks, with a tensor twice, or with no key', async () => {
    const { tensors } = plan.scope;
    for (const blockSize of [0, 65, 2.5])
      expect(await written(plan, { scope: { blockSize, tensors } })).toBe('bad-document');
    const twice = { blockSize: 4, tensors: [tensors[0]!, tensors[0]!] };
    expect(await written(plan, { scope: twice })).toBe('bad-document');
    const large = { name: 'large', shape: [2 ** 16, 2 ** 16], orientation: 'out-in' };
    expect(await written(plan, { scope: { blockSize: 4, tensors: [large] } })).toBe('bad-document');
    expect(await written(plan, { signer: 'A'.repeat(60) })).toBe('bad-document');
  });

  test('dead positions past the last weight, or too few', async () => {
    const { predecessor } = planDocument(following) as { predecessor: object };
    for (const bytes of [dead.slice(1), Uint8Array.from([...dead, 0]), maskOf(plan, [50]).bits]) {
      const change = { ...predecessor, dead: Buffer.from(bytes).toString('base64') };
      expect(await written(following, { predecessor: change })).toBe('bad-document');
    }
  });

  test('a plan says that leaves are kept, or nothing: each has one text', async () => {
    expect(planDocument(plan)).not.toHaveProperty('keeps');
    expect(planDocument(plan)).not.toHaveProperty('predecessor');
    for (const keeps of ['root', 'tree', '', 1, null])
      expect(await written(plan, { keeps })).toBe('bad-document');
  });

  test('a receipt of epoch 1 names no window, and every other one does', async () => {
    for (const own of [
      { ...receipt, epoch: 1 },
      { ...receipt, window: null },
    ]) {
      const text = canonicalText(receiptDocument(own, key));
      expect(await codeOf(async () => parseReceipt(text, 'file', signer))).toBe('bad-document');
    }
    const first = { ...receipt, epoch: 1, window: null };
    const text = canonicalText(receiptDocument(first, key));
    expect(parseReceipt(text, 'file', signer)).toEqual(first);
  });
});

describe('canonical text', () => {
  const json = fc.jsonValue() as fc.Arbitrary<Json>;

  test('is JSON of the same value, the same for every order of names', () => {
    const reversed = (value: Json): Json => {
      if (Array.isArray(value)) return (value as readonly Json[]).map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, each]) => [name, reversed(each as Json)]),
      );
    };
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalText(value);
        // JSON knows one zero.
        expect(JSON.stringify(JSON.parse(text))).toHaveLength(JSON.stringify(value).length);
        expect(canonicalText(JSON.parse(text) as Json)).toBe(text);
        expect(canonicalText(reversed(value))).toBe(text);
      }),
    );
  });

  test('its digest is SHA-256, and 31 bytes of it a field element', () => {
    const value = { b: 1, a: 'é' };
    const digest = createHash('sha256').update('{"a":"é","b":1}').digest('hex');
    expect(digestOf(value)).toBe(digest);
    expect(digestField(digest)).toBe(BigInt(`0x${digest.slice(0, 62)}`));
    expect(digestField('f'.repeat(64))).toBeLessThan(modulus);
  });
});

describe('signatures', () => {
  let signature: string;
  beforeAll(() => {
    signature = signDocument({ a: 1 }, key);
  });

  test('of the text, by the key', () => {
    expect(isSigned({ a: 1 }, signature, signer)).toBe(true);
    expect(isSigned({ a: 2 }, signature, signer)).toBe(false);
    const other = publicKeyOf(readSigningKey(generateSigningKey()));
    expect(isSigned({ a: 1 }, signature, other)).toBe(false);
  });

  test('of bytes: 64 of them', () => {
    const bytes = Uint8Array.from([1, 2, 3]);
    const own = signBytes(bytes, key);
    expect(own).toHaveLength(64);
    expect(areBytesSigned(bytes, own, signer)).toBe(true);
    expect(areBytesSigned(Uint8Array.from([1, 2, 4]), own, signer)).toBe(false);
    expect(areBytesSigned(bytes, own.slice(1), signer)).toBe(false);
    expect(areBytesSigned(bytes, own, registration.signer)).toBe(false);
  });

  test('garbage is no signature, and no key', () => {
    expect(isSigned({ a: 1 }, '', signer)).toBe(false);
    expect(isSigned({ a: 1 }, 'AAAA', signer)).toBe(false);
    expect(isSigned({ a: 1 }, signature, 'AAAA')).toBe(false);
    expect(isSigned({ a: 1 }, signature, '')).toBe(false);
  });
});
