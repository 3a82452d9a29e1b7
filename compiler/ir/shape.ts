// Static shapes, row-major order, and broadcasting.
import { fail } from '../diagnostics/diagnostic.ts';

/** Lengths of the axes; [] is a scalar. */
export type Shape = readonly number[];

export function sizeOf(shape: Shape): number {
  return shape.reduce((size, length) => size * length, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

export const renderShape = (shape: Shape): string => `[${shape.join(',')}]`;

/** How far apart two neighbours along each axis lie in row-major order. */
export function strides(shape: Shape): number[] {
  const result = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    result[axis] = stride;
    stride *= shape[axis]!;
  }
  return result;
}

/** The index of the element at a row-major position. */
export function indexAt(shape: Shape, position: number): number[] {
  return strides(shape).map((stride, axis) => Math.floor(position / stride) % shape[axis]!);
}

/** The row-major position of an index. */
export function positionOf(shape: Shape, index: readonly number[]): number {
  return strides(shape).reduce((position, stride, axis) => position + stride * index[axis]!, 0);
}

/** Throws `bad-shape` unless all axes are positive whole numbers. */
export function checkShape(shape: Shape): void {
  if (!shape.every((length) => Number.isSafeInteger(length) && length > 0))
    fail(
      'bad-shape',
      `shape ${renderShape(shape)}: every axis has a length of at least 1`,
      'a scalar has the shape []',
    );
}

/** Far more elements than a circuit can hold; fewer than an array can. */
const maxElements = 2 ** 24;

/** More axes than any notation names. */
const maxRank = 32;

/** Throws `too-large`. */
export function checkSize(shape: Shape): void {
  if (shape.length > maxRank)
    fail('too-large', `a tensor of ${shape.length} axes`, `a tensor has at most ${maxRank} axes`);
  if (sizeOf(shape) > maxElements)
    fail(
      'too-large',
      `shape ${renderShape(shape)} has ${sizeOf(shape)} elements`,
      `a tensor has at most ${maxElements}`,
    );
}

/** As `checkAxis`, for the attributes of a line: programs count axes from the start alone. */
export function checkStaticAxis(shape: Shape, axis: number): void {
  if (checkAxis(shape, axis) !== axis)
    fail(
      'bad-axis',
      `axis ${axis} of a tensor of shape ${renderShape(shape)}`,
      `in a program axes are 0 to ${shape.length - 1}`,
    );
}

/** Axis numbers may count from the end (−1 is the last). Throws `bad-axis`. */
export function checkAxis(shape: Shape, axis: number): number {
  const from = axis < 0 ? axis + shape.length : axis;
  if (!Number.isSafeInteger(from) || from < 0 || from >= shape.length)
    fail(
      'bad-axis',
      `axis ${axis} of a tensor of shape ${renderShape(shape)}`,
      shape.length === 0 ? 'a scalar has no axes' : `axes are 0 to ${shape.length - 1}`,
    );
  return from;
}

/** The common shape of elementwise operands: axes are aligned at the end, and length 1 stretches. */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1)
      fail(
        'shape-mismatch',
        `shapes ${renderShape(a)} and ${renderShape(b)} do not fit together (axis ${axis}: ${x} and ${y})`,
        'elementwise operands have equal shapes, or lengths of 1 that stretch; reshape one of them',
      );
    return Math.max(x, y);
  });
}

/** For each position of `result`, the position in an operand of shape `from` that was broadcast to it. */
export function broadcastPositions(from: Shape, result: Shape): number[] {
  const step = strides(from).map((stride, axis) => (from[axis] === 1 ? 0 : stride));
  const offset = result.length - from.length;
  return Array.from({ length: sizeOf(result) }, (_, position) => {
    const index = indexAt(result, position);
    return step.reduce((sum, stride, axis) => sum + stride * index[axis + offset]!, 0);
  });
}
