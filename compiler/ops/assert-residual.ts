// assert-residual: low ≤ x + Σ a · b ≤ high for every element, in units of its last place: what is left of an equation with a
// sum of products in it, where nothing else needs that sum. With `lanes`, residuals r that differ in a alone are checked so
// many at a time (shared/lanes.ts), by the range checks that each of them takes anyway.
import { nothing, type TensorType } from '../ir/program.ts';
import { renderShape, sameShape } from '../ir/shape.ts';
import { contraction, swapped } from '../ir/einsum.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { add, linear, offset, type Expression } from '../constraints/expression.ts';
import { modulus } from '../numbers/field.ts';
import {
  bitLength,
  intersect,
  interval,
  magnitude,
  sum,
  type Interval,
  type Intervals,
} from '../numbers/interval.ts';
import { sumUp } from '../numbers/upward.ts';
import { assertWithin } from './assert-within.ts';
import { contract } from './contract.ts';
import { defineOp, type Call } from './op.ts';
import { arithmeticType, countArguments, intervalOf, sameFraction } from './shared/arguments.ts';
import { chooseSide } from './shared/lane-cost.ts';
import {
  assertLanes,
  laneCapacity,
  lanesOf,
  laneWeights,
  overflow,
  packedSums,
} from './shared/lanes.ts';
import { assertInterval, spanBits } from './shared/within.ts';
import { elementsOf, elementwiseGates, productGates } from './shared/work.ts';

type Attributes = {
  readonly subscripts: string;
  readonly low: bigint;
  readonly high: bigint;
  readonly lanes?: number;
};

/** Σ a · b by itself. */
function sumsOf({ attributes, arguments: args, operands }: Call<Attributes>) {
  const { subscripts, lanes } = attributes;
  const own = { subscripts, ...(lanes === undefined ? {} : { lanes }) };
  const factors = args.slice(1);
  const result = contract.type(factors, own);
  return { attributes: own, arguments: factors, result, operands: operands.slice(1) };
}

/** x + Σ a · b. */
function totalOf([x, a, b]: readonly TensorType[], subscripts: string): TensorType {
  const sums = contract.type([a!, b!], { subscripts });
  if (!sameShape(x!.shape, sums.shape))
    fail(
      'shape-mismatch',
      `assert-residual expects an x of shape ${renderShape(sums.shape)}, got ${renderShape(x!.shape)}`,
      'one element for each sum of products',
    );
  const fraction = sameFraction('assert-residual', x!, sums);
  const range = sum(intervalOf(x!), intervalOf(sums));
  return arithmeticType('assert-residual', sums.shape, range, fraction);
}

/** The assertion that the residuals, by themselves, lie within the bounds. */
const withinOf = (call: Call<Attributes>): Parameters<typeof assertWithin.fixed>[1] => {
  const { subscripts, low, high } = call.attributes;
  const total = totalOf(call.arguments, subscripts);
  return { ...call, attributes: { low, high }, arguments: [total], operands: [0] };
};

const pairsOf = ({ attributes: { subscripts }, arguments: [, a, b] }: Call<Attributes>) =>
  contraction(subscripts, a!.shape, b!.shape).pairs();

const residualsOf = ([x, a, b]: readonly (readonly bigint[])[], call: Call<Attributes>): bigint[] =>
  contract.fixed([a!, b!], sumsOf(call)).map((each, i) => each + x![i]!);

/** Of each residual, before it is asserted to be small. */
const residualRanges = (
  [x, a, b]: readonly Intervals[],
  call: Call<Attributes>,
): readonly Interval[] =>
  contract.range([a!, b!], sumsOf(call)).map((each, i) => sum(each, x![i]!));

/** What is left to say of a residual within its bounds: past what is known an assertion says nothing. */
const bounded = (known: Interval, { low, high }: Attributes): Interval =>
  intersect(known, interval(low, high)) ??
  fail('never-holds', 'no residual lies within the bounds', 'widen the tolerance');

/** Bits of the most by which a residual and what its range check admits can differ. */
const strideOf = (knowns: readonly Interval[], attributes: Attributes): number =>
  knowns.reduce((most, known) => {
    const bounds = bounded(known, attributes);
    const checked = bounds.low + (1n << BigInt(spanBits(bounds))) - 1n;
    const [above, below] = [known.high - bounds.low, checked - known.low];
    return Math.max(most, bitLength(above), bitLength(below));
  }, 1);

