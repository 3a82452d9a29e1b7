// Tensors as they come from files: numbers are reals, bigints are exact integers.
import type { Shape } from '../ir/shape.ts';

export interface RawTensor {
  readonly shape: Shape;
  /** Row-major. */
  readonly values: ArrayLike<number | bigint>;
  /** Where it was read, for messages. */
  readonly file: string;
}

export type RawTensors = ReadonlyMap<string, RawTensor>;
