// Documents: one canonical text each; read back as they were written; every field refused when it is wrong.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { modulus } from '../../../compiler/numbers/field.ts';
import {
  canonicalText,
  digestField,
  digestOf,
  type Json,
} from '../../../stdlib/apex/documents/canonical.ts';
import {
  generateSigningKey,
  isSigned,
  publicKeyOf,
  readSigningKey,
  signDocument,
} from '../../../stdlib/apex/documents/signature.ts';
import { parseHeader, renderHeader } from '../../../stdlib/apex/bundle/header.ts';
import { parseWindow, windowDocument } from '../../../stdlib/apex/documents/window.ts';
import {
  forms,
  maskDocument,
  parseMask,
  parsePlan,
  parseRegistration,
  planDocument,
  registrationDocument,
  type Plan,
} from '../../../stdlib/apex/index.ts';
import { codeOf } from './codes.ts';
import { maskOf, scope } from './fixture.ts';
import { stepOf } from './steps.ts';

const pem = generateSigningKey();
const key = readSigningKey(pem);
const signer = publicKeyOf(key);
const hex = 'ab'.repeat(32);
const plan: Plan = { model: hex, scope, step: stepOf('factor', 4, 2), keeps: 'root', signer };
const mask = maskOf(plan, [0, 9, 49]);
const registration = {
  client: 'ada@home.example',
  plan: hex,
  root: modulus - 1n,
  unscoped: hex,
  damping: 0.0125,
};
const header = {
  plan: hex,
  registration: hex,
  window: hex,
  root: 5n,
  after: modulus - 1n,
  circuit: hex,
  tiles: 8,
  touched: 11,
  siblings: 3,
  unscoped: hex,
};

interface Kind {
  readonly document: Json;
  readonly parse: (text: string) => unknown;
  readonly value: unknown;
}
const kinds: Readonly<Record<string, Kind>> = {
  plan: { document: planDocument(plan), parse: (text) => parsePlan(text, 'file'), value: plan },
  registration: {
    document: registrationDocument(registration),
    parse: (text) => parseRegistration(text, 'file'),
    value: registration,
  },
  mask: { document: maskDocument(mask), parse: (text) => parseMask(text, 'file'), value: mask },
  window: {
    document: windowDocument({ epoch: 3, mask }, key),
    parse: (text) => parseWindow(text, 'file', signer),
    value: { epoch: 3, mask },
  },
  bundle: {
    document: JSON.parse(Buffer.from(renderHeader(header)).toString()) as Json,
    parse: (text) => parseHeader(text, 'file'),
    value: header,
  },
};

type Path = readonly (string | number)[];

/** Every place in a document. */
function* places(value: Json, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, each] of Object.entries(value))
    yield* places(each as Json, [...path, Array.isArray(value) ? Number(name) : name]);
}

/** The document with another value there; without the place where it is undefined. */
function changed(value: Json, [name, ...rest]: Path, to: Json | undefined): Json {
  const copy = structuredClone(value) as Record<string | number, Json | undefined>;
  const inner = rest.length === 0 ? to : changed(copy[name!] as Json, rest, to);
  if (inner !== undefined) copy[name!] = inner;
  else if (Array.isArray(copy)) copy.splice(Number(name), 1);
  else delete copy[name!];
  return copy as Json;
}

