// Models for tests: the names, shapes and types of real ones, at any width; small ones filled, large ones sparse.
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { dtypes, writeSafetensors } from '../../../../compiler/files/index.ts';
import type { Dtype, WritableTensor } from '../../../../compiler/files/index.ts';
import type { Shapes } from '../../../../examples/studies/full-size/shapes.ts';
import { layout } from '../../../compiler/files/layout.ts';

export { optShapes, vitShapes } from '../../../../examples/studies/full-size/shapes.ts';
export type { Shapes };

/** A folder that is removed after the tests of a file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lethe-model-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
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
