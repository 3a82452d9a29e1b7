// contract: a sum of products over named axes (dot, matvec, matmul, any einsum of two operands), accumulated
// exactly: Σ a · b, with the fractional bits of both.
import { contraction, type Contraction } from '../ir/einsum.ts';
import type { TensorType } from '../ir/program.ts';
import { product, scaled, square } from '../numbers/interval.ts';
import { linear } from '../constraints/expression.ts';
import {
  arithmeticType,
  countArguments,
  intervalOf,
  numericArgument,
  productError,
} from './shared/arguments.ts';
import { defineOp, type Call } from './op.ts';

type Attributes = { readonly subscripts: string };

const plan = ({ attributes, arguments: [a, b] }: Call<Attributes>): Contraction =>
  contraction(attributes.subscripts, a!.shape, b!.shape);

function resultType(a: TensorType, b: TensorType, { subscripts }: Attributes): TensorType {
  const { shape, length } = contraction(subscripts, a.shape, b.shape);
  const fraction =
    numericArgument('contract', a).fraction + numericArgument('contract', b).fraction;
  const range = scaled(product(intervalOf(a), intervalOf(b)), BigInt(length));
  return arithmeticType('contract', shape, range, fraction);
}

export const contract = defineOp<Attributes>({
  name: 'contract',

  type(args, attributes) {
    countArguments('contract', args, 2);
    return resultType(args[0]!, args[1]!, attributes);
  },

  real: ([x, y], call) =>
    Float64Array.from(plan(call).pairs(), ({ a, b }) =>
      a.reduce((sum, at, i) => sum + x![at]! * y![b[i]!]!, 0),
    ),
  fixed: ([x, y], call) =>
    plan(call)
      .pairs()
      .map(({ a, b }) => a.reduce((sum, at, i) => sum + x![at]! * y![b[i]!]!, 0n)),
  range([a, b], call) {
    // x · x with the same subscripts pairs every element with itself.
    const [left, right] = call.attributes.subscripts.split(/,|->/);
    const squares = call.operands[0] === call.operands[1] && left === right;
    return scaled(squares ? square(a!) : product(a!, b!), BigInt(plan(call).length));
  },
  error: ([a, b], call) =>
    productError([a!, b!], [call.arguments[0]!, call.arguments[1]!]) * plan(call).length,

  // Σ_k a_k · b_k
  lower: ([x, y], call, constraints) =>
    plan(call)
      .pairs()
      .map(({ a, b }, position) => {
        constraints.element(position);
        return linear(a.map((at, i) => constraints.product(x![at]!, y![b[i]!]!)));
      }),
});
