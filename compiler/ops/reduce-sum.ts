// reduce-sum: the sum along one axis, which disappears.
import { checkStaticAxis, positionOf, indexAt, sizeOf } from '../ir/shape.ts';
import { scaled, sum } from '../numbers/interval.ts';
import { sumUp } from '../numbers/upward.ts';
import { linear } from '../constraints/expression.ts';
import { arithmeticType, countArguments, intervalOf, numericArgument } from './shared/arguments.ts';
import { defineOp, type Call } from './op.ts';
import { elementsOf, formGates, sumForm } from './shared/work.ts';

type Attributes = { readonly axis: number };

/** For each element of the result, the positions of the argument that are summed. */
function groups({ attributes: { axis }, arguments: [x], result }: Call<Attributes>): number[][] {
  const shape = x!.shape;
  return Array.from({ length: sizeOf(result.shape) }, (_, at) => {
    const outer = indexAt(result.shape, at);
    return Array.from({ length: shape[axis]! }, (_, i) =>
      positionOf(shape, [...outer.slice(0, axis), i, ...outer.slice(axis)]),
    );
  });
}

export const reduceSum = defineOp<Attributes>({
  name: 'reduce-sum',
  attributes: { axis: 'number' },

  type(args, { axis }) {
    countArguments('reduce-sum', args, 1);
    const x = args[0]!;
    const { fraction } = numericArgument('reduce-sum', x);
    checkStaticAxis(x.shape, axis);
    const range = scaled(intervalOf(x), BigInt(x.shape[axis]!));
    return arithmeticType(
      'reduce-sum',
      x.shape.filter((_, i) => i !== axis),
      range,
      fraction,
    );
  },

  real: ([x], call) =>
    Float64Array.from(groups(call), (group) => group.reduce((total, at) => total + x![at]!, 0)),
  fixed: ([x], call) =>
    groups(call).map((group) => group.reduce((total, at) => total + x![at]!, 0n)),
  range: ([x], call) => groups(call).map((group) => group.map((at) => x![at]!).reduce(sum)),
  error: ([x], call) => groups(call).map((group) => sumUp(...group.map((at) => x![at]!.error))),
  lower: ([x], call) => groups(call).map((group) => linear(group.map((at) => x![at]!))),

  linear: ([x], call) => groups(call).map((group) => linear(group.map((at) => x![at]!))),

  work: {
    gates: ({ arguments: [x] }, forms) => formGates(elementsOf(x!), forms),
    form: ({ attributes: { axis }, arguments: [x] }, forms) => sumForm(forms, x!.shape[axis]!),
  },
});
