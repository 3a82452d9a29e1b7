// contract: a sum of products over named axes (dot, matvec, matmul, any einsum of two operands), accumulated
// exactly: Σ a · b, with the fractional bits of both. With `lanes`, elements that differ in a alone are summed so many at a
// time in one field element (shared/lanes.ts); it is what they cost that differs, and not what they are.
import { fail } from '../diagnostics/diagnostic.ts';
import { contraction, swapped, type Contraction } from '../ir/einsum.ts';
import type { TensorType } from '../ir/program.ts';
import { product, scaled, square, sum, type Interval } from '../numbers/interval.ts';
import { sumUp } from '../numbers/upward.ts';
import { linkedCost } from '../constraints/range-plan.ts';
import { isConstant, linear, offset, type Expression } from '../constraints/expression.ts';
import {
  arithmeticType,
  countArguments,
  intervalOf,
  numericArgument,
  productError,
} from './shared/arguments.ts';
import { chooseSide } from './shared/lane-cost.ts';
import { laneWidth, lowerLanes } from './shared/lanes.ts';
import { SharedSums } from './shared/shared-sums.ts';
import { defineOp, type Call } from './op.ts';
import { elementsOf, productGates, productsForm } from './shared/work.ts';

type Attributes = { readonly subscripts: string; readonly lanes?: number };

const plan = ({ attributes, arguments: [a, b] }: Call<Attributes>): Contraction =>
  contraction(attributes.subscripts, a!.shape, b!.shape);

const productsOf = (call: Call<Attributes>): number => elementsOf(call.result) * plan(call).length;

function resultType(a: TensorType, b: TensorType, { subscripts, lanes }: Attributes): TensorType {
  if (lanes !== undefined && !(Number.isSafeInteger(lanes) && lanes >= 2))
    fail('bad-lanes', `contract in ${lanes} lanes`, 'a whole number from 2 on, or leave it out');
  const { shape, length } = contraction(subscripts, a.shape, b.shape);
  const fraction =
    numericArgument('contract', a).fraction + numericArgument('contract', b).fraction;
  const range = scaled(product(intervalOf(a), intervalOf(b)), BigInt(length));
  return arithmeticType('contract', shape, range, fraction);
}

export const contract = defineOp<Attributes>({
  name: 'contract',
  attributes: { subscripts: 'text', lanes: 'number?' },

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
  lower([x, y], call, constraints, { result: elements }) {
    const pairs = plan(call).pairs();
    const { lanes } = call.attributes;
    if (lanes !== undefined)
      return lowerLanes(constraints, { pairs, lanes, a: x!, b: y!, elements });
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

  sum: {
    residual: 'assert-residual',
    // Rows of a or rows of b, whichever saves more.
    withoutLanes: ({ lanes: _, ...attributes }) => attributes,
    inLanes(call, { arguments: [x, y], result: elements }) {
      const { subscripts, lanes } = call.attributes;
      if (lanes !== undefined) return undefined;
      // A range check, and a half row to add the low end where the value is no part of a sum.
      const each = (count: number): number | undefined => {
        const width = laneWidth(elements, count);
        return width === undefined ? undefined : linkedCost(width) + 2;
      };
      const choice = chooseSide({ pairs: plan(call).pairs(), a: x!, b: y!, each });
      if (!choice) return undefined;
      const { lanes: most, saved } = choice;
      const [a, b] = call.operands as [number, number];
      return choice.swapped
        ? { attributes: { subscripts: swapped(subscripts), lanes: most }, operands: [b, a], saved }
        : { attributes: { subscripts, lanes: most }, operands: [a, b], saved };
    },
  },

  // Another term is the sum that a common shift makes.
  work: {
    gates: (call, forms) => productGates(productsOf(call), call, forms),
    form: (call, forms) => productsForm(plan(call).length + 1, forms),
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
