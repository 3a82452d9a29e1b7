import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  decodeSafetensors,
  encodeSafetensors,
  FileError,
  readSafetensors,
  writeSafetensors,
} from '../../../compiler/files/index.ts';
import type { Dtype, WritableTensor } from '../../../compiler/files/index.ts';
import { decodeBrainFloat, decodeHalf } from '../../../compiler/files/half-precision.ts';
import { layout, single } from './layout.ts';
import { runs } from '../../tier.ts';

const file = 'model.safetensors';

const decode = (bytes: Uint8Array) => [...decodeSafetensors(bytes, file).tensors.get('t')!.data];

/** What each dtype can hold, as doubles. */
const elements: Record<Dtype, fc.Arbitrary<number>> = {
  F64: fc.double(),
  F32: fc.float(),
  F16: fc.integer({ min: 0, max: 0xffff }).map(decodeHalf),
  BF16: fc.integer({ min: 0, max: 0xffff }).map(decodeBrainFloat),
  I64: fc.maxSafeInteger(),
  I32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  I16: fc.integer({ min: -32768, max: 32767 }),
  I8: fc.integer({ min: -128, max: 127 }),
  U8: fc.integer({ min: 0, max: 255 }),
  BOOL: fc.constantFrom(0, 1),
};

const anyTensor: fc.Arbitrary<Required<WritableTensor>> = fc
  .record({
    dtype: fc.constantFrom(...(Object.keys(elements) as Dtype[])),
    shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
  })
  .chain(({ dtype, shape }) => {
    const length = shape.reduce((count, dimension) => count * dimension, 1);
    return fc
      .array(elements[dtype], { minLength: length, maxLength: length })
      .map((values) => ({ dtype, shape, data: Float64Array.from(values) }));
  });

const anyName = fc.oneof(
  fc.string().filter((name) => name !== '__metadata__'),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', '7', 'a"b\\', 'fc1.weight'),
);

const anyTensors = fc.array(fc.tuple(anyName, anyTensor), { maxLength: 5 }).map((p) => new Map(p));
const anyMetadata = fc
  .array(fc.tuple(anyName, fc.string()), { maxLength: 3 })
  .map((p) => new Map(p));

describe('round trip', () => {
  test('what is written is read back, bit by bit', () => {
    fc.assert(
      fc.property(anyTensors, anyMetadata, (tensors, metadata) => {
        const bytes = encodeSafetensors({ tensors, metadata }, file);
        const back = decodeSafetensors(bytes, file);
        expect(back.metadata).toEqual(metadata);
        expect(back.tensors.size).toBe(tensors.size);
        for (const [name, { dtype, shape, data }] of tensors) {
          const read = back.tensors.get(name)!;
          expect(read).toMatchObject({ dtype, shape });
          // Integers have one zero only.
          const expected = dtype.includes('F') ? data : data.map((value) => value + 0);
          expect(read.data).toEqual(expected);
        }
        // And what was read can be written and read again.
        const again = encodeSafetensors(
          { tensors: back.tensors as Map<string, WritableTensor>, metadata },
          file,
        );
        expect(decodeSafetensors(again, file)).toEqual(back);
      }),
      { numRuns: runs(300) },
    );
  });

  test('an equal dtype keeps the order of the map', () => {
    const names = ['z', 'a', 'm'];
    const tensors = new Map(names.map((name) => [name, { shape: [1], data: Float32Array.of(1) }]));
    const bytes = encodeSafetensors({ tensors }, file);
    expect([...decodeSafetensors(bytes, file).tensors.keys()]).toEqual(names);
  });

  test('the bytes are those of the format', () => {
    const tensors = new Map<string, WritableTensor>([
      ['narrow', { shape: [2], data: Float32Array.of(1, -2) }],
      ['wide', { shape: [], data: Float64Array.of(1) }],
    ]);
    const bytes = encodeSafetensors({ tensors, metadata: new Map([['by', 'me']]) }, file);
    const header =
      '{"__metadata__":{"by":"me"},' +
      '"wide":{"dtype":"F64","shape":[],"data_offsets":[0,8]},' +
      '"narrow":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8, ' ');
    const buffer = [0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0];
    expect(bytes).toEqual(layout(padded, buffer));
  });

  test('F32 rounds to nearest', () => {
    const tensors = new Map([['t', { dtype: 'F32', shape: [1], data: Float64Array.of(0.1) }]] as [
      string,
      WritableTensor,
    ][]);
    expect(decode(encodeSafetensors({ tensors }, file))).toEqual([Math.fround(0.1)]);
  });

  test('bytes that start inside a larger buffer are read in place', () => {
    const bytes = single('U8', 1, [1, 2, 3]);
    const larger = new Uint8Array(bytes.length + 10).fill(0xff);
    larger.set(bytes, 5);
    expect(decode(larger.subarray(5, 5 + bytes.length))).toEqual([1, 2, 3]);
  });
});

