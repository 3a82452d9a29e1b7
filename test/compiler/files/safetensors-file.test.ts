import { mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  decodeSafetensors,
  FileError,
  openSafetensors,
  readSafetensors,
  streamSafetensors,
  writeSafetensors,
} from '../../../compiler/files/index.ts';
import type { Dtype, WritableTensor } from '../../../compiler/files/index.ts';
import { layout } from './layout.ts';
import { runs } from '../../tier.ts';

let folder: string;
let file: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'lethe-files-'))));
afterAll(() => rm(folder, { recursive: true }));

const values = Float64Array.of(1, 0, -2, 1.5, 100, 7);
const tensors = new Map<string, WritableTensor>(
  (['F64', 'F32', 'F16', 'BF16'] as Dtype[]).map((dtype) => [
    dtype,
    { dtype, shape: [2, 3], data: values },
  ]),
).set('count', { dtype: 'I64', shape: [], data: Float64Array.of(12) });

beforeAll(async () => {
  file = join(folder, 'a.safetensors');
  await writeSafetensors(file, { tensors, metadata: new Map([['by', 'me']]) });
});

const collect = async (pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
};

test('ranges of elements are read without the rest, in the precision of their type', async () => {
  const opened = await openSafetensors(file);
  expect(opened.metadata).toEqual(new Map([['by', 'me']]));
  for (const dtype of ['F64', 'F32', 'F16', 'BF16']) {
    const [all, middle, none] = await opened.read(dtype, [
      { start: 0, count: 6 },
      { start: 2, count: 3 },
      { start: 6, count: 0 },
    ]);
    expect([...all!]).toEqual([...values]);
    expect([...middle!]).toEqual([-2, 1.5, 100]);
    expect([...none!]).toEqual([]);
    expect(all).toBeInstanceOf(dtype === 'F64' ? Float64Array : Float32Array);
  }
  await expect(opened.read('F32', [{ start: 5, count: 2 }])).rejects.toThrow(RangeError);
});

test('a file is copied through its pieces, tensor by tensor', async () => {
  const opened = await openSafetensors(file);
  const copy = join(folder, 'copy.safetensors');
  const streamed = [...opened.entries.values()].map(({ name, dtype, shape }) => ({
    name,
    dtype,
    shape,
    bytes: () => opened.bytes(name),
  }));
  await streamSafetensors(copy, { tensors: streamed, metadata: opened.metadata });
  expect(await readFile(copy)).toEqual(await readFile(file));
  expect((await collect(opened.bytes('count'))).length).toBe(8);
});

test('too few bytes, too many, and a name twice write nothing', async () => {
  const target = join(folder, 'never.safetensors');
  const one = (length: number) => ({
    name: 't',
    dtype: 'F32' as const,
    shape: [2],
    bytes: () => [new Uint8Array(length)],
  });
  for (const [given, message] of [
    [[one(4)], '4 bytes came, F32 [2] needs 8'],
    [[one(12)], '12 bytes came, F32 [2] needs 8'],
    [[one(8), one(8)], 'occurs twice'],
  ] as const) {
    await expect(streamSafetensors(target, { tensors: given })).rejects.toThrow(message);
  }
  expect(await readdir(folder)).not.toContain('never.safetensors');
  await streamSafetensors(target, { tensors: [one(8)] });
  expect((await readSafetensors(target)).tensors.get('t')!.shape).toEqual([2]);
  await rm(target);
});

test('a file larger than memory should hold is opened by its header', async () => {
  const large = join(folder, 'large.safetensors');
  const bytes = 3 * 2 ** 30;
  const header = { t: { dtype: 'F32', shape: [bytes / 4], data_offsets: [0, bytes] } };
  const start = layout(header);
  await writeFile(large, start);
  await truncate(large, start.length + bytes);
  const opened = await openSafetensors(large);
  expect([...(await opened.read('t', [{ start: bytes / 4 - 2, count: 2 }]))[0]!]).toEqual([0, 0]);
  await truncate(large, start.length + bytes - 1);
  await expect(opened.read('t', [{ start: 0, count: 1 }])).rejects.toThrow(
    `error[changed]: ${large}: has changed since it was opened`,
  );
  await expect(openSafetensors(large)).rejects.toThrow('error[truncated]');
  await rm(large);
});

test('a damaged file is opened exactly if it is decoded, and then says the same', async () => {
  const bytes = await readFile(file);
  const damaged = join(folder, 'damaged');
  const outcome = async <T>(action: () => T | Promise<T>): Promise<T | string> => {
    try {
      return await action();
    } catch (error) {
      if (error instanceof FileError) return error.message;
      throw error;
    }
  };
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 3 }),
      fc.nat(bytes.length),
      async (changes, cut) => {
        const copy = Buffer.from(bytes).subarray(0, cut % 3 === 0 ? cut : bytes.length);
        for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
        await writeFile(damaged, copy);
        const opened = await outcome(async () => {
          const { entries, metadata, read } = await openSafetensors(damaged);
          const values = new Map<string, number[]>();
          for (const { name, count } of entries.values()) {
            values.set(name, [...(await read(name, [{ start: 0, count }]))[0]!]);
          }
          return { values, metadata };
        });
        const decoded = await outcome(() => {
          const { tensors: all, metadata } = decodeSafetensors(copy, damaged);
          return {
            values: new Map([...all].map(([name, { data }]) => [name, [...data]])),
            metadata,
          };
        });
        expect(opened).toEqual(decoded);
      },
    ),
    { numRuns: runs(200) },
  );
});

test('names that are not there, files that are not there, headers that are too long', async () => {
  const opened = await openSafetensors(file);
  await expect(opened.read('nothing', [])).rejects.toThrow(
    `error[missing-tensor]: ${file}: tensor "nothing": is not in it`,
  );
  await expect(openSafetensors(join(folder, 'no'))).rejects.toThrow('error[cannot-read]');
  await expect(openSafetensors(folder)).rejects.toThrow(/error\[(cannot-read|truncated)\]/);
  const long = join(folder, 'long');
  const start = new Uint8Array(8);
  new DataView(start.buffer).setBigUint64(0, 200_000_000n, true);
  await writeFile(long, start);
  await truncate(long, 200_000_008);
  await expect(openSafetensors(long)).rejects.toThrow('the header has 200000000 bytes');
  await rm(long);
});
