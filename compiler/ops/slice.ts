// slice: the elements from `start` to before `end` along one axis.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { checkStaticAxis, indexAt, positionOf, sizeOf } from '../ir/shape.ts';
import { countArguments } from './shared/arguments.ts';
import { defineMovement } from './shared/movement.ts';

type Attributes = { readonly axis: number; readonly start: number; readonly end: number };

export const slice = defineMovement<Attributes>({
  name: 'slice',
  attributes: { axis: 'number', start: 'number', end: 'number' },

  type(args, { axis, start, end }) {
    countArguments('slice', args, 1);
    const { shape, format } = args[0]!;
    checkStaticAxis(shape, axis);
    const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end);
    if (!whole || start < 0 || end > shape[axis]! || start >= end)
      fail(
        'bad-index',
        `slice [${start}, ${end}) of axis ${axis} of ${renderType(args[0]!)}`,
        `0 ≤ start < end ≤ ${shape[axis]}`,
      );
    return { shape: shape.map((n, i) => (i === axis ? end - start : n)), format };
  },

  sources({ attributes: { axis, start }, arguments: [x], result }) {
    return Array.from({ length: sizeOf(result.shape) }, (_, at) => {
      const index = indexAt(result.shape, at);
      index[axis] = index[axis]! + start;
      return { argument: 0, position: positionOf(x!.shape, index) };
    });
  },
});
