// Writes a safetensors file without holding it: the header from names, types and shapes, then each tensor's bytes
// as they come.
import { atomicWrite } from './atomic-write.ts';
import { dtypes, isDtype } from './dtypes.ts';
import type { Dtype } from './dtypes.ts';
import { FileError } from './errors.ts';

/** A tensor whose bytes come piece by piece: little-endian, row-major. */
export interface StreamedTensor {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly bytes: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * Writes a file whole or not at all; the tensors lie in the order in which they are given.
 * @throws FileError `cannot-write`; `bad-shape` when a tensor's bytes are not as many as its shape needs;
 *   `duplicate-name`; whatever `bytes` throws.
 */
export async function streamSafetensors(
  file: string,
  contents: {
    readonly tensors: readonly StreamedTensor[];
    readonly metadata?: ReadonlyMap<string, string>;
  },
): Promise<void> {
  await atomicWrite(file, pieces(file, contents.tensors, contents.metadata ?? new Map()));
}

async function* pieces(
  file: string,
  tensors: readonly StreamedTensor[],
  metadata: ReadonlyMap<string, string>,
): AsyncGenerator<Uint8Array> {
  yield header(file, tensors, metadata);
  for (const tensor of tensors) {
    const expected = streamLength(tensor);
    let length = 0;
    for await (const piece of tensor.bytes()) {
      length += piece.length;
      yield piece;
    }
    if (length !== expected) {
      const problem = `${length} bytes came, ${tensor.dtype} [${tensor.shape.join(', ')}] needs ${expected}`;
      const hint = 'give every element of the tensor once';
      throw new FileError({ code: 'bad-shape', file, tensor: tensor.name, problem, hint });
    }
  }
}

const streamLength = ({ dtype, shape }: StreamedTensor): number =>
  shape.reduce((count, dimension) => count * dimension, dtypes[dtype].bytes);

function header(
  file: string,
  tensors: readonly StreamedTensor[],
  metadata: ReadonlyMap<string, string>,
): Uint8Array {
  const names = new Set(['__metadata__']);
  let offset = 0;
  const entries = tensors.map((tensor): [string, unknown] => {
    const { name, dtype, shape } = tensor;
    if (names.has(name)) {
      const problem =
        name === '__metadata__' ? 'the name is reserved by the format' : 'occurs twice';
      throw new FileError({
        code: 'duplicate-name',
        file,
        tensor: name,
        problem,
        hint: 'rename it',
      });
    }
    if (!isDtype(dtype)) throw new TypeError(`unknown dtype ${String(dtype)}`);
    names.add(name);
    const begin = offset;
    offset += streamLength(tensor);
    return [name, { dtype, shape, data_offsets: [begin, offset] }];
  });
  // fromEntries, and no assignment, so that a tensor may be called "__proto__".
  if (metadata.size > 0) entries.unshift(['__metadata__', Object.fromEntries(metadata)]);
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const bytes = new Uint8Array(8 + Math.ceil(json.length / 8) * 8).fill(0x20, 8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(bytes.length - 8), true);
  bytes.set(json, 8);
  return bytes;
}
