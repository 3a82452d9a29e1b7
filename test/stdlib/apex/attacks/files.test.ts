// Bundles that are damaged, cut, stuffed, spelled otherwise, or no bundles: never accepted, and never a crash. No proof
// is verified here.
import { elementLength } from '../../../../stdlib/apex/commitments/elements.ts';
import { mkdir, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  checksumLength,
  encodeNumber,
  leavesLength,
  magic,
  maxProof,
  preambleLength,
  renderHeader,
} from '../../../../stdlib/apex/bundle/header.ts';
import { Bundle } from '../../../../stdlib/apex/bundle/read.ts';
import { modulus } from '../../../../compiler/numbers/field.ts';
import { verifyBundle } from '../../../../stdlib/apex/index.ts';
import { bytesOf, checksummed, draft, reasonFor, type Forged } from '../bundles.ts';
import { codeOf } from '../codes.ts';
import { spread, World } from '../fixture.ts';
import { runs } from '../../../tier.ts';

let world: World;
let honest: Forged;
let bytes: Uint8Array;
let header: Uint8Array;

beforeAll(async () => {
  world = await World.make();
  const ada = await world.client('ada');
  honest = await draft(ada, await world.window(spread));
  bytes = await bytesOf(world, honest);
  header = renderHeader(honest.header);
});
afterAll(() => world.remove());

const reason = (own: Uint8Array): Promise<string> => reasonFor(world, own);
const body = (): number => preambleLength + header.length;
const tiles = (): number => body() + honest.siblings.length * elementLength;
const at = (position: number, part: Uint8Array, own = bytes): Uint8Array =>
  checksummed(
    Buffer.concat([own.subarray(0, position), part, own.subarray(position + part.length)]),
  );
const withHeaderText = (text: string): Uint8Array => {
  const own = Buffer.from(text);
  const start = [Buffer.from(magic), encodeNumber(1), encodeNumber(own.length), own];
  return checksummed(Buffer.concat([...start, bytes.subarray(body())]));
};

describe('random damage', () => {
  test('bytes changed, with the checksum as it was', async () => {
    const place = fc.nat({ max: bytes.length - 1 });
    const flip = fc.tuple(place, fc.integer({ min: 1, max: 255 }));
    const attack = async (flips: readonly (readonly [number, number])[]): Promise<void> => {
      const own = Uint8Array.from(bytes);
      for (const [position, by] of flips) own[position]! ^= by;
      if (Buffer.from(own).equals(bytes)) return;
      expect(await reason(own)).toBe('bad-bundle');
    };
    await fc.assert(fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 4 }), attack), {
      numRuns: runs(150),
    });
  });

  test('bytes of all but the proofs changed, and the checksum made anew', async () => {
    // What stands before the first proof but for the leaves' lower bytes, and after it the length of the second.
    const place = fc.nat({
      max: tiles() + 4 + honest.places[0]!.length * leavesLength('root') - 1,
    });
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (position, by) => {
        const code = await reason(at(position, Uint8Array.of(bytes[position]! ^ by)));
        seen.add(code);
        expect(code).not.toBe('accepted');
        expect(code).not.toBe('bad-proof');
      }),
      // Fewer cases may meet two reasons alone.
      { numRuns: Math.max(150, runs(150)) },
    );
    expect(seen.size).toBeGreaterThan(2);
  });

  test('cut anywhere, with and without a new checksum', async () => {
    const length = fc.nat({ max: bytes.length - 1 });
    await fc.assert(
      fc.asyncProperty(length, fc.boolean(), async (end, fixed) => {
        const cut = bytes.subarray(0, end);
        expect(await reason(fixed && end > checksumLength ? checksummed(cut) : cut)).toBe(
          'bad-bundle',
        );
      }),
      { numRuns: runs(100) },
    );
  });

  test('garbage, behind the first bytes of a bundle and alone', async () => {
    const garbage = fc.uint8Array({ maxLength: 600 });
    await fc.assert(
      fc.asyncProperty(garbage, fc.boolean(), async (own, begun) => {
        const start = begun ? bytes.subarray(0, preambleLength - 4) : new Uint8Array(0);
        expect(await reason(checksummed(Buffer.concat([start, own])))).toBe('bad-bundle');
      }),
      { numRuns: runs(50) },
    );
  });
});

