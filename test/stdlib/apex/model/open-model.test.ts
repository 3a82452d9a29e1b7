import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeElements, writeSafetensors } from '../../../../compiler/files/index.ts';
import type { Dtype } from '../../../../compiler/files/index.ts';
import { openModel } from '../../../../stdlib/apex/model/index.ts';
import {
  countOf,
  messageOf,
  temporaryFolder,
  valueOf,
  vitShapes,
  writeFilled,
  writeSharded,
} from './files.ts';

const folder = await temporaryFolder();
const shapes = vitShapes({ width: 4, layers: 2, classes: 3 });

const fresh = async (name: string): Promise<string> => {
  await mkdir(join(folder, name));
  return join(folder, name);
};

describe('one file', () => {
  test.each<Dtype>(['F32', 'F16', 'BF16', 'F64'])(
    '%s is read exactly, one tensor at a time',
    async (dtype) => {
      const file = join(folder, `${dtype}.safetensors`);
      await writeFilled(file, shapes, dtype);
      const model = await openModel(file);
      expect([...model.tensors.keys()]).toEqual(shapes.map(([name]) => name));
      for (const [t, [name, shape]] of shapes.entries()) {
        expect(model.tensors.get(name)).toEqual({
          name,
          dtype,
          shape,
          count: countOf(shape),
          file,
        });
        const data = await model.read(name);
        expect(data).toBeInstanceOf(dtype === 'F64' ? Float64Array : Float32Array);
        expect([...data]).toEqual(Array.from({ length: countOf(shape) }, (_, i) => valueOf(t, i)));
        expect(await model.readBytes(name)).toEqual(encodeElements({ name, dtype, data }, file));
      }
    },
  );

  test('a folder stands for the model in it', async () => {
    const place = await fresh('one');
    await writeFilled(join(place, 'model.safetensors'), shapes);
    expect((await openModel(place)).tensors.size).toBe(shapes.length);
  });

  test('integers are kept as bytes, and are no weights', async () => {
    const file = join(folder, 'ids.safetensors');
    const ids = { dtype: 'I64' as const, shape: [2], data: Float64Array.of(0, 1) };
    await writeSafetensors(file, { tensors: new Map([['position_ids', ids]]) });
    const model = await openModel(file);
    expect([...(await model.readBytes('position_ids'))].filter((byte) => byte !== 0)).toEqual([1]);
    expect(await messageOf(model.read('position_ids'))).toBe(
      `error[unknown-dtype]: ${file}: tensor "position_ids": I64 is no dtype for weights\n` +
        '  hint: store weights and gradients as F32, F16, BF16 or F64',
    );
    expect(await messageOf(model.read('ids'))).toBe(
      `error[missing-tensor]: ${file}: tensor "ids": is missing\n` +
        '  hint: use a name that the model has: position_ids',
    );
  });

  test('a folder without a model says what to do', async () => {
    const place = await fresh('pickled');
    expect(await messageOf(openModel(place))).toBe(
      `error[cannot-read]: ${place}: holds neither model.safetensors nor model.safetensors.index.json\n` +
        '  hint: name the file itself, or call it model.safetensors',
    );
    await writeFile(join(place, 'pytorch_model.bin'), '');
    expect(await messageOf(openModel(place))).toContain(
      'hint: convert pytorch_model.bin: in Python, from_pretrained(...).save_pretrained(folder, safe_serialization=True)',
    );
    expect(await messageOf(openModel(join(place, 'pytorch_model.bin')))).toContain(
      'is no safetensors file\n  hint: convert it: in Python, ',
    );
    await expect(openModel(join(folder, 'no'))).rejects.toThrow('error[cannot-read]');
  });
});

describe('several files', () => {
  const first = 'model-00001-of-00002.safetensors';
  const second = 'model-00002-of-00002.safetensors';
  const last = shapes.at(-1)![0];
  const begin = shapes[0]![0];

  const broken = async (name: string, change: (map: Record<string, unknown>) => unknown) => {
    const place = await fresh(name);
    const index = await writeSharded(place, shapes);
    const json = JSON.parse(await readFile(index, 'utf8')) as {
      weight_map: Record<string, unknown>;
    };
    await change(json.weight_map);
    await writeFile(index, JSON.stringify(json));
    return { place, index, opening: openModel(index) };
  };

  test('are one model, whichever way it is named', async () => {
    const place = await fresh('sharded');
    const index = await writeSharded(place, shapes, 'F16');
    for (const path of [place, index]) {
      const model = await openModel(path);
      expect([...model.tensors.keys()].sort()).toEqual(shapes.map(([name]) => name).sort());
      expect([...(await model.read(last))]).toEqual(
        Array.from({ length: 3 }, (_, i) => valueOf(shapes.length - 1, i)),
      );
      expect(model.tensors.get(last)!.file).toBe(join(place, second));
      expect(model.files.map(({ name }) => name)).toEqual([first, second]);
    }
  });

  test('a missing file', async () => {
    const place = await fresh('missing');
    const index = await writeSharded(place, shapes);
    await rm(join(place, second));
    const message = await messageOf(openModel(place));
    expect(message).toContain(`error[cannot-read]: ${join(place, second)}: ENOENT`);
    expect(message).toContain(`hint: the index ${index} names this file: put it beside the index`);
  });

  test('a tensor that is not where the index puts it', async () => {
    const away = await broken('moved', (map) => (map[last] = first));
    expect(await messageOf(away.opening)).toBe(
      `error[missing-tensor]: ${away.index}: tensor "${last}": is not in ${first}, where the index puts it; it is in ${second}\n` +
        '  hint: the index and its files do not belong together: download or export them again',
    );
    const none = await broken('none', (map) => (map['ghost'] = first));
    expect(await messageOf(none.opening)).toContain(
      `tensor "ghost": is not in ${first}, where the index puts it\n`,
    );
  });

  test('a tensor that the index leaves out', async () => {
    const { opening, index } = await broken('left-out', (map) => delete map[last]);
    expect(await messageOf(opening)).toContain(
      `error[unknown-tensor]: ${index}: tensor "${last}": is in ${second}, but not in the index`,
    );
  });

  test('a tensor in two files', async () => {
    const place = await fresh('twice');
    const index = await writeSharded(place, shapes);
    await copyFile(join(place, first), join(place, second));
    expect(await messageOf(openModel(place))).toContain(
      `error[duplicate-name]: ${index}: tensor "${begin}": is both in ${first} and in ${second}`,
    );
  });

  test.each([['../away.safetensors'], ['/etc/passwd'], ['a.bin'], [7]])(
    'no file is opened outside the folder: %s',
    async (name) => {
      const { opening, index } = await broken(
        `outside-${String(name).length}`,
        (map) => (map[last] = name),
      );
      expect(await messageOf(opening)).toBe(
        `error[bad-index]: ${index}: tensor "${last}": is said to be in ${JSON.stringify(name)}\n` +
          '  hint: give the plain name of a .safetensors file beside the index',
      );
    },
  );

  test('an index without a map, and one that is no JSON', async () => {
    const index = join(folder, 'x.safetensors.index.json');
    for (const [text, message] of [
      ['{}', 'error[bad-index]'],
      ['{', 'error[bad-json]'],
      ['[]', 'is no JSON object'],
      ['{"a":1,"a":2}', 'has the key "a" twice'],
    ] as const) {
      await writeFile(index, text);
      await expect(openModel(index)).rejects.toThrow(message);
    }
  });
});
