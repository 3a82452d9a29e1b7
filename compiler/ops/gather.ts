// gather: the elements at static indices along one axis, in the order given; an index may come again.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { checkStaticAxis, indexAt, positionOf, sizeOf } from '../ir/shape.ts';
import { countArguments } from './shared/arguments.ts';
import { defineMovement } from './shared/movement.ts';

type Attributes = { readonly axis: number; readonly indices: readonly number[] };

export const gather = defineMovement<Attributes>({
  name: 'gather',
  attributes: { axis: 'number', indices: 'numbers' },

  type(args, { axis, indices }) {
    countArguments('gather', args, 1);
    const { shape, format } = args[0]!;
    checkStaticAxis(shape, axis);
    const length = shape[axis]!;
    const wrong = indices.find((i) => !Number.isSafeInteger(i) || i < 0 || i >= length);
    if (wrong !== undefined || indices.length === 0)
      fail(
        'bad-index',
        `gather index ${wrong ?? '(none)'} of axis ${axis} of ${renderType(args[0]!)}`,
        `indices are 0 to ${length - 1}, at least one`,
      );
    return { shape: shape.map((n, i) => (i === axis ? indices.length : n)), format };
  },

  sources({ attributes: { axis, indices }, arguments: [x], result }) {
    return Array.from({ length: sizeOf(result.shape) }, (_, at) => {
      const index = indexAt(result.shape, at);
      index[axis] = indices[index[axis]!]!;
      return { argument: 0, position: positionOf(x!.shape, index) };
    });
  },
});
