// contract: a sum of products over named axes (dot, matvec, matmul, any einsum of two operands), accumulated
// exactly: Σ a · b, with the fractional bits of both.
import { contraction, type Contraction } from '../ir/einsum.ts';
import type { TensorType } from '../ir/program.ts';
import { product, scaled, square, sum, type Interval } from '../numbers/interval.ts';
import { sumUp } from '../numbers/upward.ts';
import { isConstant, linear, offset, type Expression } from '../constraints/expression.ts';
import {
  arithmeticType,
  countArguments,
  intervalOf,
  numericArgument,
  productError,
} from './shared/arguments.ts';
import { SharedSums } from './shared/shared-sums.ts';
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
  attributes: { subscripts: 'text' },

  type(args, attributes) {
    countArguments('contract', args, 2);
    return resultType(args[0]!, args[1]!, attributes);
  },

  real: ([x, y], call) =>
    Float64Array.from(plan(call).pairs(), ({ a, b }) =>
      a.reduce((total, at, i) => total + x![at]! * y![b[i]!]!, 0),
    ),
  fixed: ([x, y], call) =>
    plan(call)
      .pairs()
      .map(({ a, b }) => a.reduce((total, at, i) => total + x![at]! * y![b[i]!]!, 0n)),
  range([x, y], call) {
    const same = call.operands[0] === call.operands[1];
    const term = (a: number, b: number): Interval =>
      same && a === b ? square(x![a]!) : product(x![a]!, y![b]!);
    return plan(call)
      .pairs()
      .map(({ a, b }) => a.map((at, i) => term(at, b[i]!)).reduce(sum));
  },
  error([x, y], call) {
    const types = [call.arguments[0]!, call.arguments[1]!] as const;
    return plan(call)
      .pairs()
      .map(({ a, b }) => sumUp(...a.map((at, i) => productError([x![at]!, y![b[i]!]!], types))));
  },

  // Σ_k a_k · b_k
  lower([x, y], call, constraints) {
    const pairs = plan(call).pairs();
    const shifts = pairs.map(({ a }) => commonShift(a.map((at) => x![at]!)));
    const shifted = pairs.map(({ a, b }, i) =>
      shifts[i] === 0n ? [] : b.filter((_, k) => !isConstant(x![a[k]!]!)),
    );
    const sums = new SharedSums(y!, shifted, constraints);
    return pairs.map(({ a, b }, position) => {
      constraints.element(position);
      const shift = shifts[position]!;
      const products = a.map((at, k) => {
        const own = x![at]!;
        return constraints.product(isConstant(own) ? own : offset(own, -shift), y![b[k]!]!);
      });
      if (shift === 0n) return linear(products);
      return linear([...products, sums.of(shifted[position]!)], [...products.map(() => 1n), shift]);
    });
  },
});

/**
 * c, where all of a_k that are not constant are a variable and c (limbs of a signed number are); else 0. Then
 * Σ_k (v_k + c) b_k = Σ_k v_k b_k + c Σ_k b_k: the constant is paid for in a sum of b that other elements share, and not
 * once for each a_k.
 */
function commonShift(a: readonly Expression[]): bigint {
  const variable = a.filter((e) => !isConstant(e));
  const [first] = variable;
  if (!first || variable.length < 2) return 0n;
  const { constant } = first;
  return variable.every((e) => e.terms.length === 1 && e.constant === constant) ? constant : 0n;
}
