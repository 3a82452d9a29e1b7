// How far the value of a root can be from the root in the reals.
//
// Let e_k bound the error of a_k, and let x be a number with |F(x)| ≤ τ for the coefficients that the circuit sees (τ = 0 at their
// root). For the real ones |F(x)| ≤ r = τ + Σ_k |x|^k e_k, and F is 0 at the real root x*. So by the mean value theorem
//
//   |x − x*| ≤ r / μ,   μ a lower bound of |F'| between the two, for all coefficients within their errors
//
// Where μ may be 0, as at the square root of 0: if F increases, a_k ≥ 0 for k ≥ 1 and both numbers are not negative, then
// y^k − x^k ≥ (y − x)^k for y ≥ x ≥ 0, so a_k |x − x*|^k ≤ r for every k.
//
// One μ for all coefficients says little where they spread. The box of those that the circuit sees is split. Each part has its own
// roots, for all real coefficients that belong to it, and its own μ. The bound is the largest of the parts'. The part with the
// largest bound is split next.
import { fractionOf } from '../../../ir/format.ts';
import {
  hull,
  interval,
  magnitude,
  scaled,
  sum,
  type Interval,
} from '../../../numbers/interval.ts';
import { toInteger } from '../../../numbers/rounding.ts';
import { productUp, quotientUp, realDown, realUp, sumUp } from '../../../numbers/upward.ts';
import { zip } from '../elementwise.ts';
import type { Accuracy, Call } from '../../op.ts';
import { boxOf, factorsOf, fractionOfEquation, type Equation } from './equation.ts';
import { directionOver, firstIn, turned } from './monotone.ts';
import { combination, derivative, powersAt, valueOver } from './polynomial.ts';

/** Parts of the coefficients' box that are looked at, for a tensor and for one element at least. */
const [mostParts, fewestParts] = [4096, 8];
const partsForEach = 48;

/** In real units. A coefficient that is farther off says nothing of a root. */
const largestError = 2 ** 200;

export interface Slack extends Equation {
  /** |F| of what the circuit accepts, in units of F's last place; 0 for the root itself. */
  readonly tolerance: bigint;
  /** From the root of what the circuit sees to the value, in real units. */
  readonly rounding: number;
}

/** For each element a bound on |value − real root|, rounded upwards; Infinity where the real coefficients may have no such root. */
export function rootDistance(
  args: readonly (readonly Accuracy[])[],
  call: Call,
  slack: Slack,
): number[] {
  const known = new Map<string, number>();
  const keys = zip(args, call, (each) => [keyOf(each), each] as const);
  const distinct = new Set(keys.map(([key]) => key)).size;
  const parts = Math.min(partsForEach, Math.max(fewestParts, Math.floor(mostParts / distinct)));
  return keys.map(([key, coefficients]) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const distance = distanceOf(coefficients, call, slack, parts);
    known.set(key, distance);
    return distance;
  });
}

const keyOf = (coefficients: readonly Accuracy[]): string =>
  coefficients.map(({ interval: { low, high }, error }) => `${low},${high},${error}`).join(';');

/** A part of the coefficients that the circuit sees, the integers around all roots there, and the bound. */
interface Part {
  readonly coefficients: readonly Interval[];
  readonly roots: Interval;
  readonly bound: number;
}

