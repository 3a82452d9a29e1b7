// root: an integer by a hint, range-checked, and the signs of the equation on both sides of it (`root` of the prelude). near-root: an
// argument of main here, range-checked, and the value of the equation.
import {
  bitLength,
  hull,
  interval,
  magnitude,
  scaled,
  type Interval,
} from '../../../numbers/interval.ts';
import { zip } from '../../../ops/shared/elementwise.ts';
import { stepOver } from '../../../ops/shared/roots/bracket.ts';
import { factorsOf } from '../../../ops/shared/roots/equation.ts';
import { reachOver } from '../../../ops/shared/roots/lower.ts';
import { directionOver } from '../../../ops/shared/roots/monotone.ts';
import { combination, powersAt } from '../../../ops/shared/roots/polynomial.ts';
import { sidesOf, type Rounding } from '../../../ops/shared/roots/rounding.ts';
import { spanBits } from '../../../ops/shared/within.ts';
import { requireReach, requireSigned } from '../field.ts';
import {
  assertInterval,
  broadcastElement,
  elementwise,
  forEach,
  noirOp,
  type NoirLine,
} from '../line.ts';
import { arrayOf, element, literal, nested } from '../text.ts';

/** By element of the result, the intervals of c_k: the coefficients in units of the equation's last place. */
function coefficientsOf({ call, ranges }: NoirLine): Interval[][] {
  const factors = factorsOf(call);
  return zip(ranges.arguments, call, (each) => each.map((a, k) => scaled(a, factors[k]!)));
}

/** `[-1 * v1[i], 0, 16 * v2]`: the coefficients of one element, multiplied by `weights`. */
function polynomial(line: NoirLine, index: readonly string[], weights: readonly bigint[]): string {
  const terms = line.arguments.map((a, k) => {
    const { low, high } = a.range;
    if (low === high) return literal(weights[k]! * low);
    const at = broadcastElement(a, line.result.type, index);
    return weights[k] === 1n ? at : `${literal(weights[k]!)} * ${at}`;
  });
  return `[${terms.join(', ')}]`;
}

/** Where the equation decreases, it is turned round: P is ±H, as a polynomial in X or in 2X − 1. */
export const root = noirOp<{ rounding: string }>((line) => {
  const roots = line.result.range;
  if (roots.low === roots.high) return elementwise(line, () => literal(roots.low));
  const degree = line.arguments.length - 1;
  const nearest = line.attributes.rounding === 'nearest';
  const sides = sidesOf(degree, line.attributes.rounding as Rounding);
  const known = coefficientsOf(line);

  // All integers of the box have one direction; past it, only those of a check that is found to.
  const directions = known.map((own) =>
    stepOver(sides, own, interval(roots.low, roots.low)).low > 0n ? 1n : -1n,
  );
  const bits = spanBits(roots);
  const covered = interval(roots.low, roots.low + (1n << BigInt(bits)) - 1n);
  const monotone = known.every(
    (own, i) => directionOver(covered, (part) => stepOver(sides, own, part)) === directions[i],
  );
  const checked = monotone ? covered : roots;
  const step = known.reduce((most, own) => {
    const size = magnitude(stepOver(sides, own, roots));
    return size > most ? size : most;
  }, 1n);
  const stepBits = Math.max(1, bitLength(step - 1n));
  for (const own of known) {
    const reach = reachOver(sides, own, checked);
    requireSigned(line.op, interval(-reach, reach));
    requireReach(line.op, reach + (1n << BigInt(stepBits)));
  }

  const weights = factorsOf(line.call).map((factor, k) =>
    nearest ? factor << BigInt(degree - k) : factor,
  );
  const [first] = directions;
  const turned = directions.some((each) => each !== first);
  const signs = line.free('signs');
  const call = `root::<${degree + 1}, ${bits}, ${stepBits}>`;
  const ends = `${literal(roots.low)}, ${literal(roots.high)}, ${nearest ? 2 : 1}`;
  return [
    ...(turned ? [constants(signs, line.result.type.shape, directions)] : []),
    ...elementwise(
      line,
      (index) => {
        const own = polynomial(
          line,
          index,
          turned ? weights : weights.map((each) => first! * each),
        );
        const p = turned ? `${own}.map(|c| ${element(signs, index)} * c)` : own;
        return `${call}(${p}, ${ends})`;
      },
      (x) =>
        checked.high === covered.high ? [] : [`at_most::<${bits}>(${x}, ${literal(roots.high)});`],
    ),
  ];
});

const constants = (name: string, shape: readonly number[], values: readonly bigint[]): string =>
  `let ${name}: ${arrayOf(shape, 'Field')} = ${nested(shape, values.map(literal))};`;

/** |G(x)| ≤ τ, for x among integers on which G is monotone. */
export const nearRoot = noirOp<{ tolerance: bigint }>((line) => {
  const { range: roots } = line.result;
  const { tolerance } = line.attributes;
  const degree = line.arguments.length - 1;
  const reach = hull(
    ...coefficientsOf(line).flatMap((own) =>
      [roots.low, roots.high].map((x) => combination(own, powersAt(x, degree))),
    ),
  );
  requireSigned(line.op, reach);
  const bits = Math.max(1, spanBits(roots));
  const whole = roots.low + (1n << BigInt(bits)) - 1n === roots.high;
  const value = line.free('value');
  const checks = assertInterval(line.op, value, interval(-tolerance, tolerance), reach);
  return forEach(line, line.result, (x, index) => [
    `at_least::<${bits}>(${x}, ${literal(roots.low)});`,
    ...(whole ? [] : [`at_most::<${bits}>(${x}, ${literal(roots.high)});`]),
    ...(checks.length === 0
      ? []
      : [
          `let ${value} = polynomial::<${degree + 1}>(${polynomial(line, index, factorsOf(line.call))}, ${x});`,
          ...checks,
        ]),
  ]);
});
