// Bundles that the client itself signed, and that are cut, stuffed, too large, or spelled in another way.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modulus } from '../../../../compiler/numbers/field.ts';
import { renderHeader } from '../../../../stdlib/apex/bundle/header.ts';
import { maxProof, signatureLength } from '../../../../stdlib/apex/bundle/signed-kind.ts';
import { encodeNumber } from '../../../../stdlib/apex/bundle/source.ts';
import { elementLength } from '../../../../stdlib/apex/commitments/elements.ts';
import { codeOf } from '../codes.ts';
import { runs } from '../../../tier.ts';
import {
  bodyOf,
  bytesOf,
  content,
  counts,
  magic,
  makeFolder,
  read,
  removeFolder,
  replaced,
  signed,
  withHeaderText,
} from './written.ts';

let bytes: Uint8Array;
beforeAll(async () => {
  await makeFolder();
  bytes = await bytesOf();
});
afterAll(removeFolder);

const problem = (own: Uint8Array): Promise<string> => codeOf(() => read(own));
const body = bodyOf(content.header);
const proofs = body + (counts.siblings + counts.leaves + counts.proved) * elementLength;
const at = (position: number, part: Uint8Array): Uint8Array =>
  signed(replaced(bytes, position, part));

describe('sizes', () => {
  test('cut anywhere', async () => {
    const length = fc.nat({ max: bytes.length - signatureLength - 1 });
    await fc.assert(
      fc.asyncProperty(length, async (end) => {
        const cut = signed(
          Buffer.concat([bytes.subarray(0, end), new Uint8Array(signatureLength)]),
        );
        expect(await problem(cut)).toBe('bad-bundle');
      }),
      { numRuns: runs(100) },
    );
  });

  test('bytes after the last proof', async () => {
    expect(await problem(signed(Buffer.concat([bytes, new Uint8Array(1)])))).toBe('bad-bundle');
    expect(await problem(signed(Buffer.concat([bytes, bytes])))).toBe('bad-bundle');
  });

  test('a header longer than any', async () => {
    expect(await problem(at(magic.length + 4, encodeNumber(2 ** 32 - 1)))).toBe('bad-bundle');
    expect(await problem(withHeaderText(bytes, ' '.repeat(5000)))).toBe('bad-bundle');
  });

  test('a proof longer than any, or than the file', async () => {
    expect(await problem(at(proofs, encodeNumber(maxProof + 1)))).toBe('bad-bundle');
    expect(await problem(at(proofs, encodeNumber(maxProof)))).toBe('bad-bundle');
    expect(await problem(at(proofs, encodeNumber(2 ** 32 - 1)))).toBe('bad-bundle');
  });

  test('a proof that reaches into the signature', async () => {
    const last = proofs + 4 + content.proofs[0]!.length;
    const longer = content.proofs[1]!.length + signatureLength;
    expect(await problem(at(last, encodeNumber(longer)))).toBe('bad-bundle');
  });

  test('other counts than the verifier expects, and than memory holds', async () => {
    const withCounts = (change: object): Promise<string> =>
      problem(withHeaderText(bytes, renderHeader({ ...content.header, ...change })));
    for (const count of [0, 1, 2 ** 32]) {
      expect(await withCounts({ siblings: count })).toBe('bad-opening');
      expect(await withCounts({ proved: count })).toBe('bad-coverage');
      expect(await withCounts({ tiles: count })).toBe('bad-coverage');
    }
  });

  test('another count of leaves than the verifier expects', async () => {
    for (const leaves of [0, 4, 6, 2 ** 32])
      expect(await codeOf(() => read(bytes, { ...counts, leaves }))).toBe('bad-bundle');
  });
});

describe('one content has one file', () => {
  const header = Buffer.from(renderHeader(content.header)).toString();

  test('the header as it is', () => {
    expect(Buffer.from(withHeaderText(bytes, header)).equals(bytes)).toBe(true);
  });

  test.each<[string, (text: string) => string]>([
    ['a space more', (own) => own.replace(',', ', ')],
    ['a name twice', (own) => own.replace('{', '{"tiles":2,')],
    ['a number in another notation', (own) => own.replace(/"tiles":(\d+)/, '"tiles":$1.0')],
    ['an exponent', (own) => own.replace(/"tiles":(\d+)/, '"tiles":$1e0')],
    ['a letter escaped', (own) => own.replace('"tiles"', '"\\u0074iles"')],
    ['a byte order mark', (own) => `\uFEFF${own}`],
    ['a name more', (own) => own.replace('{', '{"a":1,')],
    ['a name less', (own) => own.replace(/"receipt":"[0-9a-f]+",/, '')],
    ['no whole number', (own) => own.replace(/"tiles":(\d+)/, '"tiles":$1.5')],
    ['a negative number', (own) => own.replace(/"tiles":(\d+)/, '"tiles":-$1')],
    ['a number as text', (own) => own.replace(/"tiles":(\d+)/, '"tiles":"$1"')],
    ['upper case', (own) => own.replace(/"plan":"[0-9a-f]+"/, (each) => each.toUpperCase())],
    ['another version', (own) => own.replace('"version":3', '"version":2')],
    ['no log', (own) => own.replace(/"log":(\d+)/, '"log":0')],
    ['a log past any', (own) => own.replace(/"log":(\d+)/, '"log":33')],
    ['a root past the field', (own) => own.replace(/"after":"\d+"/, `"after":"${modulus}"`)],
    ['a root with a zero before it', (own) => own.replace('"after":"', '"after":"0')],
    ['null where nothing is kept', (own) => own.replace(/"kept":"\d+"/, '"kept":null')],
    ['a list', (own) => `[${own}]`],
    ['null', () => 'null'],
    ['a prototype', (own) => own.replace('{', '{"__proto__":{"tiles":2},')],
  ])('%s in the header', async (_, change) => {
    expect(change(header)).not.toBe(header);
    expect(await problem(withHeaderText(bytes, change(header)))).toBe('bad-bundle');
  });

  test('a commitment that is no canonical field element', async () => {
    const past = Buffer.from((modulus + 1n).toString(16).padStart(64, '0'), 'hex');
    for (let place = 0; place < counts.siblings + counts.leaves + counts.proved; place++) {
      expect(await problem(at(body + place * elementLength, past))).toBe('bad-bundle');
      const ones = new Uint8Array(elementLength).fill(255);
      expect(await problem(at(body + place * elementLength, ones))).toBe('bad-bundle');
    }
    const last = Buffer.from((modulus - 1n).toString(16).padStart(64, '0'), 'hex');
    expect((await read(at(body, last))).siblings[0]).toBe(modulus - 1n);
  });
});
