import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeSafetensors } from '../../../../compiler/files/index.ts';
import type { Dtype, WritableTensor } from '../../../../compiler/files/index.ts';
import {
  adapterNames,
  hashUnscoped,
  openModel,
  openScope,
} from '../../../../stdlib/apex/model/index.ts';
import { messageOf, optShapes, temporaryFolder, valueOf, writeFilled } from './files.ts';

const folder = await temporaryFolder();
const shapes = optShapes({ width: 4, layers: 2, tokens: 5 });
const query = 'model.decoder.layers.1.self_attn.q_proj';
const fc1 = 'model.decoder.layers.0.fc1';
const rank = 2;

const tensor = (shape: readonly number[], t = 3, dtype: Dtype = 'F32'): WritableTensor => {
  const count = shape.reduce((product, each) => product * each, 1);
  return { dtype, shape, data: Float64Array.from({ length: count }, (_, i) => valueOf(t, i)) };
};
const pair = (module: string, rows: number, columns: number): [string, WritableTensor][] => [
  [`${adapterNames.prefix}${module}${adapterNames.a}`, tensor([rank, columns], 5)],
  [`${adapterNames.prefix}${module}${adapterNames.b}`, tensor([rows, rank], 6)],
];
const good = [...pair(query, 4, 4), ...pair(fc1, 16, 4)];

let count = 0;
async function setting(
  entries: readonly (readonly [string, WritableTensor])[],
  config: object = {},
  dtype: Dtype = 'F32',
) {
  const place = join(folder, String(count++));
  await mkdir(place);
  const [base, adapter] = [join(place, 'model.safetensors'), join(place, 'adapter')];
  await mkdir(adapter);
  await writeFilled(base, shapes, dtype);
  await writeSafetensors(join(adapter, 'adapter_model.safetensors'), { tensors: new Map(entries) });
  const configFile = join(adapter, 'adapter_config.json');
  await writeFile(
    configFile,
    JSON.stringify({ peft_type: 'LORA', r: rank, lora_alpha: 3, ...config }),
  );
  return { base, adapter, configFile };
}

/** W + s·B·A by its definition. */
function naively(
  w: ArrayLike<number>,
  shape: readonly number[],
  scale: number,
  transposed = false,
) {
  const [rows, columns] = shape as [number, number];
  const [out, inner] = transposed ? [columns, rows] : [rows, columns];
  const a = tensor([rank, inner], 5).data;
  const b = tensor([out, rank], 6).data;
  return Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    const [o, n] = transposed ? [j, i] : [i, j];
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += b[o * rank + k]! * a[k * inner + n]!;
    return Math.fround(w[at]! + scale * sum);
  });
}

describe('merging', () => {
  test.each<[Dtype, object, number]>([
    ['F32', {}, 3 / rank],
    ['F16', {}, 3 / rank],
    ['BF16', { use_rslora: true }, 3 / Math.sqrt(rank)],
    ['F32', { use_dora: false, rank_pattern: {}, init_lora_weights: 'gaussian' }, 3 / rank],
  ])('of a base in %s with %j', async (dtype, config, scale) => {
    const { base, adapter } = await setting(good, config, dtype);
    const plain = await openModel(base);
    const merged = await openModel(base, { adapter });
    for (const [name, shape] of shapes) {
      const before = await plain.read(name);
      const isMerged = name === `${query}.weight` || name === `${fc1}.weight`;
      expect([...(await merged.read(name))]).toEqual(
        isMerged ? naively(before, shape, scale) : [...before],
      );
      expect(merged.tensors.get(name)!.dtype).toBe(isMerged ? 'F32' : dtype);
      if (!isMerged) expect(await merged.readBytes(name)).toEqual(await plain.readBytes(name));
    }
    const name = `${fc1}.weight`;
    const whole = await merged.read(name);
    expect([...(await merged.readRanges(name, [{ start: 5, count: 3 }]))[0]!]).toEqual([
      ...whole.slice(5, 8),
    ]);
    expect(await merged.readBytes(name)).toEqual(new Uint8Array(Float32Array.from(whole).buffer));
  });

  test('fan_in_fan_out: the base stores [in, out]', async () => {
    const entries = pair(fc1, 4, 16);
    const { base, adapter } = await setting(entries, { fan_in_fan_out: true });
    const before = await (await openModel(base)).read(`${fc1}.weight`);
    const merged = await openModel(base, { adapter: join(adapter, 'adapter_model.safetensors') });
    expect([...(await merged.read(`${fc1}.weight`))]).toEqual(
      naively(before, [16, 4], 3 / rank, true),
    );
  });

  test('a wrapper around the model may be missing in one of the two', async () => {
    const { base, adapter } = await setting(pair(fc1.slice('model.'.length), 16, 4));
    const before = await (await openModel(base)).read(`${fc1}.weight`);
    const merged = await openModel(base, { adapter });
    expect([...(await merged.read(`${fc1}.weight`))]).toEqual(naively(before, [16, 4], 3 / rank));
  });

  test('a tensor that the adapter holds whole replaces the base’s', async () => {
    const name = 'model.decoder.final_layer_norm.weight';
    const { base, adapter } = await setting([
      ...good,
      [`${adapterNames.prefix}${name}`, tensor([4], 8)],
    ]);
    const merged = await openModel(base, { adapter });
    expect([...(await merged.read(name))]).toEqual([...tensor([4], 8).data]);
    const plain = await openModel(base);
    const scope = await openScope(plain);
    expect(await hashUnscoped(merged, scope)).not.toBe(await hashUnscoped(plain, scope));
  });
});

