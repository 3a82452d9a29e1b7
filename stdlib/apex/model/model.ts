// What a model is to ZK-APEX: named tensors on a disk, read one at a time.
import type { Dtype, ElementRange } from '../../../compiler/files/index.ts';
import type { Numbers } from '../reference/index.ts';

/** What is known of a tensor without reading it. */
export interface ModelTensor {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** The product of the shape. */
  readonly count: number;
  /** The file that holds it. */
  readonly file: string;
}

/** One file of a model, as it is to be written again. */
export interface ModelFile {
  /** Its name without folders. */
  readonly name: string;
  /** The names of its tensors, in the order of their bytes. */
  readonly tensors: readonly string[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** An opened model. Nothing is held but names and shapes; every read goes to the disk. */
export interface Model {
  /** As the caller named it, for messages. */
  readonly path: string;
  readonly tensors: ReadonlyMap<string, ModelTensor>;
  readonly files: readonly ModelFile[];
  /** The index of a model in several files: its name and what it says beside the `weight_map`. */
  readonly index?: { readonly name: string; readonly rest: Readonly<Record<string, unknown>> };
  /**
   * One tensor, flattened row-major: doubles for F64, single precision for F32, F16 and BF16. All values are exact; NaN
   * and infinities are passed on (`readMatrix` refuses them).
   * @throws FileError `missing-tensor`, `unknown-dtype` (integers are no weights), `changed`, `cannot-read`.
   */
  read(name: string): Promise<Numbers>;
  /** Several runs of elements of one tensor, in one go. @throws as `read`. */
  readRanges(name: string, ranges: readonly ElementRange[]): Promise<Numbers[]>;
  /** The stored bytes of one tensor of any dtype, in pieces of a few MiB. @throws as `read`. */
  bytes(name: string): AsyncGenerator<Uint8Array>;
  /** The stored bytes of one tensor of any dtype, at once. @throws as `read`. */
  readBytes(name: string): Promise<Uint8Array>;
}

/** All pieces as one. */
export async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return all.length === 1 ? all[0]! : Uint8Array.from(Buffer.concat(all));
}
