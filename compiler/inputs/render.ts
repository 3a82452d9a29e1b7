// Tensors for people and machines: nested arrays of reals, or of digits where there is no real value.
import { fractionOf, isOpaque } from '../ir/format.ts';
import type { TensorType } from '../ir/program.ts';
import { sizeOf } from '../ir/shape.ts';
import { toReal } from '../numbers/rounding.ts';

export type Nested = number | string | Nested[];

/** Integers of a tensor as nested arrays of reals; opaque values as strings of digits, exactly. */
export function renderTensor({ shape, format }: TensorType, integers: readonly bigint[]): Nested {
  const element = (value: bigint): number | string =>
    isOpaque(format) ? value.toString() : toReal(value, fractionOf(format));
  return nest(shape, integers.map(element));
}

/** Flat, row-major elements as nested arrays. */
export function nest<T extends Nested>(shape: readonly number[], elements: readonly T[]): Nested {
  const [length, ...inner] = shape;
  if (length === undefined) return elements[0]!;
  const step = sizeOf(inner);
  return Array.from({ length }, (_, i) => nest(inner, elements.slice(i * step, (i + 1) * step)));
}
