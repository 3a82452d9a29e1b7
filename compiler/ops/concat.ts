// concat: tensors of one format, one after the other along an axis. Digests stand beside field elements as what they are.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { field, isOpaque, sameFormat, type Format } from '../ir/format.ts';
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

/** The format that holds both; undefined where there is none. */
function common(a: Format, b: Format): Format | undefined {
  if (sameFormat(a, b)) return a;
  return isOpaque(a) && isOpaque(b) ? field : undefined;
}

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
    let format = first.format;
    for (const other of args) {
      const both = common(format, other.format);
      if (!both || !sameShape(without(other.shape, axis), without(first.shape, axis)))
        fail(
          'shape-mismatch',
          `concat along axis ${axis} of ${renderType(first)} and ${renderType(other)}`,
          'formats are equal, and lengths but for the axis',
        );
      format = both;
    }
    const total = args.reduce((sum, { shape }) => sum + shape[axis]!, 0);
    return { shape: first.shape.map((n, i) => (i === axis ? total : n)), format };
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