function distanceOf(
  known: readonly Accuracy[],
  call: Call,
  { tolerance, rounding, ...equation }: Slack,
  most: number,
): number {
  if (known.some(({ error }) => error > largestError)) return Infinity;
  if (tolerance === 0n && known.every(({ error }) => error === 0)) return rounding;
  const factors = factorsOf(call);
  const [x, whole] = [fractionOf(call.result.format), fractionOfEquation(call)];
  const fractions = call.arguments.map(({ format }) => fractionOf(format));
  // In units of F's last place: the coefficients that the circuit sees, and how far the real ones can be from them.
  const seen = known.map(({ interval: own }, k) => scaled(own, factors[k]!));
  const reach = known.map(({ error }, k) =>
    error === 0 ? 0n : (toInteger(error, fractions[k]!) + 1n) * factors[k]!,
  );
  const part = (own: readonly Interval[], box: Interval): Part => {
    const real = own.map((c, k) => sum(c, interval(-reach[k]!, reach[k]!)));
    const roots = rootsOf(real, box, tolerance);
    return { coefficients: own, roots, bound: boundOf(real, roots) };
  };

  let parts = [part(seen, boxAround(equation))];
  for (let looked = 1; looked < most; looked += 2) {
    const worst = parts.reduce((a, b) => (b.bound > a.bound ? b : a));
    const halves = split(worst.coefficients, worst.roots);
    if (!halves) break;
    parts = [
      ...parts.filter((each) => each !== worst),
      ...halves.map((half) => part(half, worst.roots)),
    ];
  }
  return sumUp(rounding, Math.max(...parts.map(({ bound }) => bound)));

  function boundOf(own: readonly Interval[], roots: Interval): number {
    const size = realUp(magnitude(roots), x);
    const residual = sumUp(
      realUp(tolerance, whole),
      ...known.map(({ error }, k) => productUp(error, ...new Array<number>(k).fill(size))),
    );
    const slope = valueOver(derivative(own), roots);
    const least = slope.low > 0n ? slope.low : slope.high < 0n ? -slope.high : 0n;
    const linear = least > 0n ? quotientUp(residual, realDown(least, whole - x)) : Infinity;
    const bound = Math.min(linear, byPowers(own, roots, residual));
    // Both numbers are among the roots of the part.
    return bound === Infinity ? bound : Math.min(bound, realUp(roots.high - roots.low, x));
  }

  function byPowers(own: readonly Interval[], roots: Interval, residual: number): number {
    const sign = own.slice(1).every(({ low }) => low >= 0n) ? 1n : -1n;
    const grows = own.slice(1).map((c) => turned(c, sign));
    if (roots.low < 0n || grows.some(({ low }) => low < 0n)) return Infinity;
    const bounds = grows.map(({ low }, i) =>
      low === 0n
        ? Infinity
        : rootUp(quotientUp(residual, realDown(low, whole - (i + 1) * x)), i + 1),
    );
    return Math.min(...bounds);
  }
}

/** One more integer above: a root is rounded down to the last one of the box. */
const boxAround = (equation: Equation): Interval => {
  const { low, high } = boxOf(equation);
  return interval(low, high + 1n);
};

/** The k-th root, rounded upwards: float64's power is within a few last places. */
const rootUp = (value: number, k: number): number =>
  k === 1 ? value : value ** (1 / k) * (1 + 2 ** -40);

/** The integers around all x of the box with |F(x)| ≤ tolerance, for all coefficients; the box where the slope's sign is not known. */
function rootsOf(coefficients: readonly Interval[], box: Interval, tolerance: bigint): Interval {
  const slopes = derivative(coefficients);
  const direction = directionOver(box, (part) => valueOver(slopes, part), {
    real: true,
    flat: true,
  });
  if (typeof direction !== 'bigint') return box;
  const value = (at: bigint): Interval =>
    turned(combination(coefficients, powersAt(at, coefficients.length - 1)), direction);
  const first = firstIn(box, (at) => value(at).high >= -tolerance);
  const past = firstIn(box, (at) => value(at).low > tolerance);
  const inside = (at: bigint): bigint => (at < box.low ? box.low : at > box.high ? box.high : at);
  return hull(
    interval(inside(first - 1n), inside(first - 1n)),
    interval(inside(past), inside(past)),
  );
}

/** Both halves along the coefficient that moves the equation most; undefined where all are known. */
function split(
  coefficients: readonly Interval[],
  roots: Interval,
): [readonly Interval[], readonly Interval[]] | undefined {
  const size = magnitude(roots);
  const weights = coefficients.map(({ low, high }, k) => (high - low) * size ** BigInt(k));
  const widest = weights.reduce((a, b) => (b > a ? b : a));
  const k = weights.indexOf(widest);
  const { low, high } = coefficients[k]!;
  if (high - low < 2n) return undefined;
  const middle = (low + high) >> 1n;
  return [
    coefficients.map((c, i) => (i === k ? interval(low, middle) : c)),
    coefficients.map((c, i) => (i === k ? interval(middle, high) : c)),
  ];
}
