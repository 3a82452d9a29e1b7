// One tensor's entry in a safetensors header: { "dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24] }
//   end − begin = bytes of the dtype × product of the shape
import { dtypes, isDtype } from './dtypes.ts';
import type { Dtype } from './dtypes.ts';
import { FileError } from './errors.ts';
import type { FileErrorCode } from './errors.ts';

/** Where one tensor lies. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** First byte, counted from the start of the file. */
  readonly begin: number;
  /** Number of elements. */
  readonly count: number;
}

/** The cure for a header that breaks the format. */
export const rewrite = 'the file is damaged or no safetensors file: download or export it again';

/** How many bytes a tensor takes. */
export const byteLength = ({ dtype, count }: TensorEntry): number => count * dtypes[dtype].bytes;

/** Whether a JSON value is an object. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks one entry of the header by itself; whether entries tile the file is checked by the header.
 * @param name the tensor's name.
 * @param value what the header holds under it.
 * @throws FileError `bad-header`, `unknown-dtype`, `bad-shape` or `bad-offsets`.
 */
export function checkEntry(
  name: string,
  value: unknown,
  { file, bufferStart }: { readonly file: string; readonly bufferStart: number },
): TensorEntry {
  const refuse = (code: FileErrorCode, problem: string, hint = rewrite) =>
    new FileError({ code, file, tensor: name, problem, hint });
  if (!isRecord(value) || Object.keys(value).sort().join() !== 'data_offsets,dtype,shape') {
    throw refuse('bad-header', 'its entry must have exactly dtype, shape and data_offsets');
  }
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isDtype(dtype)) {
    const hint = `convert it to one of ${Object.keys(dtypes).join(', ')}`;
    throw refuse('unknown-dtype', `dtype ${show(dtype)} is not supported`, hint);
  }
  if (!isSizeList(shape)) {
    const problem = `shape ${show(shape)} is not a list of non-negative safe integers`;
    throw refuse('bad-shape', problem);
  }
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  const size = count * dtypes[dtype].bytes;
  if (!Number.isSafeInteger(size)) {
    throw refuse('bad-shape', `shape ${show(shape)} has more elements than a file can hold`);
  }
  if (!isSizeList(offsets) || offsets.length !== 2) {
    const problem = `data_offsets ${show(offsets)} are not two non-negative safe integers`;
    throw refuse('bad-offsets', problem);
  }
  const [begin, end] = offsets as [number, number];
  if (end - begin !== size) {
    const problem = `data_offsets [${begin}, ${end}] span ${end - begin} bytes`;
    throw refuse('bad-offsets', `${problem}, ${dtype} ${show(shape)} needs ${size}`);
  }
  return { name, dtype, shape, begin: bufferStart + begin, count };
}

const isSizeList = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);

/** A JSON value for a message: lists are cut short, and nothing nested is followed. */
function show(value: unknown): string {
  if (!Array.isArray(value)) return typeof value === 'object' ? '{…}' : JSON.stringify(value);
  const items = value.slice(0, 8).map((item) => (typeof item === 'object' ? '…' : String(item)));
  return `[${items.join(', ')}${value.length > 8 ? ', …' : ''}]`;
}
