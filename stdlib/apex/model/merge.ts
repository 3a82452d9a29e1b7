// A model with an adapter merged in: W' = W + s·B·A, computed in doubles when the tensor is read, in the precision
//   F32 (F64 where the base is F64): a 16-bit base keeps every digit of the adapter.
import { encodeElements, FileError } from '../../../compiler/files/index.ts';
import type { Numbers } from '../reference/index.ts';
import type { Adapter, LowRankPair } from './adapter.ts';
import type { Model, ModelTensor } from './model.ts';
import { checkShape, checkWeightDtype, requireTensor, showNames, showShape } from './require.ts';

/**
 * The base model as the adapter changes it; everything that the adapter doesn't name is the base's own, byte by byte.
 * @throws FileError `unknown-tensor` (the base has no such module), `bad-shape`, `bad-adapter` (two entries for one tensor).
 */
export function mergeAdapter(base: Model, adapter: Adapter): Model {
  const { store } = adapter;
  const tensors = new Map(base.tensors);
  const merged = new Map<string, LowRankPair>();
  const replaced = new Map<string, string>();
  const claim = (name: string, from: string): ModelTensor => {
    const target = resolve(base, name);
    if (target === undefined) throw unknownModule(base, store, from, name);
    if (!merged.has(target.name) && !replaced.has(target.name)) return target;
    const problem = `is a second entry for ${target.name}`;
    const hint = 'save the adapter again: one entry for each tensor';
    throw new FileError({ code: 'bad-adapter', file: store.path, tensor: from, problem, hint });
  };
  for (const [module, pair] of adapter.pairs) {
    const target = claim(`${module}.weight`, pair.a);
    checkProduct(target, pair, adapter);
    merged.set(target.name, pair);
    tensors.set(target.name, { ...target, dtype: target.dtype === 'F64' ? 'F64' : 'F32' });
  }
  for (const [name, from] of adapter.replaced) {
    const target = claim(name, from);
    const own = requireTensor(store, from);
    checkShape(own, target.shape, `the base model's is`);
    replaced.set(target.name, from);
    tensors.set(target.name, { ...own, name: target.name });
  }

  const read = async (name: string): Promise<Numbers> => {
    const pair = merged.get(name);
    if (pair !== undefined) return product(base, name, pair, adapter);
    const from = replaced.get(name);
    return from === undefined ? base.read(name) : store.read(from);
  };
  const readBytes = async (name: string): Promise<Uint8Array> => {
    if (merged.has(name)) {
      const { dtype, file } = requireTensor({ path: base.path, tensors }, name);
      return encodeElements({ name, dtype, data: await read(name) }, file);
    }
    const from = replaced.get(name);
    return from === undefined ? base.readBytes(name) : store.readBytes(from);
  };
  return {
    ...base,
    tensors,
    read,
    readBytes,
    readRanges: async (name, ranges) => {
      const from = replaced.get(name);
      if (from !== undefined) return store.readRanges(from, ranges);
      if (!merged.has(name)) return base.readRanges(name, ranges);
      const whole = await read(name);
      return ranges.map(({ start, count }) => whole.slice(start, start + count));
    },
    async *bytes(name) {
      const from = replaced.get(name);
      if (merged.has(name)) yield await readBytes(name);
      else yield* from === undefined ? base.bytes(name) : store.bytes(from);
    },
  };
}

/** What the library puts before, or leaves away from, the names of one and the same model. */
const wrappers = ['vit.', 'model.'];

/** The base's tensor of that name, with or without the name of the wrapper around the model. */
function resolve(base: Model, name: string): ModelTensor | undefined {
  const names = [
    name,
    ...wrappers.filter((each) => name.startsWith(each)).map((each) => name.slice(each.length)),
    ...wrappers.map((each) => `${each}${name}`),
  ];
  return names.map((each) => base.tensors.get(each)).find((tensor) => tensor !== undefined);
}

function unknownModule(base: Model, store: Model, tensor: string, name: string): FileError {
  const problem = `the base model ${base.path} has no tensor ${name}`;
  const hint = `use the adapter's own base model; this one has ${showNames(base.tensors.keys())}`;
  return new FileError({ code: 'unknown-tensor', file: store.path, tensor, problem, hint });
}

function checkProduct(target: ModelTensor, pair: LowRankPair, { store, config }: Adapter): void {
  checkWeightDtype(target);
  const [rows, columns] = [
    store.tensors.get(pair.b)!.shape[0],
    store.tensors.get(pair.a)!.shape[1],
  ];
  const fits = config.transposed ? [columns, rows] : [rows, columns];
  if (target.shape.join() === fits.join()) return;
  const problem = `B A is ${showShape(fits as number[])}${config.transposed ? ' (transposed)' : ''}, ${target.name} is ${showShape(target.shape)}`;
  const hint = "use the adapter's own base model, and check fan_in_fan_out";
  throw new FileError({ code: 'bad-shape', file: store.path, tensor: pair.a, problem, hint });
}

async function product(
  base: Model,
  name: string,
  pair: LowRankPair,
  { store, config }: Adapter,
): Promise<Numbers> {
  const weights = (await base.read(name)).slice();
  const [a, b] = [await store.read(pair.a), await store.read(pair.b)];
  const { rank, scale, transposed } = config;
  const [rows, columns] = [b.length / rank, a.length / rank];
  const sums = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    for (let k = 0; k < rank; k++) {
      const factor = b[row * rank + k]!;
      for (let column = 0; column < columns; column++)
        sums[column]! += factor * a[k * columns + column]!;
    }
    for (let column = 0; column < columns; column++) {
      weights[transposed ? column * rows + row : row * columns + column]! += scale * sums[column]!;
    }
  }
  return weights;
}