export const assertResidual = defineOp<Attributes>({
  name: 'assert-residual',
  attributes: { subscripts: 'text', low: 'integer', high: 'integer', lanes: 'number?' },
  effect: true,

  type(args, { subscripts, low, high, lanes }) {
    countArguments('assert-residual', args, 3);
    contract.type(args.slice(1), { subscripts, ...(lanes === undefined ? {} : { lanes }) });
    assertWithin.type([totalOf(args, subscripts)], { low, high });
    return nothing;
  },

  real: () => new Float64Array(),
  fixed(args, call) {
    assertWithin.fixed([residualsOf(args, call)], withinOf(call));
    return [];
  },
  lenient: (args, call) => ({
    ...assertWithin.lenient!([residualsOf(args, call)], withinOf(call)),
    value: [],
  }),
  range: () => [],
  error: () => [],

  // r_l = x_l + Σ_j M_lj v_j by Σ_j P_j v_j + Σ_l 2^(w l) x_l = Σ_l 2^(w l) r_l, and low ≤ r_l ≤ high. The true residual differs
  // from what the range check admits by less than 2^w.
  lower([x, a, b], call, constraints, { arguments: ranges }) {
    const { attributes } = call;
    const knowns = residualRanges(ranges, call);
    for (const known of knowns)
      if (magnitude(known) >= modulus >> 2n)
        fail('too-wide', 'a residual reaches past the field', 'rescale an operand first');
    const { lanes } = attributes;
    if (lanes === undefined) {
      const noLanes = { arguments: ranges.slice(1), result: knowns };
      const sums = contract.lower([a!, b!], sumsOf(call), constraints, noLanes);
      sums.forEach((each, element) => assertAlone(each, element));
      return [];
    }
    const width = strideOf(knowns, attributes);
    if (width * lanes > laneCapacity) overflow(knowns, lanes);
    const packed = packedSums(constraints, { pairs: pairsOf(call), lanes, width, a: a!, b: b! });
    for (const { group, sum: products } of packed)
      if (group.length === 1) assertAlone(products, group[0]!);
      else assertTogether(products, group);
    return [];

    function assertAlone(products: Expression, element: number): void {
      constraints.element(element);
      const known = knowns[element]!;
      assertInterval(constraints, add(products, x![element]!), bounded(known, attributes), known);
    }

    function assertTogether(products: Expression, group: readonly number[]): void {
      const weights = laneWeights(width, group.length);
      const rest = group.map((element) => x![element]!);
      const total = linear([products, ...rest], [1n, ...weights]);
      const bounds = group.map((element) => bounded(knowns[element]!, attributes));
      const lows = bounds.map(({ low }) => low);
      const values = group.map((element, l) => {
        constraints.element(element);
        const { low, high } = bounds[l]!;
        const bits = spanBits(bounds[l]!);
        const own = constraints.ranged(1, bits, (read) => [lanesOf(read(total), lows, width)[l]!]);
        const residual = offset(own[0]!, low);
        const checked = interval(low, low + (1n << BigInt(bits)) - 1n);
        assertInterval(constraints, residual, interval(low, high), checked);
        return residual;
      });
      constraints.element(group[0]!);
      assertLanes(constraints, { sum: total, values, width });
    }
  },

  precision: {
    completeness([x, a, b], call) {
      const intervals = [x!, a!, b!].map((each) => each.map((element) => element.interval));
      const knowns = residualRanges(intervals, call);
      const errors = contract.error([a!, b!], sumsOf(call));
      const residuals = knowns.map((known, i) => ({
        interval: known,
        error: sumUp(errors[i]!, x![i]!.error),
      }));
      return assertWithin.precision!.completeness!([residuals], withinOf(call));
    },
  },

  sum: {
    withoutLanes: ({ lanes: _, ...attributes }) => attributes,
    inLanes(call, { arguments: ranges }) {
      const { attributes, operands } = call;
      if (attributes.lanes !== undefined) return undefined;
      const knowns = residualRanges(ranges, call);
      // Where one end is known already, a residual by itself takes no check.
      if (knowns.some(({ low, high }) => low >= attributes.low || high <= attributes.high))
        return undefined;
      const stride = strideOf(knowns, attributes);
      const pairs = pairsOf(call);
      const each = (lanes: number): number | undefined =>
        stride * lanes <= laneCapacity ? 0 : undefined;
      const choice = chooseSide({ pairs, a: ranges[1]!, b: ranges[2]!, each });
      if (!choice) return undefined;
      const { lanes, saved } = choice;
      const [x, a, b] = operands as [number, number, number];
      if (!choice.swapped) return { attributes: { ...attributes, lanes }, operands, saved };
      const subscripts = swapped(attributes.subscripts);
      return { attributes: { ...attributes, subscripts, lanes }, operands: [x, b, a], saved };
    },
  },

  work: {
    gates(call, forms) {
      const { result } = sumsOf(call);
      const { subscripts } = call.attributes;
      const [x, a, b] = call.arguments;
      const { length } = contraction(subscripts, a!.shape, b!.shape);
      const residuals = { ...call, arguments: [x!], result };
      return (
        productGates(elementsOf(result) * length, call, forms) +
        elementwiseGates(residuals, [forms[0]!])
      );
    },
  },
});
