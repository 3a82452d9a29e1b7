// Models for tests: the names, shapes and types of real ones, at any width; small ones filled, large ones sparse.
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { dtypes, writeSafetensors } from '../../../../compiler/files/index.ts';
import type { Dtype, WritableTensor } from '../../../../compiler/files/index.ts';
import { layout } from '../../../compiler/files/layout.ts';

export type Shapes = readonly (readonly [name: string, shape: readonly number[]])[];

/** A folder that is removed after the tests of a file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lethe-model-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const linear = (name: string, out: number, inner: number): Shapes => [
  [`${name}.weight`, [out, inner]],
  [`${name}.bias`, [out]],
];
const norm = (name: string, width: number): Shapes => [
  [`${name}.weight`, [width]],
  [`${name}.bias`, [width]],
];
const layersOf = (count: number, one: (layer: number) => Shapes): Shapes =>
  Array.from({ length: count }, (_, layer) => one(layer)).flat();

/** google/vit-base-patch16-224, ViTForImageClassification; 197 positions, 1000 classes at full size. */
export function vitShapes({
  width = 768,
  layers = 12,
  classes = 1000,
  prefix = 'vit.',
} = {}): Shapes {
  return [
    [`${prefix}embeddings.cls_token`, [1, 1, width]],
    [`${prefix}embeddings.position_embeddings`, [1, 197, width]],
    [`${prefix}embeddings.patch_embeddings.projection.weight`, [width, 3, 16, 16]],
    [`${prefix}embeddings.patch_embeddings.projection.bias`, [width]],
    ...layersOf(layers, (layer) => {
      const at = `${prefix}encoder.layer.${layer}`;
      return [
        ...linear(`${at}.attention.attention.query`, width, width),
        ...linear(`${at}.attention.attention.key`, width, width),
        ...linear(`${at}.attention.attention.value`, width, width),
        ...linear(`${at}.attention.output.dense`, width, width),
        ...linear(`${at}.intermediate.dense`, 4 * width, width),
        ...linear(`${at}.output.dense`, width, 4 * width),
        ...norm(`${at}.layernorm_before`, width),
        ...norm(`${at}.layernorm_after`, width),
      ];
    }),
    ...norm(`${prefix}layernorm`, width),
    ...linear('classifier', classes, width),
  ];
}

/** facebook/opt-125m, OPTForCausalLM without the tied head; 50272 tokens at full size. */
export function optShapes({
  width = 768,
  layers = 12,
  tokens = 50272,
  prefix = 'model.',
} = {}): Shapes {
  return [
    [`${prefix}decoder.embed_tokens.weight`, [tokens, width]],
    [`${prefix}decoder.embed_positions.weight`, [2050, width]],
    ...norm(`${prefix}decoder.final_layer_norm`, width),
    ...layersOf(layers, (layer) => {
      const at = `${prefix}decoder.layers.${layer}`;
      return [
        ...['k_proj', 'v_proj', 'q_proj', 'out_proj'].flatMap((name) =>
          linear(`${at}.self_attn.${name}`, width, width),
        ),
        ...norm(`${at}.self_attn_layer_norm`, width),
        ...linear(`${at}.fc1`, 4 * width, width),
        ...linear(`${at}.fc2`, width, 4 * width),
        ...norm(`${at}.final_layer_norm`, width),
      ];
    }),
  ];
}

export const countOf = (shape: readonly number[]): number =>
  shape.reduce((count, size) => count * size, 1);

/** A value for entry i of tensor number t that every float type holds exactly. */
export const valueOf = (t: number, i: number): number => (((7 * i + 13 * t) % 31) - 15) / 8;

/** Filled tensors; in the order of the shapes. */
export const filled = (shapes: Shapes, dtype: Dtype = 'F32'): Map<string, WritableTensor> =>
  new Map(
    shapes.map(([name, shape], t) => {
      const data = Float64Array.from({ length: countOf(shape) }, (_, i) => valueOf(t, i));
      return [name, { dtype, shape, data }];
    }),
  );

/** Writes a small model whose tensors are {@link filled}. */
export async function writeFilled(
  file: string,
  shapes: Shapes,
  dtype: Dtype = 'F32',
): Promise<void> {
  const metadata = new Map([['format', 'pt']]);
  await writeSafetensors(file, { tensors: filled(shapes, dtype), metadata });
}

/** Writes a model of zeros that takes no room on the disk. */
export async function writeSparse(file: string, shapes: Shapes, dtype: Dtype): Promise<void> {
  let end = 0;
  const header = shapes.map(([name, shape]) => {
    const begin = end;
    end += countOf(shape) * dtypes[dtype].bytes;
    return [name, { dtype, shape, data_offsets: [begin, end] }];
  });
  const bytes = layout(Object.fromEntries(header));
  await writeFile(file, bytes);
  await truncate(file, bytes.length + end);
}

/** Splits shapes into two files and an index in a folder; returns the index. */
export async function writeSharded(
  folder: string,
  shapes: Shapes,
  dtype: Dtype = 'F32',
): Promise<string> {
  const tensors = [...filled(shapes, dtype)];
  const half = Math.ceil(tensors.length / 2);
  const weightMap: Record<string, string> = {};
  for (const [number, part] of [tensors.slice(0, half), tensors.slice(half)].entries()) {
    const name = `model-0000${number + 1}-of-00002.safetensors`;
    const metadata = new Map([['format', 'pt']]);
    await writeSafetensors(join(folder, name), { tensors: new Map(part), metadata });
    for (const [tensor] of part) weightMap[tensor] = name;
  }
  const index = join(folder, 'model.safetensors.index.json');
  const json = { metadata: { total_size: 1 }, weight_map: weightMap };
  await writeFile(index, JSON.stringify(json));
  return index;
}

/** The whole message of what a promise is rejected with. */
export async function messageOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}
