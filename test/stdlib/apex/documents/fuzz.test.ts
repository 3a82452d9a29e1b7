// Whatever comes in the place of a document or a file: it is read, or refused with a code of its kind. Never another error, and the prototype
// of objects stays as it is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLetheError } from '../../../../compiler/diagnostics/diagnostic.ts';
import { bindInputs } from '../../../../compiler/inputs/bind.ts';
import { parseJsonTensors } from '../../../../compiler/inputs/json.ts';
import { parseKeyFile, renderKeyFile } from '../../../../compiler/prover/key-file.ts';
import { parseProofFile, renderProofFile } from '../../../../compiler/prover/proof-file.ts';
import { circuit, field, q } from '../../../../dsl/index.ts';
import { parseHeader, renderHeader } from '../../../../stdlib/apex/bundle/header.ts';
import { canonicalText, type Json } from '../../../../stdlib/apex/documents/canonical.ts';
import { challengeDocument, parseChallenge } from '../../../../stdlib/apex/documents/challenge.ts';
import {
  maskDocument,
  parseMask,
  parsePlan,
  parseReceipt,
  parseRegistration,
  parseWindow,
  planDocument,
  readWindow,
  receiptDocument,
  registrationDocument,
  windowDocument,
} from '../../../../stdlib/apex/documents/index.ts';
import { runs } from '../../../tier.ts';
import { hex, key, maskOf, plan, receipt, registration, windows } from './samples.ts';

const { program } = (() => {
  const built = circuit('fuzzed', {}, (c) => {
    c.secret('x', q(24, 20), [2, 2]).expose('y');
    c.secret('n', field, [1]).expose('m');
  }).build();
  return { program: built };
})();

interface Parser {
  /** The document that it reads. */
  readonly text: string;
  readonly read: (text: string) => unknown;
  readonly codes: readonly string[];
}

const succeeding = { ...plan, predecessor: { plan: hex, window: null, dead: new Uint8Array(7) } };

const parsers: Readonly<Record<string, Parser>> = {
  plan: {
    text: canonicalText(planDocument(succeeding)),
    read: (text) => parsePlan(text, 'f'),
    codes: ['bad-document'],
  },
  registration: {
    text: canonicalText(registrationDocument(registration)),
    read: (text) => parseRegistration(text, 'f'),
    codes: ['bad-document', 'forged-registration'],
  },
  receipt: {
    text: canonicalText(receiptDocument(receipt, key)),
    read: (text) => parseReceipt(text, 'f', plan.signer),
    codes: ['bad-document', 'forged-receipt'],
  },
  challenge: {
    text: canonicalText(
      challengeDocument(
        {
          ...{ plan: hex, registration: hex, replaces: hex, epoch: 2, window: hex },
          ...{ commitments: 7n, nonce: hex },
        },
        key,
      ),
    ),
    read: (text) => parseChallenge(text, 'f', plan.signer),
    codes: ['bad-document', 'forged-challenge'],
  },
  window: {
    text: canonicalText(windowDocument(windows[1]!, key)),
    read: (text) => parseWindow(text, 'f', plan),
    codes: ['bad-document', 'other-plan', 'forged-window'],
  },
  'any window': {
    text: canonicalText(windowDocument(windows[2]!, key)),
    read: (text) => readWindow(text, 'f'),
    codes: ['bad-document'],
  },
  mask: {
    text: canonicalText(maskDocument(maskOf(plan, [1, 2, 3]))),
    read: (text) => parseMask(text, 'f'),
    codes: ['bad-document'],
  },
  'header of a bundle': {
    text: Buffer.from(
      renderHeader({
        ...{ plan: hex, registration: hex, receipt: hex, window: hex, log: 12 },
        ...{ kept: 3n, after: 4n, proved: 1, tiles: 1, siblings: 5 },
      }),
    ).toString(),
    read: (text) => parseHeader(text, 'f'),
    codes: ['bad-document'],
  },
  key: {
    text: renderKeyFile({ circuit: 'c', digest: hex, key: 'abcd' }),
    read: (text) => parseKeyFile(text, 'f'),
    codes: ['bad-key'],
  },
  proof: {
    text: renderProofFile({
      ...{ circuit: 'c', parameters: { n: 3 }, digest: hex, proof: new Uint8Array(30) },
      statement: new Map([['y', [1n, -2n, 3n]]]),
    }),
    read: (text) => parseProofFile(text, 'f'),
    codes: ['bad-proof'],
  },
  tensors: {
    text: '{"x":[[0.5,1],[-2,1e-3]],"n":["123456789012345678901234567890"]}',
    read: (text) => bindInputs(program, parseJsonTensors(text, 'f')),
    codes: [
      ...['bad-json', 'duplicate-name', 'too-large', 'bad-shape', 'bad-value', 'unknown-tensor'],
      ...['missing-tensor', 'shape-mismatch'],
    ],
  },
};