describe('decoding', () => {
  test.each<[string, number, number[], number[]]>([
    ['F16', 2, [0x00, 0x3c, 0x01, 0x00, 0x00, 0x7c, 0x00, 0x7e], [1, 2 ** -24, Infinity, NaN]],
    ['BF16', 2, [0x80, 0x3f, 0x01, 0x00, 0x80, 0xff, 0xc0, 0x7f], [1, 2 ** -133, -Infinity, NaN]],
    ['F32', 4, [0, 0, 0x80, 0xbf, 0, 0, 0xc0, 0x7f], [-1, NaN]],
    ['F64', 8, [0, 0, 0, 0, 0, 0, 0, 0x80], [-0]],
    ['I64', 8, [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [-2]],
    ['I64', 8, [0, 0, 0, 0, 0, 0, 0, 0x80], [-(2 ** 63)]],
    ['I32', 4, [0xfe, 0xff, 0xff, 0xff], [-2]],
    ['I16', 2, [0x00, 0x80, 0x01, 0x02], [-32768, 0x0201]],
    ['I8', 1, [0x80, 0x7f], [-128, 127]],
    ['U8', 1, [0x80, 0x7f], [128, 127]],
    ['BOOL', 1, [0, 1], [0, 1]],
  ])('%s', (dtype, width, bytes, values) => {
    expect(decode(single(dtype, width, bytes))).toEqual(values);
  });

  test('a file without tensors, and a padded header', () => {
    expect(decodeSafetensors(layout('{}  \n\t'), file).tensors.size).toBe(0);
  });

  test('tensors come in the order of their bytes, empty ones included', () => {
    const entry = (begin: number, end: number) => ({
      dtype: 'U8',
      shape: [end - begin],
      data_offsets: [begin, end],
    });
    const header = { last: entry(2, 3), first: entry(0, 2), end: entry(3, 3), empty: entry(0, 0) };
    const { tensors } = decodeSafetensors(layout(header, [1, 2, 3]), file);
    expect([...tensors.keys()]).toEqual(['empty', 'first', 'last', 'end']);
  });
});

const entry = { dtype: 'U8', shape: [2], data_offsets: [0, 2] };
const deep = '['.repeat(100_000) + ']'.repeat(100_000);

describe('refuses', () => {
  test.each<[string, Uint8Array, string, string]>([
    ['an empty file', new Uint8Array(), 'truncated', 'has 0 bytes'],
    ['a header beyond the file', layout('{}').subarray(0, 9), 'truncated', 'the header needs 2'],
    [
      'a header length of 2^64 - 1',
      new Uint8Array(20).fill(0xff),
      'truncated',
      'the header needs 18446744073709551615 bytes, 12 are left',
    ],
    ['a header of no bytes', layout(''), 'bad-header', 'not JSON'],
    ['a header that is not JSON', layout('{"a":'), 'bad-header', 'not JSON'],
    [
      'text that is not UTF-8',
      layout('{"__metadata__":{"a":"x"}}').fill(0xff, 30, 31),
      'bad-header',
      'not JSON',
    ],
    ['a list', layout('[]'), 'bad-header', 'not a JSON object'],
    ['null', layout('null'), 'bad-header', 'not a JSON object'],
    ['leading space', layout(' {}'), 'bad-header', 'begins with its first byte'],
    ['a byte order mark', layout('\ufeff{}'), 'bad-header', 'not JSON'],
    ['a name twice', layout('{"a":1,"a":2}'), 'duplicate-name', 'the header has the key "a" twice'],
    ['metadata that is no object', layout({ __metadata__: [] }), 'bad-header', '__metadata__'],
    ['metadata not of strings', layout({ __metadata__: { a: 1 } }), 'bad-header', '__metadata__'],
    ['null metadata', layout({ __metadata__: null }), 'bad-header', '__metadata__'],
    ['bytes at the end', layout({}, [1]), 'bad-offsets', '1 bytes at the end belong to no tensor'],
  ])('%s', (_, bytes, code, message) => {
    const run = () => decodeSafetensors(bytes, file);
    expect(run).toThrow(FileError);
    expect(run).toThrow(
      expect.objectContaining({ code, file, message: expect.stringContaining(message) }),
    );
  });

  test.each<[string, unknown, string, string]>([
    ['no object', 7, 'bad-header', 'must have exactly dtype, shape and data_offsets'],
    ['a missing field', { ...entry, shape: undefined }, 'bad-header', 'must have exactly'],
    ['a field too many', { ...entry, strides: [1] }, 'bad-header', 'must have exactly'],
    ['an unknown dtype', { ...entry, dtype: 'F8_E4M3' }, 'unknown-dtype', 'dtype "F8_E4M3" is not'],
    ['an inherited dtype', { ...entry, dtype: 'toString' }, 'unknown-dtype', '"toString"'],
    ['a dtype that is a list', { ...entry, dtype: ['U8'] }, 'unknown-dtype', '[U8]'],
    ['a negative dimension', { ...entry, shape: [-2] }, 'bad-shape', 'shape [-2] is not'],
    ['a fractional dimension', { ...entry, shape: [0.5] }, 'bad-shape', 'shape [0.5] is not'],
    [
      'an unsafe dimension',
      { ...entry, shape: [2 ** 53] },
      'bad-shape',
      '[9007199254740992] is not',
    ],
    ['text as a dimension', { ...entry, shape: ['2'] }, 'bad-shape', 'shape [2] is not'],
    ['a shape that is no list', { ...entry, shape: 2 }, 'bad-shape', 'shape 2 is not'],
    [
      'a product beyond 2^53',
      { ...entry, shape: [2 ** 30, 2 ** 30] },
      'bad-shape',
      'has more elements than a file can hold',
    ],
    ['one offset', { ...entry, data_offsets: [0] }, 'bad-offsets', 'data_offsets [0] are not two'],
    ['negative offsets', { ...entry, data_offsets: [-2, 0] }, 'bad-offsets', '[-2, 0] are not'],
    ['offsets in reverse', { ...entry, data_offsets: [2, 0] }, 'bad-offsets', 'span -2 bytes'],
    [
      'offsets that do not match the shape',
      { ...entry, dtype: 'F32' },
      'bad-offsets',
      'data_offsets [0, 2] span 2 bytes, F32 [2] needs 8',
    ],
    [
      'offsets out of the buffer',
      { ...entry, shape: [3], data_offsets: [0, 3] },
      'truncated',
      'ends at byte',
    ],
    [
      'a hole',
      { ...entry, data_offsets: [1, 3] },
      'bad-offsets',
      'begins at 1, with a hole from 0',
    ],
    [
      'offsets near 2^53',
      { ...entry, data_offsets: [2 ** 53 - 3, 2 ** 53 - 1] },
      'bad-offsets',
      'with a hole from 0',
    ],
  ])('an entry with %s', (_, value, code, message) => {
    const run = () => decodeSafetensors(layout({ 'fc1.weight': value }, [1, 2]), file);
    expect(run).toThrow(FileError);
    expect(run).toThrow(
      expect.objectContaining({
        code,
        tensor: 'fc1.weight',
        message: expect.stringMatching(
          /^error\[[a-z-]+\]: model\.safetensors: tensor "fc1\.weight": .+\n  hint: .+$/,
        ),
      }),
    );
    expect(run).toThrow(message);
  });

  test('overlapping tensors', () => {
    const header = { a: entry, b: { ...entry, data_offsets: [1, 3] } };
    expect(() => decodeSafetensors(layout(header, [1, 2, 3]), file)).toThrow(
      'tensor "b": begins at 1, inside the tensor before it',
    );
    const nested = { a: entry, b: { ...entry, shape: [0], data_offsets: [1, 1] } };
    expect(() => decodeSafetensors(layout(nested, [1, 2]), file)).toThrow('inside the tensor');
  });

  test.each(['dtype', 'shape', 'data_offsets'])('a %s nested 100,000 deep', (field) => {
    const fields = { dtype: '"U8"', shape: '[0]', data_offsets: '[0,0]', [field]: deep };
    const text = Object.entries(fields).map(([key, value]) => `"${key}":${value}`);
    expect(() => decodeSafetensors(layout(`{"t":{${text.join()}}}`), file)).toThrow(FileError);
  });

  test.each<[string, number, number[], string]>([
    ['I64', 8, [1, 0, 0, 0, 0, 0, 0x20, 0], 'element 0 is not among what I64 may hold here'],
    ['BOOL', 1, [1, 2], 'element 1 is not among what BOOL may hold here: the bytes 0 and 1'],
  ])('an %s element that no number holds', (dtype, width, bytes, message) => {
    const run = () => decodeSafetensors(single(dtype, width, bytes), file);
    expect(run).toThrow(expect.objectContaining({ code: 'bad-value', tensor: 't' }));
    expect(run).toThrow(message);
  });

  test.each<[string, string, WritableTensor, string]>([
    ['a reserved name', '__metadata__', { shape: [0], data: new Float32Array() }, 'reserved'],
    ['a shape that does not fit', 't', { shape: [2], data: Float64Array.of(1) }, 'does not fit 1'],
    ['a negative shape', 't', { shape: [-1, -1], data: Float64Array.of(1) }, 'shape [-1, -1]'],
    [
      'a number too large for F32',
      't',
      { dtype: 'F32', shape: [1], data: Float64Array.of(1e39) },
      'element 0 is 1e+39, F32 holds single-precision numbers',
    ],
    [
      'a fraction as I8',
      't',
      { dtype: 'I8', shape: [1], data: Float64Array.of(0.5) },
      'element 0 is 0.5, I8 holds integers from -128 to 127',
    ],
    ['128 as I8', 't', { dtype: 'I8', shape: [1], data: Float64Array.of(128) }, 'element 0 is 128'],
    ['NaN as I64', 't', { dtype: 'I64', shape: [1], data: Float64Array.of(NaN) }, 'is NaN'],
    ['2^63 as I64', 't', { dtype: 'I64', shape: [1], data: Float64Array.of(2 ** 63) }, 'element 0'],
    [
      '2 as BOOL',
      't',
      { dtype: 'BOOL', shape: [1], data: Float64Array.of(2) },
      'the bytes 0 and 1',
    ],
    [
      'a dtype that is only read',
      't',
      { dtype: 'F8' as Dtype, shape: [1], data: Float64Array.of(0) },
      'dtype F8 cannot be written',
    ],
  ])('to write %s', (_, name, tensor, message) => {
    const run = () => encodeSafetensors({ tensors: new Map([[name, tensor]]) }, file);
    expect(run).toThrow(FileError);
    expect(run).toThrow(message);
  });
});

describe('damage', () => {
  const small = encodeSafetensors(
    {
      tensors: new Map<string, WritableTensor>([
        ['fc1', { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
        ['fc2', { shape: [1], data: Float64Array.of(5) }],
        ['none', { shape: [0], data: new Float32Array() }],
      ]),
      metadata: new Map([['format', 'test']]),
    },
    file,
  );

  /** Decodes, and lets pass nothing but success or a FileError. */
  const survives = (bytes: Uint8Array): boolean => {
    try {
      decodeSafetensors(bytes, file);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(FileError);
      return false;
    }
  };

  test('truncation at every byte is a FileError', () => {
    expect(survives(small)).toBe(true);
    for (let length = 0; length < small.length; length++) {
      expect(survives(small.subarray(0, length))).toBe(false);
    }
  });

  test('every single byte changed to any value is read or is a FileError', () => {
    for (let at = 0; at < small.length; at++) {
      for (const value of [0, 1, 0x22, 0x2c, 0x2d, 0x30, 0x39, 0x5b, 0x7b, 0x7d, 0x80, 0xff]) {
        const bytes = small.slice();
        bytes[at] = value;
        survives(bytes);
      }
    }
  });

  test('garbage is a FileError', () => {
    const garbage = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(garbage, (bytes) => {
        survives(bytes);
      }),
      { numRuns: runs(500) },
    );
  });

  test('any JSON header over any bytes is read or is a FileError', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.record(
        {
          dtype: fc.constantFrom('F64', 'U8', 'BOOL', 'I64', 'X', 1),
          shape: fc.array(fc.oneof(fc.nat(3), fc.double(), fc.integer())),
          data_offsets: fc.array(fc.oneof(fc.nat(16), fc.double()), { maxLength: 3 }),
        },
        { requiredKeys: ['dtype'] },
      ),
    );
    const header = fc.dictionary(fc.oneof(fc.string(), fc.constant('__metadata__')), value);
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 32 }), (json, buffer) => {
        survives(layout(json, buffer));
      }),
      { numRuns: runs(500) },
    );
  });
});