describe('sizes', () => {
  test('bytes after the last tile', async () => {
    const more = Buffer.concat([bytes, new Uint8Array(1)]);
    expect(await reason(checksummed(more))).toBe('bad-bundle');
    const twice = Buffer.concat([bytes, bytes]);
    expect(await reason(checksummed(twice))).toBe('bad-bundle');
  });

  test('a header longer than any', async () => {
    expect(await reason(at(magic.length + 4, encodeNumber(2 ** 32 - 1)))).toBe('bad-bundle');
    expect(await reason(withHeaderText(' '.repeat(5000)))).toBe('bad-bundle');
  });

  test('a proof longer than any, or than the file', async () => {
    expect(await reason(at(tiles(), encodeNumber(maxProof + 1)))).toBe('bad-bundle');
    expect(await reason(at(tiles(), encodeNumber(maxProof)))).toBe('bad-bundle');
    expect(await reason(at(tiles(), encodeNumber(2 ** 32 - 1)))).toBe('bad-bundle');
  });

  test('a version to come', async () => {
    expect(await reason(at(magic.length, encodeNumber(2)))).toBe('bad-bundle');
  });

  test('more siblings and blocks than memory holds', async () => {
    const text = (change: object): string =>
      Buffer.from(renderHeader({ ...honest.header, ...change })).toString();
    const codes = [{ siblings: 2 ** 32 }, { touched: 2 ** 32 }, { tiles: 2 ** 16 }].map(
      async (change) => withHeaderText(text(change)),
    );
    const [siblings, touched, blocks] = await Promise.all(codes);
    expect(await reason(siblings!)).toBe('bad-opening');
    expect(await reason(touched!)).toBe('bad-coverage');
    expect(await reason(blocks!)).toBe('bad-coverage');
  });
});

describe('one content has one file', () => {
  const text = (): string => Buffer.from(header).toString();

  test('the header as it is', async () => {
    expect(Buffer.from(withHeaderText(text())).equals(bytes)).toBe(true);
  });

  test.each<[string, (text: string) => string]>([
    ['a space more', (own) => own.replace(',', ', ')],
    ['a name twice', (own) => own.replace('{', '{"tiles":1,')],
    ['a number in another notation', (own) => own.replace(/"tiles":(\d+)/, '"tiles":$1.0')],
    ['an exponent', (own) => own.replace(/"tiles":(\d+)/, '"tiles":$1e0')],
    ['a letter escaped', (own) => own.replace('"touched"', '"\\u0074ouched"')],
    ['a byte order mark', (own) => `\uFEFF${own}`],
    ['a name more', (own) => own.replace('{', '{"a":1,')],
    ['a name less', (own) => own.replace(/"unscoped":"[0-9a-f]+",/, '')],
    ['no whole number', (own) => own.replace(/"tiles":(\d+)/, '"tiles":$1.5')],
    ['a negative number', (own) => own.replace(/"tiles":(\d+)/, '"tiles":-$1')],
    ['a number as text', (own) => own.replace(/"tiles":(\d+)/, '"tiles":"$1"')],
    ['upper case', (own) => own.replace(/"plan":"[0-9a-f]+"/, (each) => each.toUpperCase())],
    ['another version', (own) => own.replace('"version":1', '"version":2')],
    ['a root past the field', (own) => own.replace(/"root":"\d+"/, `"root":"${modulus}"`)],
    ['a root with a zero before it', (own) => own.replace('"root":"', '"root":"0')],
    ['a list', (own) => `[${own}]`],
    ['null', () => 'null'],
    ['a prototype', (own) => own.replace('{', '{"__proto__":{"tiles":2},')],
  ])('%s in the header', async (_, change) => {
    expect(change(text())).not.toBe(text());
    expect(await reason(withHeaderText(change(text())))).toBe('bad-bundle');
  });

  test('a commitment that is no canonical field element', async () => {
    const past = Buffer.from((modulus + 1n).toString(16).padStart(64, '0'), 'hex');
    expect(await reason(at(tiles() + 4, past))).toBe('bad-bundle');
    expect(await reason(at(body(), past))).toBe('bad-bundle');
    expect(await reason(at(body(), new Uint8Array(32).fill(255)))).toBe('bad-bundle');
  });
});

test('a folder, an empty file and no file at all', async () => {
  const { plan, keys } = world.provider;
  const judged = (file: string) => verifyBundle({ plan, keys, books: world.books, file });
  await mkdir(world.path('folder'));
  expect((await judged(world.path('folder'))).reason?.code).toBe('bad-bundle');
  await writeFile(world.path('empty'), '');
  expect((await judged(world.path('empty'))).reason?.code).toBe('bad-bundle');
  expect(await codeOf(() => judged(world.path('missing')))).toBe('cannot-read');
});

test('what cannot be read is not entered in the books', async () => {
  const before = await world.books.status();
  await reason(bytes.subarray(0, 100));
  await reason(Buffer.concat([bytes, new Uint8Array(1)]));
  expect(await world.books.status()).toEqual(before);
});

test('a bundle is read as it was written', async () => {
  await writeFile(world.path('read.apex'), bytes);
  const bundle = await Bundle.open(world.path('read.apex'));
  expect(bundle.header).toEqual(honest.header);
  expect(await bundle.siblings()).toEqual(honest.siblings);
  await bundle.close();
});
