// Axes by name: diagonals, orders, and the common layout of elementwise operands.
import type { Tensor } from '../tensor.ts';
import { distinct } from './terms.ts';

/** A tensor with an index for each axis. */
export interface Laid {
  readonly tensor: Tensor;
  readonly axes: readonly string[];
}

const sameOrder = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((axis, i) => axis === b[i]);

/** An index that names several axes is left with one, their diagonal. */
export function diagonal({ tensor, axes }: Laid): Laid {
  const second = axes.findIndex((axis, i) => axes.indexOf(axis) < i);
  if (second === -1) return { tensor, axes };
  const first = axes.indexOf(axes[second]!);
  const others = [...axes.keys()].filter((axis) => axis !== second);
  const order = others.flatMap((axis) => (axis === first ? [first, second] : [axis]));
  const turned = second === first + 1 ? tensor : tensor.transpose(order);
  const length = tensor.shape[first]!;
  const shape = turned.shape.flatMap((n, axis) =>
    axis === first ? [length * length] : axis === first + 1 ? [] : [n],
  );
  const indices = Array.from({ length }, (_, k) => k * (length + 1));
  const merged = turned.reshape(shape).gather({ axis: first, indices });
  return diagonal({ tensor: merged, axes: others.map((axis) => axes[axis]!) });
}

/** The same tensor with its axes in another order. */
export function ordered({ tensor, axes }: Laid, order: readonly string[]): Laid {
  if (sameOrder(axes, order)) return { tensor, axes };
  return { tensor: tensor.transpose(order.map((axis) => axes.indexOf(axis))), axes: order };
}

/** As `wanted` has them where it has all of them; else as they are. */
export function preferring(axes: readonly string[], wanted: readonly string[]): readonly string[] {
  const order = wanted.filter((axis) => axes.includes(axis));
  return order.length === axes.length ? order : axes;
}

/** Laid out so that broadcasting, which aligns axes at the end, pairs them by their names. */
export function together(
  operands: readonly Laid[],
  wanted: readonly string[],
): { readonly tensors: readonly Tensor[]; readonly axes: readonly string[] } {
  const union = distinct(operands.flatMap(({ axes }) => axes));
  const whole = operands.map(({ axes }) => axes).filter((axes) => axes.length === union.length);
  const target = preferring(union, wanted);
  const candidates = [target, ...whole, union];
  const prices = candidates.map(
    (axes) =>
      operands.reduce((sum, operand) => sum + movements(operand, axes), 0) +
      (sameOrder(axes, target) ? 0 : 1),
  );
  const axes = candidates[prices.indexOf(Math.min(...prices))]!;
  return { tensors: operands.map((operand) => placed(operand, axes)), axes };
}

const own = ({ axes }: Laid, among: readonly string[]): string[] =>
  among.filter((axis) => axes.includes(axis));

/** Whether an axis that the operand lacks stands behind one that it has. */
const hasGap = (operand: Laid, axes: readonly string[]): boolean => {
  const start = axes.findIndex((axis) => operand.axes.includes(axis));
  return start !== -1 && axes.length - start > operand.axes.length;
};

const movements = (operand: Laid, axes: readonly string[]): number =>
  Number(!sameOrder(operand.axes, own(operand, axes))) + Number(hasGap(operand, axes));

function placed(operand: Laid, axes: readonly string[]): Tensor {
  const { tensor, axes: order } = ordered(operand, own(operand, axes));
  if (!hasGap(operand, axes)) return tensor;
  const start = axes.indexOf(order[0]!);
  return tensor.reshape(axes.slice(start).map((axis) => tensor.shape[order.indexOf(axis)] ?? 1));
}