describe('files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'safetensors-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('writes and reads a file, and leaves nothing beside it', async () => {
    const path = join(folder, 'written.safetensors');
    const tensors = new Map([['fc1', { shape: [2], data: Float64Array.of(Math.PI, -0) }]]);
    await writeSafetensors(path, { tensors });
    const back = await readSafetensors(path);
    expect(back.tensors.get('fc1')).toEqual({ dtype: 'F64', ...tensors.get('fc1') });
    expect(await readdir(folder)).toEqual(['written.safetensors']);
  });

  test('a tensor that cannot be written leaves the old file', async () => {
    const path = join(folder, 'kept.safetensors');
    await writeFile(path, 'old');
    const tensors = new Map([['t', { shape: [3], data: Float64Array.of(1) }]]);
    await expect(writeSafetensors(path, { tensors })).rejects.toThrow(FileError);
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  test('a file that cannot be read, or is damaged, is named', async () => {
    const missing = join(folder, 'missing.safetensors');
    const read = readSafetensors(missing);
    await expect(read).rejects.toThrow(FileError);
    await expect(read).rejects.toMatchObject({ code: 'cannot-read', file: missing });
    const damaged = join(folder, 'damaged.safetensors');
    await writeFile(damaged, 'damaged');
    await expect(readSafetensors(damaged)).rejects.toMatchObject({ file: damaged });
  });
});
