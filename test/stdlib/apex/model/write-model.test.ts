import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSafetensors } from '../../../../compiler/files/index.ts';
import type { Dtype } from '../../../../compiler/files/index.ts';
import {
  blockNumbering,
  hashUnscoped,
  openModel,
  openScope,
  patchedWeights,
  readBlocks,
  readMatrix,
  writeModel,
} from '../../../../stdlib/apex/model/index.ts';
import type { Model, Scope } from '../../../../stdlib/apex/model/index.ts';
import { messageOf, optShapes, temporaryFolder, writeFilled, writeSharded } from './files.ts';

const folder = await temporaryFolder();
const shapes = optShapes({ width: 4, layers: 2, tokens: 5 });
let places = 0;
const fresh = async (): Promise<string> => {
  const place = join(folder, String(places++));
  await mkdir(place);
  return place;
};
const single = async (dtype: Dtype): Promise<{ place: string; model: Model; scope: Scope }> => {
  const place = await fresh();
  await writeFilled(join(place, 'model.safetensors'), shapes, dtype);
  const model = await openModel(place);
  return { place, model, scope: await openScope(model) };
};
/** No 16-bit float holds it. */
const third = Math.fround(1 / 3);
const same = (model: Model) => async (tensor: Scope['tensors'][number]) =>
  (await readMatrix(model, tensor)).data;

describe('writing', () => {
  test('the same weights give the same file, byte by byte', async () => {
    for (const dtype of ['F32', 'F64'] as const) {
      const { place, model, scope } = await single(dtype);
      const target = join(place, 'copy.safetensors');
      await writeModel({ model, scope, target, weights: same(model) });
      expect(await readFile(target)).toEqual(await readFile(join(place, 'model.safetensors')));
    }
  });

  test.each<[Dtype, 'F32' | 'source', Dtype, number]>([
    ['F16', 'F32', 'F32', third],
    ['F16', 'source', 'F16', 0.333251953125],
    ['BF16', 'source', 'BF16', 0.333984375],
    ['F64', 'F32', 'F64', third],
  ])(
    'a source in %s, dtype %s: scope in %s, all else untouched',
    async (dtype, choice, written, value) => {
      const { place, model, scope } = await single(dtype);
      const target = join(place, 'out');
      const weights = () => new Float64Array(64).fill(third);
      await writeModel({ model, scope, target, weights, dtype: choice });
      expect(await readdir(place)).toEqual(['model.safetensors', 'out']);
      const back = await openModel(target);
      expect([...back.tensors.keys()].sort()).toEqual([...model.tensors.keys()].sort());
      expect(back.files[0]!.metadata).toEqual(new Map([['format', 'pt']]));
      const scoped = scope.tensors.map(({ name }) => name);
      for (const [name, { shape }] of model.tensors) {
        const isScoped = scoped.includes(name);
        expect(back.tensors.get(name)).toMatchObject({ shape, dtype: isScoped ? written : dtype });
        if (isScoped) expect(new Set(await back.read(name))).toEqual(new Set([value]));
        else expect(await back.readBytes(name)).toEqual(await model.readBytes(name));
      }
      expect(await hashUnscoped(back, scope)).toBe(await hashUnscoped(model, scope));
    },
  );

  test('a model in several files stays in several files', async () => {
    const place = await fresh();
    await writeSharded(place, shapes, 'F16');
    const model = await openModel(place);
    const scope = await openScope(model, { matrices: 'both' });
    const target = join(folder, 'sharded-out');
    await mkdir(target);
    await writeModel({ model, scope, target, weights: same(model) });
    expect((await readdir(target)).sort()).toEqual((await readdir(place)).sort());
    const back = await openModel(target);
    expect(back.files.map(({ name, tensors }) => [name, tensors.toSorted()])).toEqual(
      model.files.map(({ name, tensors }) => [name, tensors.toSorted()]),
    );
    for (const name of model.tensors.keys()) {
      expect([...(await back.read(name))]).toEqual([...(await model.read(name))]);
    }
    const index = JSON.parse(
      await readFile(join(target, 'model.safetensors.index.json'), 'utf8'),
    ) as unknown;
    const bytes = [...back.tensors.values()].reduce(
      (sum, { dtype, count }) => sum + count * (dtype === 'F32' ? 4 : 2),
      0,
    );
    expect(index).toMatchObject({ metadata: { total_size: bytes } });
    expect(
      await messageOf(writeModel({ model, scope, target: 'x.safetensors', weights: same(model) })),
    ).toBe(
      'error[cannot-write]: x.safetensors: is one file, the model has 2\n' +
        '  hint: name a folder that does not exist yet',
    );
  });

  test('some blocks are exchanged, all other weights stay', async () => {
    const { place, model, scope } = await single('F16');
    const target = join(place, 'out.safetensors');
    const { at, count } = blockNumbering(scope);
    const changed = [3, count - 1].map((number) => {
      const block = at(number);
      return { block, entries: new Float64Array(block.length).fill(third) };
    });
    await writeModel({ model, scope, target, weights: patchedWeights(model, scope, changed) });
    const back = await openModel(target);
    const before: number[] = [];
    const after: number[] = [];
    for await (const { entries: each } of readBlocks(model, scope)) before.push(...each);
    for await (const { entries: each } of readBlocks(back, scope)) after.push(...each);
    const { of } = blockNumbering(scope);
    const isChanged = (position: number) => [3, count - 1].includes(of(position).number);
    expect(after).toEqual(before.map((weight, i) => (isChanged(i) ? third : weight)));
    const foreign = [{ ...changed[0]!, block: { ...at(0), tensor: 'ghost' } }];
    expect(() => patchedWeights(model, scope, foreign)).toThrow(
      'error[unknown-tensor]: tensor "ghost", block 0: its tensor is not in the scope',
    );
  });

  test('a matrix stored as [in, out] goes back as it came', async () => {
    const { place, model } = await single('F32');
    const scopeFile = join(place, 'scope.json');
    const tensors = ['model.decoder.layers.*.fc1.weight'];
    await writeFile(
      scopeFile,
      JSON.stringify({ lethe: 'scope', version: 1, tensors, orientation: 'in-out' }),
    );
    const scope = await openScope(model, { scopeFile });
    const target = join(place, 'copy.safetensors');
    await writeModel({ model, scope, target, weights: same(model) });
    expect(await readFile(target)).toEqual(await readFile(join(place, 'model.safetensors')));
  });
});

