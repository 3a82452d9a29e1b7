// transpose: axis i of the result is axis order[i] of the argument.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { indexAt, sizeOf, strides } from '../ir/shape.ts';
import { countArguments } from './shared/arguments.ts';
import { defineMovement } from './shared/movement.ts';

type Attributes = { readonly order: readonly number[] };

export const transpose = defineMovement<Attributes>({
  name: 'transpose',
  attributes: { order: 'numbers' },

  type(args, { order }) {
    countArguments('transpose', args, 1);
    const { shape, format } = args[0]!;
    const sorted = [...order].sort((a, b) => a - b);
    if (order.length !== shape.length || sorted.some((axis, i) => axis !== i))
      fail(
        'bad-axis',
        `[${order.join(',')}] is not an order of the axes of ${renderType(args[0]!)}`,
        'name every axis from 0 once',
      );
    return { shape: order.map((axis) => shape[axis]!), format };
  },

  sources({ attributes, arguments: [x], result }) {
    const step = strides(x!.shape);
    return Array.from({ length: sizeOf(result.shape) }, (_, at) => ({
      argument: 0,
      position: indexAt(result.shape, at).reduce(
        (sum, index, axis) => sum + index * step[attributes.order[axis]!]!,
        0,
      ),
    }));
  },
});
