// The bytes of a safetensors file out of tensors: 8 bytes of header length, the JSON header padded with
// spaces to a multiple of 8, then the elements.
import { dtypes, isDtype } from './dtypes.ts';
import type { Dtype } from './dtypes.ts';
import { FileError } from './errors.ts';

/** A tensor to be written. Without a dtype, a Float32Array is F32 and a Float64Array F64. */
export interface WritableTensor {
  readonly dtype?: Dtype;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** What to write. */
export interface WritableSafetensors {
  readonly tensors: ReadonlyMap<string, WritableTensor>;
  readonly metadata?: ReadonlyMap<string, string>;
}

/**
 * The bytes of a file. Tensors lie in the map's order, wider elements first, so that each is aligned.
 * F32, F16 and BF16 round to nearest; every other dtype must hold its values exactly.
 * @param file its name, for messages.
 * @throws FileError `bad-shape` (shape and data disagree), `bad-value` (the dtype cannot hold it),
 *   `unknown-dtype`, or `duplicate-name` (a tensor called `__metadata__`).
 */
export function encodeSafetensors(contents: WritableSafetensors, file: string): Uint8Array {
  const tensors = [...contents.tensors].map(([name, tensor]) => checkTensor(name, tensor, file));
  tensors.sort((a, b) => dtypes[b.dtype].bytes - dtypes[a.dtype].bytes);

  // fromEntries, and no assignment, so that a tensor may be called "__proto__".
  let offset = 0;
  const entries = tensors.map(({ name, dtype, shape, data }): [string, unknown] => {
    const begin = offset;
    offset += data.length * dtypes[dtype].bytes;
    return [name, { dtype, shape, data_offsets: [begin, offset] }];
  });
  const { metadata } = contents;
  if (metadata !== undefined) entries.unshift(['__metadata__', Object.fromEntries(metadata)]);
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const headerLength = Math.ceil(json.length / 8) * 8;

  const bytes = new Uint8Array(8 + headerLength + offset).fill(0x20, 8, 8 + headerLength);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  bytes.set(json, 8);
  let at = 8 + headerLength;
  for (const tensor of tensors) at = encodeTensor(view, at, tensor, file);
  return bytes;
}

type NamedTensor = { readonly name: string } & Required<WritableTensor>;

function checkTensor(name: string, tensor: WritableTensor, file: string): NamedTensor {
  const { shape, data } = tensor;
  const dtype = tensor.dtype ?? (data instanceof Float32Array ? 'F32' : 'F64');
  if (name === '__metadata__') {
    const problem = 'the name is reserved by the format';
    throw new FileError({ code: 'duplicate-name', file, tensor: name, problem, hint: 'rename it' });
  }
  if (!isDtype(dtype)) {
    const problem = `dtype ${String(dtype)} cannot be written`;
    const hint = 'choose a dtype that can, such as F32 or F64';
    throw new FileError({ code: 'unknown-dtype', file, tensor: name, problem, hint });
  }
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0) || count !== data.length) {
    const problem = `shape [${shape.join(', ')}] does not fit ${data.length} elements`;
    const hint = 'give non-negative integer dimensions whose product is the number of elements';
    throw new FileError({ code: 'bad-shape', file, tensor: name, problem, hint });
  }
  return { name, dtype, shape, data };
}

/**
 * The bytes of one tensor's elements.
 * @param tensor its name and `file` serve messages.
 * @throws FileError `bad-value` for an element that the dtype cannot hold.
 */
export function encodeElements(
  tensor: { readonly name: string; readonly dtype: Dtype; readonly data: WritableTensor['data'] },
  file: string,
): Uint8Array {
  const bytes = new Uint8Array(tensor.data.length * dtypes[tensor.dtype].bytes);
  encodeTensor(new DataView(bytes.buffer), 0, tensor, file);
  return bytes;
}

/** Writes the elements from byte `start` on, reading each back; returns the byte behind the last. */
function encodeTensor(
  view: DataView,
  start: number,
  tensor: Omit<NamedTensor, 'shape'>,
  file: string,
): number {
  const { name, dtype, data } = tensor;
  const { bytes: width, encode, decode, rounds, holds } = dtypes[dtype];
  data.forEach((value: number, i: number) => {
    encode(view, start + i * width, value);
    const stored = decode(view, start + i * width);
    const exact = stored === value || (Number.isNaN(stored) && Number.isNaN(value));
    const rounded = rounds && Number.isFinite(stored);
    if (!exact && !rounded) {
      const problem = `element ${i} is ${value}, ${dtype} holds ${holds}`;
      const hint = 'choose a dtype that holds every element, such as F64';
      throw new FileError({ code: 'bad-value', file, tensor: name, problem, hint });
    }
  });
  return start + data.length * width;
}
