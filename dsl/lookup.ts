// Positions that the prover knows and the verifier does not: the largest element's, and that of an element to take.
import { fail } from '../compiler/diagnostics/diagnostic.ts';
import { narrowestFormat, numeric } from '../compiler/ir/format.ts';
import { renderType } from '../compiler/ir/program.ts';
import { sizeOf } from '../compiler/ir/shape.ts';
import { bitLength, interval } from '../compiler/numbers/interval.ts';
import { authorLine } from './source-line.ts';
import type { Tensor } from './tensor.ts';

export function argmax(x: Tensor): { oneHot: Tensor; index: Tensor } {
  const oneHot = x.topK(1);
  const length = x.shape.at(-1)!;
  const format = narrowestFormat(interval(0n, BigInt(length - 1)), 0);
  const positions = oneHot.constantLike([...Array(length).keys()], { shape: [length], format });
  return { oneHot, index: oneHot.mul(positions).sum({ axis: -1 }) };
}

/**
 * The elements at `index` along an axis, by a tree of choices between two: one for each bit of the index, the lowest first. A tree
 * takes one choice less than the axis is long; a product with a one-hot vector takes as many products, and its interval and error
 * are sums over the axis where those of a tree are the largest.
 */
export function gatherAt(x: Tensor, axis: number, index: Tensor): Tensor {
  if (numeric(index.format)?.fraction !== 0)
    fail(
      'format-mismatch',
      `gather: an index is an integer, got ${renderType(index)}`,
      'declare it as u(bits, 0), or rescale it to a format without fractional bits',
      authorLine(),
    );
  const length = x.shape[axis]!;
  const others = [...x.shape.keys()].filter((each) => each !== axis);
  const inner = others.map((each) => x.shape[each]!);
  const outer = index.shape;
  const ones = (shape: readonly number[]): number[] => shape.map(() => 1);

  index.assertWithin({ low: 0, high: length - 1 });
  const count = bitLength(BigInt(length - 1));
  const first = moved(x, [axis, ...others]);
  let table =
    count === 0
      ? first.gather({ axis: 0, indices: new Array<number>(sizeOf(outer)).fill(0) })
      : first.reshape([length, ...ones(outer), ...inner]);
  const bits = count === 0 ? undefined : index.bits(count);
  for (let i = 0; i < count; i++) {
    const bit = bits!
      .slice({ axis: -1, start: i, end: i + 1 })
      .reshape([1, ...outer, ...ones(inner)]);
    table = bit.select(everySecond(table, 1), everySecond(table, 0));
  }
  const before = others.filter((each) => each < axis).length;
  const [left, right] = [inner.slice(0, before), inner.slice(before)];
  return moved(table.reshape([...outer, ...inner]), [
    ...left.map((_, i) => outer.length + i),
    ...outer.keys(),
    ...right.map((_, i) => outer.length + before + i),
  ]);
}

const moved = (x: Tensor, order: readonly number[]): Tensor =>
  order.every((axis, i) => axis === i) ? x : x.transpose(order);

/** Elements of the first axis from `first` on, every second; the last one again where there is none. */
function everySecond(table: Tensor, first: 0 | 1): Tensor {
  const length = table.shape[0]!;
  const indices = Array.from({ length: Math.ceil(length / 2) }, (_, i) =>
    Math.min(2 * i + first, length - 1),
  );
  return table.gather({ axis: 0, indices });
}
