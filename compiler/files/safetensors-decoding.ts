// The tensors out of the bytes of a safetensors file, as doubles.
import { dtypes } from './dtypes.ts';
import type { Dtype } from './dtypes.ts';
import { FileError } from './errors.ts';
import type { TensorEntry } from './safetensors-entry.ts';
import { parseHeader } from './safetensors-header.ts';

/** A tensor as it was read, flattened row-major; every element is exact. */
export interface StoredTensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** A file's contents; the tensors are in the order of their bytes. */
export interface Safetensors {
  readonly tensors: Map<string, StoredTensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Decodes the bytes of a file. NaN and infinities are passed on as they are.
 * @param file its name, for messages.
 * @throws FileError `truncated`, `bad-header`, `duplicate-name`, `unknown-dtype`, `bad-shape`,
 *   `bad-offsets`; `bad-value` for an I64 that no double equals and for a BOOL other than 0 and 1.
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): Safetensors {
  const { entries, metadata } = parseHeader(bytes, file);
  const tensors = new Map<string, StoredTensor>();
  for (const entry of entries) {
    const { name, dtype, shape } = entry;
    tensors.set(name, { dtype, shape, data: decodeTensor(bytes, entry, file) });
  }
  return { tensors, metadata };
}

function decodeTensor(bytes: Uint8Array, entry: TensorEntry, file: string): Float64Array {
  const data = new Float64Array(entry.count);
  decodeElements({ bytes: bytes.subarray(entry.begin), entry, file, data });
  return data;
}

/**
 * Decodes as many elements as `data` has room for, from the first byte on.
 * @param input.entry the tensor that they belong to; `first` is the number of the first in it, for messages.
 * @throws FileError `bad-value`.
 */
export function decodeElements(input: {
  readonly bytes: Uint8Array;
  readonly entry: TensorEntry;
  readonly file: string;
  readonly data: Float32Array | Float64Array;
  readonly first?: number;
}): void {
  const { bytes, entry, file, data, first = 0 } = input;
  const { bytes: width, decode, holds } = dtypes[entry.dtype];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < data.length; i++) {
    const value = decode(view, i * width);
    if (value === undefined) {
      const problem = `element ${first + i} is not among what ${entry.dtype} may hold here: ${holds}`;
      const hint = 'store the tensor with another dtype';
      throw new FileError({ code: 'bad-value', file, tensor: entry.name, problem, hint });
    }
    data[i] = value;
  }
}
