// Who a document names, and who signed it: names of clients, public keys, the signatures of a registration and of a challenge.
import { describe, expect, test } from 'vitest';
import {
  challengeDigest,
  challengeDocument,
  generateSigningKey,
  hasConsent,
  isClientName,
  isPublicKey,
  isSigned,
  parseChallenge,
  parseRegistration,
  publicKeyOf,
  readChallenge,
  readSigningKey,
  registrationDigest,
  registrationDocument,
  signRegistration,
  type Challenge,
} from '../../../../stdlib/apex/documents/index.ts';
import { codeOf } from '../codes.ts';
import {
  challenge,
  clientKey,
  formerKey,
  hex,
  key,
  plan,
  registration,
  replacing,
  unsignedRegistration,
} from './samples.ts';

describe('names of clients', () => {
  test.each(['a', '7', 'ada', 'CON', 'Ada@home.example', 'a-b_c.d', 'a..b', 'x'.repeat(100)])(
    '%j is one',
    (name) => expect(isClientName(name)).toBe(true),
  );

  test.each([
    ...['', '.', '..', '-rf', '-', '--help', 'alice.', '.alice', 'alice-', '_', '@', 'a@'],
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'],
    ...['a/b', 'a\\b', '../a', 'a b', ' a', 'a ', 'a\n', '\na', 'a\0', 'a\0b', 'a\r', 'a\t'],
    ...['ä', 'аda', 'a\u200bb', 'a\u202eb', 'ａ', 'a:b', 'a*', 'a?', '$a', '~', 'a%2fb'],
    'x'.repeat(101),
  ])('%j is none', async (name) => {
    expect(isClientName(name)).toBe(false);
    const named = signRegistration({ ...unsignedRegistration, client: name }, clientKey);
    const text = JSON.stringify(registrationDocument(named));
    expect(await codeOf(async () => parseRegistration(text, 'file'))).toBe('bad-document');
  });
});

const prime = 2n ** 255n - 19n;

const power = (base: bigint, exponent: bigint): bigint => {
  let [result, square] = [1n, base % prime];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
};

/** Base64 SPKI of 32 bytes: y, little endian, with the sign of x in the highest bit. */
function encoded(y: bigint, sign: 0n | 1n): string {
  const value = y + (sign << 255n);
  const bytes = Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
  return Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes]).toString('base64');
}

/** y of the points of order 8: d y⁴ + 2 y² = 1, thus y² = (−1 ± √(1 + d)) / d. */
function ofOrder8(): bigint[] {
  const inverse = (x: bigint): bigint => power(x, prime - 2n);
  const d = (prime - 121665n) * inverse(121666n);
  const root = rootOf((1n + d) % prime)!;
  return [root, prime - root].flatMap((each) => {
    const y = rootOf(((prime - 1n + each) * inverse(d % prime)) % prime);
    return y === undefined ? [] : [y, prime - y];
  });
}

/** A square root modulo 2^255 − 19 (RFC 8032, 5.1.3), where there is one. */
function rootOf(x: bigint): bigint | undefined {
  const candidate = power(x, (prime + 3n) / 8n);
  const i = power(2n, (prime - 1n) / 4n);
  return [candidate, (candidate * i) % prime].find((each) => (each * each) % prime === x % prime);
}

describe('public keys', () => {
  // The neutral element, the point of order 2, those of order 4, those of order 8.
  const small = [1n, prime - 1n, 0n, ...ofOrder8()];

  test('the points of small order are these five y, with eight points', () => {
    expect(small).toHaveLength(5);
    // Two of them are in the lists of small points that others keep.
    const known = '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05';
    const hexOf = (y: bigint): string =>
      Buffer.from(y.toString(16).padStart(64, '0'), 'hex').reverse().toString('hex');
    expect(small.map(hexOf)).toContain(known);
  });

  test.each(small.flatMap((y) => [[y, 0n] as const, [y, 1n] as const]))(
    'y = %d with sign %d has small order',
    async (y, sign) => {
      const signer = encoded(y, sign);
      expect(isPublicKey(signer)).toBe(false);
      expect(isSigned({ a: 1 }, Buffer.alloc(64).toString('base64'), signer)).toBe(false);
      const text = JSON.stringify({
        ...(registrationDocument(registration) as object),
        signer,
      });
      expect(await codeOf(async () => parseRegistration(text, 'file'))).toBe('bad-document');
    },
  );

  test('y = p, p + 1, … are second spellings', () => {
    for (let more = 0n; more < 19n; more++)
      for (const sign of [0n, 1n] as const)
        expect(isPublicKey(encoded(prime + more, sign)), `p + ${more}`).toBe(false);
  });

  test('a key of small order would be that of many signatures', () => {
    // The all-zero key with R = neutral and s = 0 is what an unchecked verifier may take for any message.
    const signature = Buffer.concat([Buffer.from([1]), Buffer.alloc(63)]).toString('base64');
    for (const y of small)
      for (const message of [{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }])
        expect(isSigned(message, signature, encoded(y, 0n))).toBe(false);
  });

  test('keys that were generated are keys, and nothing else is', () => {
    for (let i = 0; i < 50; i++)
      expect(isPublicKey(publicKeyOf(readSigningKey(generateSigningKey())))).toBe(true);
    for (const text of [
      '',
      'AAAA',
      'A'.repeat(60),
      registration.signer.slice(4),
      ` ${plan.signer}`,
    ])
      expect(isPublicKey(text)).toBe(false);
  });
});

