// Writes a model with new weights in its scope: the same names, shapes, metadata and files; everything else byte by byte.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import {
  atomicWrite,
  dtypes,
  encodeElements,
  FileError,
  isRecord,
  streamSafetensors,
} from '../../../compiler/files/index.ts';
import type { Dtype, StreamedTensor } from '../../../compiler/files/index.ts';
import type { Numbers } from '../reference/index.ts';
import { toStored } from './matrices.ts';
import type { Model, ModelFile, ModelTensor } from './model.ts';
import { checkScope } from './scope.ts';
import type { Scope, ScopeTensor } from './scope.ts';

/**
 * `F32`: weights in scope are written in single precision (F64 stays F64), because 16 bits would round what was proved: in
 * single precision every format of at most 25 bits with its sign is exact. `source`: in the model's own type, rounded.
 */
export type ScopeDtype = 'F32' | 'source';

/** What to write. */
export interface ModelToWrite {
  readonly model: Model;
  readonly scope: Scope;
  /** A `.safetensors` file, or a folder that does not exist or is empty; a model in several files needs a folder. */
  readonly target: string;
  /** The new weights of one matrix, [out, in] flattened; asked for once each. */
  readonly weights: (tensor: ScopeTensor) => Numbers | Promise<Numbers>;
  /** `F32` by default. */
  readonly dtype?: ScopeDtype;
}

/**
 * Streamed; the target appears whole or not at all.
 * @throws FileError `cannot-write`; `bad-shape` for a wrong number of weights; `bad-value` for NaN, infinities, or weights
 *   beyond the dtype; or of reading.
 */
export async function writeModel(input: ModelToWrite): Promise<void> {
  const { model, scope, target } = input;
  checkScope(model, scope);
  const tensors = new Map(
    [...model.tensors].map(([name, tensor]) => [name, streamed(tensor, input)]),
  );
  if (!target.endsWith('.safetensors')) return writeFolder(target, model, tensors);
  if (model.index !== undefined) {
    const problem = `is one file, the model has ${model.files.length}`;
    const hint = 'name a folder that does not exist yet';
    throw new FileError({ code: 'cannot-write', file: target, problem, hint });
  }
  await writeFile(target, model.files[0]!, tensors);
}

function streamed(tensor: ModelTensor, input: ModelToWrite): StreamedTensor {
  const { model, scope, target, weights } = input;
  const { name, shape } = tensor;
  const scoped = scope.tensors.find((each) => each.name === name);
  if (scoped === undefined) {
    return { name, dtype: tensor.dtype, shape, bytes: () => model.bytes(name) };
  }
  const dtype: Dtype = input.dtype === 'source' || tensor.dtype === 'F64' ? tensor.dtype : 'F32';
  return {
    name,
    dtype,
    shape,
    async *bytes() {
      const data = await weights(scoped);
      checkWeights(data, tensor, target);
      yield encodeElements({ name, dtype, data: toStored(scoped, data) }, target);
    },
  };
}

function checkWeights(data: Numbers, { name, count }: ModelTensor, file: string): void {
  if (data.length !== count) {
    const problem = `${data.length} weights are given, it has ${count}`;
    const hint = 'give the whole matrix as [out, in]';
    throw new FileError({ code: 'bad-shape', file, tensor: name, problem, hint });
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const problem = `weight ${bad} of [out, in] is ${data[bad]}`;
  const hint = 'only finite weights are written';
  throw new FileError({ code: 'bad-value', file, tensor: name, problem, hint });
}

async function writeFile(
  target: string,
  { tensors: names, metadata }: ModelFile,
  tensors: ReadonlyMap<string, StreamedTensor>,
): Promise<void> {
  // Wider elements first, so that each tensor stays aligned where a dtype has changed.
  const width = (tensor: StreamedTensor): number => dtypes[tensor.dtype].bytes;
  const ordered = names.map((name) => tensors.get(name)!).sort((a, b) => width(b) - width(a));
  await streamSafetensors(target, { tensors: ordered, metadata });
}

/** All files into a folder beside the target, which then takes its place. */
async function writeFolder(
  target: string,
  model: Model,
  tensors: ReadonlyMap<string, StreamedTensor>,
): Promise<void> {
  const path = resolve(target);
  await checkVacant(target);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`);
  try {
    await mkdir(temporary);
    for (const file of model.files) await writeFile(join(temporary, file.name), file, tensors);
    if (model.index !== undefined) {
      await atomicWrite(
        join(temporary, model.index.name),
        indexText(model, model.index.rest, tensors),
      );
    }
    await rmdir(path).catch(() => undefined);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    if (cause instanceof FileError) throw cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    const hint = 'check that the folder around it exists, may be written to, and has room';
    throw new FileError({ code: 'cannot-write', file: target, problem, hint, cause });
  }
}

async function checkVacant(target: string): Promise<void> {
  const inside = await readdir(target).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    const problem = cause instanceof Error ? cause.message : String(cause);
    const hint = 'name a .safetensors file, or a folder that does not exist yet';
    throw new FileError({ code: 'cannot-write', file: target, problem, hint, cause });
  });
  if (inside.length === 0) return;
  const problem = `is a folder that already holds ${inside[0]}`;
  const hint = 'name a folder that does not exist yet';
  throw new FileError({ code: 'cannot-write', file: target, problem, hint });
}

function indexText(
  model: Model,
  rest: Readonly<Record<string, unknown>>,
  tensors: ReadonlyMap<string, StreamedTensor>,
): string {
  const size = [...tensors.values()].reduce(
    (sum, { dtype, shape }) =>
      sum + shape.reduce((count, each) => count * each, dtypes[dtype].bytes),
    0,
  );
  const metadata = { ...(isRecord(rest['metadata']) ? rest['metadata'] : {}), total_size: size };
  const map = model.files.flatMap(({ name, tensors: names }) => names.map((each) => [each, name]));
  const json = { ...rest, metadata, weight_map: Object.fromEntries(map) as unknown };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