describe('refusals leave nothing behind', () => {
  test.each<[string, (i: number) => number, number, 'F32' | 'source', string]>([
    ['NaN', (i) => (i === 5 ? NaN : 0), 64, 'F32', 'weight 5 of [out, in] is NaN'],
    ['too few', () => 0, 63, 'F32', '63 weights are given, it has 64'],
    [
      'too large',
      (i) => (i === 5 ? 1e6 : 0),
      64,
      'source',
      'element 5 is 1000000, F16 holds half-precision',
    ],
  ])('%s', async (_name, weight, length, dtype, message) => {
    const { place, model, scope } = await single('F16');
    const weights = () => Float64Array.from({ length }, (_, i) => weight(i));
    for (const target of [join(place, 'out'), join(place, 'out.safetensors')]) {
      expect(await messageOf(writeModel({ model, scope, target, weights, dtype }))).toContain(
        message,
      );
      expect(await readdir(place)).toEqual(['model.safetensors']);
    }
  });

  test('a folder that holds something', async () => {
    const { place, model, scope } = await single('F32');
    expect(await messageOf(writeModel({ model, scope, target: place, weights: same(model) }))).toBe(
      `error[cannot-write]: ${place}: is a folder that already holds model.safetensors\n` +
        '  hint: name a folder that does not exist yet',
    );
    const target = join(place, 'no', 'out');
    await expect(writeModel({ model, scope, target, weights: same(model) })).rejects.toThrow(
      'error[cannot-write]',
    );
  });
});

describe('the hash of what is out of scope', () => {
  test('is that of its description', async () => {
    const { model, scope } = await single('F16');
    const parts: Buffer[] = [Buffer.from('lethe unscoped tensors 1\n')];
    const number = (value: number) => {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32LE(value);
      parts.push(bytes);
    };
    const text = (value: string) => {
      number(value.length);
      parts.push(Buffer.from(value));
    };
    const names = [...model.tensors.keys()].filter((name) => !name.endsWith('fc1.weight')).sort();
    number(names.length);
    for (const name of names) {
      text(name);
      text('F16');
      const { shape, count } = model.tensors.get(name)!;
      number(shape.length);
      shape.forEach(number);
      number(2 * count);
      parts.push(Buffer.from(await model.readBytes(name)));
    }
    const expected = createHash('sha256').update(Buffer.concat(parts)).digest('hex');
    expect(await hashUnscoped(model, scope)).toBe(expected);
  });

  test('does not depend on files, orders and what is in scope; on every other byte it does', async () => {
    const place = await fresh();
    await writeSharded(place, shapes);
    const sharded = await openModel(place);
    const { model, scope } = await single('F32');
    const hash = await hashUnscoped(model, scope);
    expect(await hashUnscoped(sharded, scope)).toBe(hash);
    const half = await single('F16');
    expect(await hashUnscoped(half.model, scope)).not.toBe(hash);
    const both = await openScope(model, { matrices: 'both' });
    expect(await hashUnscoped(model, both)).not.toBe(hash);

    const file = join(await fresh(), 'model.safetensors');
    const source = join(model.path, 'model.safetensors');
    const bytes = await readFile(source);
    const { entries } = await openSafetensors(source);
    const scoped = scope.tensors.map(({ name }) => name);
    for (const [name, { begin, count }] of entries) {
      const copy = Buffer.from(bytes);
      const at = begin + 4 * count - 1;
      copy[at] = copy[at]! ^ 1;
      await writeFile(file, copy);
      const other = await hashUnscoped(await openModel(file), scope);
      if (scoped.includes(name)) expect(other).toBe(hash);
      else expect(other).not.toBe(hash);
    }
  });

  test('a scope of another model is refused', async () => {
    const { model, scope } = await single('F32');
    const foreign = { ...scope, tensors: [{ ...scope.tensors[0]!, name: 'ghost' }] };
    expect(await messageOf(hashUnscoped(model, foreign))).toBe(
      `error[missing-tensor]: ${model.path}: tensor "ghost": is missing\n` +
        '  hint: the scope was made for another model',
    );
  });
});