describe('signatures of a registration', () => {
  const document = registrationDocument(replacing) as Record<string, string>;
  const read = (change: object): Promise<string> =>
    codeOf(async () => parseRegistration(JSON.stringify({ ...document, ...change }), 'file'));

  test('its own, and the consent of the key that it replaces', () => {
    expect(hasConsent(replacing, publicKeyOf(formerKey))).toBe(true);
    expect(hasConsent(replacing, replacing.signer)).toBe(false);
    expect(hasConsent(registration, registration.signer)).toBe(false);
    // Consent is over the text that is signed: to this root, this key, this name, and nothing else.
    for (const change of [{ root: 5n }, { client: 'eve' }, { signer: plan.signer }])
      expect(hasConsent({ ...replacing, ...change }, publicKeyOf(formerKey))).toBe(false);
  });

  test('one key may be both', () => {
    const same = signRegistration({ ...unsignedRegistration, replaces: hex }, clientKey, clientKey);
    expect(same.consent).toBe(same.signature);
    expect(hasConsent(same, same.signer)).toBe(true);
  });

  test('are no part of the digest', () => {
    const { signature: _, consent: __, ...unsigned } = replacing;
    expect(registrationDigest(replacing)).toBe(registrationDigest(unsigned));
  });

  test('of another text, key or client are refused', async () => {
    const eve = readSigningKey(generateSigningKey());
    expect(await read({})).toBe('none');
    for (const change of [
      { root: '5' },
      { client: 'eve' },
      { window: null },
      { replaces: hex },
      { signer: publicKeyOf(eve) },
      { signature: document['consent'] },
      { signature: registration.signature },
      { signature: `${'A'.repeat(86)}==` },
    ])
      expect(await read(change), JSON.stringify(change)).toBe('forged-registration');
    // Whether consent is by the right key only the books can say.
    expect(await read({ consent: document['signature'] })).toBe('none');
  });

  test('consent and replaces stand together', async () => {
    for (const change of [{ consent: null }, { replaces: null }])
      expect(await read(change)).toBe('bad-document');
    const first = registrationDocument(registration) as object;
    const with_ = { ...first, consent: registration.signature };
    expect(await codeOf(async () => parseRegistration(JSON.stringify(with_), 'file'))).toBe(
      'bad-document',
    );
  });
});

describe('challenges', () => {
  const text = (change: Partial<Challenge> = {}, by = key): string =>
    JSON.stringify(challengeDocument({ ...challenge, ...change }, by));
  const read = (own: string): Promise<string> =>
    codeOf(async () => parseChallenge(own, 'file', plan.signer));

  test('are signed by the provider', async () => {
    expect(await read(text())).toBe('none');
    expect(await read(text({}, clientKey))).toBe('forged-challenge');
    expect(readChallenge(text({}, clientKey), 'file').challenge).toEqual(challenge);
    const forged = JSON.stringify({ ...(JSON.parse(text()) as object), nonce: hex });
    expect(await read(forged)).toBe('forged-challenge');
  });

  test('of epoch 1 name no window and no commitments; others name a window', async () => {
    const first = { epoch: 1, window: null, commitments: null };
    expect(await read(text(first))).toBe('none');
    expect(await read(text({ commitments: null }))).toBe('none');
    for (const wrong of [
      { ...first, window: hex },
      { ...first, commitments: 5n },
      { epoch: 1 },
      { window: null },
      { window: null, commitments: null },
    ])
      expect(await read(text(wrong))).toBe('bad-document');
  });

  test('have another digest for every other field', () => {
    const changes: Partial<Challenge>[] = [
      { plan: hex },
      { registration: 'cd'.repeat(32) },
      { replaces: hex },
      { epoch: 5 },
      { window: 'cd'.repeat(32) },
      { commitments: null },
      { nonce: hex },
    ];
    const digests = changes.map((change) => challengeDigest({ ...challenge, ...change }));
    expect(new Set([challengeDigest(challenge), ...digests]).size).toBe(changes.length + 1);
  });
});
