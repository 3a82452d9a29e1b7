// concat: tensors of one format, one after the other along an axis.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { sameFormat } from '../ir/format.ts';
import {
  checkStaticAxis,
  indexAt,
  positionOf,
  sameShape,
  sizeOf,
  type Shape,
} from '../ir/shape.ts';

import { defineMovement } from './shared/movement.ts';

type Attributes = { readonly axis: number };

const without = (shape: Shape, axis: number): Shape => shape.filter((_, i) => i !== axis);

export const concat = defineMovement<Attributes>({
  name: 'concat',
  attributes: { axis: 'number' },

  type(args, { axis }) {
    const [first] = args;
    if (!first)
      fail(
        'bad-argument-count',
        'concat expects at least one tensor, got none',
        'give it a tensor',
      );
    checkStaticAxis(first.shape, axis);
    for (const other of args)
      if (
        !sameFormat(other.format, first.format) ||
        !sameShape(without(other.shape, axis), without(first.shape, axis))
      )
        fail(
          'shape-mismatch',
          `concat along axis ${axis} of ${renderType(first)} and ${renderType(other)}`,
          'formats are equal, and lengths but for the axis',
        );
    const total = args.reduce((sum, { shape }) => sum + shape[axis]!, 0);
    return { shape: first.shape.map((n, i) => (i === axis ? total : n)), format: first.format };
  },

  sources({ attributes: { axis }, arguments: types, result }) {
    return Array.from({ length: sizeOf(result.shape) }, (_, at) => {
      const index = indexAt(result.shape, at);
      let argument = 0;
      while (index[axis]! >= types[argument]!.shape[axis]!)
        index[axis]! -= types[argument++]!.shape[axis]!;
      return { argument, position: positionOf(types[argument]!.shape, index) };
    });
  },
});
