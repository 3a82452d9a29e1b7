// Positions that the prover knows and the verifier does not: the largest element's, and that of an element to take.
import { narrowestFormat } from '../compiler/ir/format.ts';
import { interval } from '../compiler/numbers/interval.ts';
import type { Tensor } from './tensor.ts';

export function argmax(x: Tensor): { oneHot: Tensor; index: Tensor } {
  const oneHot = x.topK(1);
  const length = x.shape.at(-1)!;
  const format = narrowestFormat(interval(0n, BigInt(length - 1)), 0);
  const positions = oneHot.constantLike([...Array(length).keys()], { shape: [length], format });
  return { oneHot, index: oneHot.mul(positions).sum({ axis: -1 }) };
}

/** The elements at `index` along an axis. */
export function gatherAt(x: Tensor, axis: number, index: Tensor): Tensor {
  const rank = index.shape.length;
  const others = [...x.shape.keys()].filter((each) => each !== axis);
  const taken = moved(x, [axis, ...others]).apply('take', [index]);
  // The index's axes come first: back to the place of the axis.
  const positions = others.map((_, i) => rank + i);
  return moved(taken, [
    ...positions.slice(0, axis),
    ...index.shape.keys(),
    ...positions.slice(axis),
  ]);
}

const moved = (x: Tensor, order: readonly number[]): Tensor =>
  order.every((axis, i) => axis === i) ? x : x.transpose(order);
