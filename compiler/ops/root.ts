// root: the x in a box with Σ_k a_k x^k = 0, element by element, for coefficients a_0, a_1 … that are the arguments. As a number of its
// format it is the nearest one, halves up, or the next one below.
//
// One root for all coefficients: the range analysis shows that the equation is monotone on the box and changes its sign there, or
// refuses. The value is forced (shared/roots/lower.ts), so that it is no choice of the prover's.
import { fractionOf, type Format } from '../ir/format.ts';
import { interval, scaled } from '../numbers/interval.ts';
import { zip } from './shared/elementwise.ts';
import { bracketOf, findRoot } from './shared/roots/bracket.ts';
import { rootDistance } from './shared/roots/distance.ts';
import { boxOf, factorsOf, placeOf, typeOfRoot, writeEquation } from './shared/roots/equation.ts';
import { lowerRoot, planRoot } from './shared/roots/lower.ts';
import { noRealRoot } from './shared/roots/refusals.ts';
import { remembered } from './shared/roots/remembered.ts';
import { realRoots } from './shared/roots/real.ts';
import { checkRounding, sidesOf, type Rounding, type Sides } from './shared/roots/rounding.ts';
import { defineOp, Violation, type Call } from './op.ts';
import { elementsOf, elementwiseGates, limbForm } from './shared/work.ts';

type Attributes = {
  readonly to: Format;
  readonly low: bigint;
  readonly high: bigint;
  readonly rounding: string;
};

const sides = ({ arguments: coefficients, attributes: { rounding } }: Call<Attributes>): Sides =>
  sidesOf(coefficients.length - 1, rounding as Rounding);

/** Undefined where there is none in the box. */
function foundRoots(
  args: readonly (readonly bigint[])[],
  call: Call<Attributes>,
): (bigint | undefined)[] {
  const [own, factors, box] = [sides(call), factorsOf(call), boxOf(call.attributes)];
  return zip(args, call, (coefficients) =>
    findRoot(
      own,
      coefficients.map((c, k) => c * factors[k]!),
      box,
    ),
  );
}

export const root = defineOp<Attributes>({
  name: 'root',
  attributes: { to: 'format', low: 'integer', high: 'integer', rounding: 'text' },

  type(args, attributes) {
    checkRounding('root', attributes.rounding);
    return typeOfRoot('root', args, attributes);
  },

  real: realRoots,
  fixed: (args, call) =>
    foundRoots(args, call).map((found, element) => {
      if (found === undefined) throw new Violation('the equation has no root in its box', element);
      return found;
    }),
  lenient(args, call) {
    const found = foundRoots(args, call);
    return {
      conditions: found.map((x) => ({
        value: x === undefined ? 1n : 0n,
        bounds: interval(0n, 0n),
      })),
      value: found.map((x) => x ?? call.attributes.low),
    };
  },
  range(args, call) {
    const [own, factors, place] = [sides(call), factorsOf(call), placeOf('root', call)];
    const rootsOf = remembered((known) => bracketOf(place, own, known).roots);
    return zip(args, call, (each) => rootsOf(each.map((c, k) => scaled(c, factors[k]!))));
  },
  error: (args, call) =>
    rootDistance(args, call, {
      ...call.attributes,
      tolerance: 0n,
      rounding:
        2 ** -(fractionOf(call.result.format) + (call.attributes.rounding === 'down' ? 0 : 1)),
    }),
  lower(args, call, constraints, ranges) {
    const [own, factors] = [sides(call), factorsOf(call)];
    const place = placeOf('root', call);
    const planOf = remembered((known) => planRoot(own, known, bracketOf(place, own, known).roots));
    const plans = zip(ranges.arguments, call, (each) =>
      planOf(each.map((c, k) => scaled(c, factors[k]!))),
    );
    return zip(args, call, (coefficients, position) => {
      constraints.element(position);
      const plan = plans[position]!;
      return lowerRoot(constraints, { sides: own, coefficients, factors, plan });
    });
  },

  formula: (operands) => `${writeEquation(operands)} = 0`,
  precision: { unbounded: noRealRoot },

  // Powers of the unknown, times each coefficient.
  work: {
    gates: (call, forms) =>
      elementwiseGates(call, forms) + elementsOf(call.result) * call.arguments.length ** 2,
    form: ({ result }) => limbForm(result),
  },
});