describe.each(Object.entries(kinds))('%s', (_, { document, parse, value }) => {
  const read = (each: Json): Promise<string> => codeOf(async () => parse(JSON.stringify(each)));

  test('is read back as it was written', () => {
    expect(parse(canonicalText(document))).toEqual(value);
    expect(parse(JSON.stringify(document, null, 3))).toEqual(value);
  });

  test('every field is refused when it is missing or of another kind', async () => {
    for (const path of places(document)) {
      const wrong: (Json | undefined)[] = [null, {}, [], true, -1, 0.5, '', '\0', 2 ** 60];
      // A list may be shorter by one; then the shape, or what was signed, is another.
      if (path[0] !== 'scope' || typeof path.at(-1) !== 'number') wrong.push(undefined);
      for (const each of wrong) {
        const own = changed(document, path, each);
        const code = await read(own);
        const says = `${path.join('.')} = ${JSON.stringify(each)}`;
        // Where a number is any positive one, another one is another document.
        const other =
          path.at(-1) === 'damping' || path.at(-1) === 'tolerance' || path.at(-1) === 'budget';
        if (other && typeof each === 'number' && each > 0) continue;
        if (path.at(-1) === 'name' && each === '\0') continue;
        // A factor without a rank is one of full rank.
        if (path.at(-1) === 'rank' && each === undefined) continue;
        expect(code, says).toMatch(/^(bad-document|forged-window)$/);
      }
    }
  });

  test('what is not known is refused', async () => {
    expect(await read({ ...(document as object), more: 1 })).toBe('bad-document');
    expect(await read({ ...(document as object), version: 2 })).toBe('bad-document');
    expect(await read({ ...(document as object), lethe: 'apex-other' })).toBe('bad-document');
    for (const text of ['', '[]', 'null', '1', '"apex-plan"', '{', '{}'])
      expect(await codeOf(async () => parse(text))).toBe('bad-document');
  });
});

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
    { client: '' },
    { client: 'a b' },
    { client: '../ada' },
    { client: 'ada\n' },
    { client: 'x'.repeat(101) },
    { damping: 0 },
    { damping: -1 },
    { damping: '1' },
  ])('%j', async (change) => {
    expect(await registered(change)).toBe('bad-document');
  });

  test('numbers past those of JSON', async () => {
    const text = canonicalText(registrationDocument(registration));
    const own = text.replace('0.0125', '1e999');
    expect(await codeOf(async () => parseRegistration(own, 'file'))).toBe('bad-document');
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

  test('plans that no circuit has', async () => {
    const document = planDocument(plan) as { step: object; scope: { tensors: object[] } };
    const step = (change: object): Promise<string> =>
      codeOf(async () =>
        parsePlan(JSON.stringify({ ...document, step: { ...document.step, ...change } }), 'file'),
      );
    for (const change of [
      { form: 'other' },
      { form: 'toString' },
      { form: 'kkt' },
      { rank: 5 },
      { rank: 0 },
      { weights: 'u16.14' },
      { weights: 'q32.20' },
      { weights: 'field' },
      { weights: 'bit' },
      { tolerance: 0 },
    ])
      expect(await step(change), JSON.stringify(change)).toBe('bad-document');
    const [first] = document.scope.tensors;
    const twice = { ...document, scope: { ...document.scope, tensors: [first!, first!] } };
    expect(await codeOf(async () => parsePlan(JSON.stringify(twice), 'file'))).toBe('bad-document');
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

  test('garbage is no signature, and no key', () => {
    expect(isSigned({ a: 1 }, '', signer)).toBe(false);
    expect(isSigned({ a: 1 }, 'AAAA', signer)).toBe(false);
    expect(isSigned({ a: 1 }, signature, 'AAAA')).toBe(false);
    expect(isSigned({ a: 1 }, signature, '')).toBe(false);
  });
});

test('a plan says that the tree is kept, or nothing: each has one text', async () => {
  const kept: Plan = { ...plan, keeps: 'tree' };
  expect(parsePlan(canonicalText(planDocument(kept)), 'file')).toEqual(kept);
  expect(planDocument(plan)).not.toHaveProperty('keeps');
  for (const keeps of ['root', 'leaves', '', 1, null]) {
    const document = JSON.stringify({ ...(planDocument(plan) as object), keeps });
    expect(await codeOf(async () => parsePlan(document, 'file'))).toBe('bad-document');
  }
});

test('every form has a plan', () => {
  for (const form of Object.keys(forms) as (keyof typeof forms)[]) {
    const own = { ...plan, step: stepOf(form, 4) };
    expect(parsePlan(canonicalText(planDocument(own)), 'file')).toEqual(own);
  }
});