describe('refusals', () => {
  test.each<[string, readonly (readonly [string, WritableTensor])[], object, string]>([
    ['no tensors', [], {}, 'holds no tensor'],
    [
      'a foreign name',
      [['x.lora_A.weight', tensor([2, 4])]],
      {},
      'tensor "x.lora_A.weight": does not begin with base_model.model.',
    ],
    [
      'an embedding',
      [['base_model.model.e.lora_embedding_A', tensor([2, 4])]],
      {},
      'is a kind of adapter that cannot be merged here',
    ],
    ['A without B', [good[0]!], {}, `error[missing-tensor]: `],
    [
      'an unknown module',
      pair('decoder.nothing', 4, 4),
      {},
      'has no tensor decoder.nothing.weight',
    ],
    ['another rank', good, { r: 3 }, `shape is [2, 4], [r, in] with r = 3 is expected`],
    ['another width', pair(fc1, 16, 5), {}, `B A is [16, 5], ${fc1}.weight is [16, 4]`],
    [
      'the wrong way round',
      good.slice(2),
      { fan_in_fan_out: true },
      `B A is [4, 16] (transposed), ${fc1}.weight is [16, 4]`,
    ],
    [
      'a head of another size',
      [['base_model.model.model.decoder.final_layer_norm.bias', tensor([9])]],
      {},
      "shape is [9], the base model's is [4]",
    ],
    [
      'one module twice',
      [...pair(fc1, 16, 4), ...pair(fc1.slice(6), 16, 4)],
      {},
      `is a second entry for ${fc1}.weight`,
    ],
    ['no rank', good, { r: 0 }, 'r is 0'],
    ['no alpha', good, { lora_alpha: null }, 'lora_alpha is null'],
    ['another method', good, { peft_type: 'IA3' }, 'peft_type is "IA3"'],
    ['DoRA', good, { use_dora: true }, 'use_dora is true'],
    ['ranks by pattern', good, { rank_pattern: { fc1: 8 } }, 'rank_pattern is {"fc1":8}'],
    [
      'a start that changes the base',
      good,
      { init_lora_weights: 'pissa' },
      'init_lora_weights is "pissa"',
    ],
    ['no flag', good, { use_rslora: 'yes' }, 'use_rslora is "yes"'],
  ])('%s', async (_name, entries, config, message) => {
    const { base, adapter } = await setting(entries, config);
    expect(await messageOf(openModel(base, { adapter }))).toContain(message);
  });

  test('what an error looks like', async () => {
    const { base, adapter } = await setting(good, { r: 3 });
    expect(await messageOf(openModel(base, { adapter }))).toBe(
      `error[bad-shape]: ${adapter}: tensor "base_model.model.${query}.lora_A.weight": shape is [2, 4], [r, in] with r = 3 is expected\n` +
        '  hint: r is from adapter_config.json: use the one that was saved with the adapter',
    );
    const dora = await setting(good, { use_dora: true });
    expect(await messageOf(openModel(dora.base, { adapter: dora.adapter }))).toBe(
      `error[bad-adapter]: ${dora.configFile}: use_dora is true\n` +
        '  hint: merge this adapter in Python (merge_and_unload) and open the result',
    );
  });
});
