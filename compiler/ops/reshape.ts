// reshape: the same elements in row-major order under another shape.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { checkShape, renderShape, sizeOf } from '../ir/shape.ts';
import { countArguments } from './shared/arguments.ts';
import { defineMovement } from './shared/movement.ts';

type Attributes = { readonly to: readonly number[] };

export const reshape = defineMovement<Attributes>({
  name: 'reshape',
  attributes: { to: 'numbers' },

  type(args, { to }) {
    countArguments('reshape', args, 1);
    checkShape(to);
    if (sizeOf(to) !== sizeOf(args[0]!.shape))
      fail(
        'shape-mismatch',
        `${renderType(args[0]!)} has ${sizeOf(args[0]!.shape)} elements, ${renderShape(to)} has ${sizeOf(to)}`,
        'a reshape keeps the number of elements',
      );
    return { shape: to, format: args[0]!.format };
  },

  sources: ({ result }) =>
    Array.from({ length: sizeOf(result.shape) }, (_, position) => ({ argument: 0, position })),
});