/** Values that no field expects, as text. */
const odd = fc.oneof(
  fc.constantFrom(
    ...['1e400', '-1e400', '-0', '0', '1', '-1', '9007199254740993', '1e308', '0.1', '5e-324'],
    ...['null', 'true', '{}', '[]', '[[]]', '[{}]', '""', '"\\ud800"', '"\\u0000"', '"=="'],
    ...['{"__proto__":{"polluted":1}}', '{"constructor":1}', '{"toString":null}', '"__proto__"'],
    `"${'f'.repeat(64)}"`,
    `"${'7'.repeat(5000)}"`,
    '9'.repeat(400),
    `"${'A'.repeat(20_000)}"`,
    '['.repeat(5000) + ']'.repeat(5000),
    '{"a":'.repeat(5000) + '0' + '}'.repeat(5000),
    `[${'0,'.repeat(20_000)}0]`,
  ),
  fc.json({ maxDepth: 2 }),
  fc.string().map((text) => JSON.stringify(text)),
);

/** Puts `text` in the place of one of the values, or after it under the same key or another one. */
function withValue(json: Json, index: number, text: string, key: string | undefined): string {
  let at = 0;
  const write = (value: Json): string => {
    if (at++ === index) return text;
    if (Array.isArray(value)) return `[${(value as readonly Json[]).map(write).join()}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const entries = Object.entries(value).map(([name, each]) => {
      const own = `${JSON.stringify(name)}:${write(each)}`;
      if (key === undefined || at !== index) return own;
      return `${own},${JSON.stringify(key === '' ? name : key)}:${text}`;
    });
    return `{${entries.join()}}`;
  };
  return write(json);
}

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const keys = fc.constantFrom(undefined, undefined, '', '__proto__', 'constructor', 'more');

const mutations = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc
      .tuple(fc.nat(60), odd, keys)
      .map(([index, value, name]) => withValue(JSON.parse(text) as Json, index, value, name)),
    fc.tuple(place, fc.nat(20), odd).map(([from, length, value]) => {
      const at = Math.floor(from * text.length);
      return text.slice(0, at) + value + text.slice(at + length);
    }),
    fc.tuple(place, place).map(([from, to]) => {
      const [a, b] = [from, to].map((each) => Math.floor(each * text.length)) as [number, number];
      return text.slice(0, a) + text.slice(b);
    }),
    odd,
    fc.string({ unit: 'binary', maxLength: 300 }),
  );

test.each(Object.entries(parsers))('%s', (_, { text, read, codes }) => {
  read(text);
  fc.assert(
    fc.property(mutations(text), (mutated) => {
      try {
        read(mutated);
      } catch (error) {
        if (!isLetheError(error)) throw error;
        for (const { code, message } of error.diagnostics) {
          expect(codes).toContain(code);
          // A message quotes little of what it is about.
          expect(message.length).toBeLessThan(2000);
        }
      }
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    }),
    { numRuns: runs(400) },
  );
});

test('a key twice is refused in every document', () => {
  for (const { text, read, codes } of Object.values(parsers)) {
    const twice = text.replace('{', '{"more":0,"more":0,');
    try {
      read(twice);
      expect.unreachable(twice);
    } catch (error) {
      if (!isLetheError(error)) throw error;
      expect(codes).toContain(error.diagnostics[0]!.code);
      expect(error.message).toContain('twice in one object');
    }
  }
});
