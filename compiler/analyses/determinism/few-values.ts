// Variables with few values left: what equations of two variables, and quadratic ones of one, say of them value by value.
import type { Expression, Variable } from '../../constraints/expression.ts';
import type { PrimeField } from '../../numbers/field.ts';
import { interval, type Interval } from '../../numbers/interval.ts';
import type { Resolved } from './monomials.ts';
import { negatedInverse } from './affine.ts';

/** So many are looked at one by one. */
const few = 4n;

/** Intervals that hold the values of both variables of a u + b v + k = 0: of few u, those whose v is within its bounds. */
export function matchedValues(
  { terms: [first, second], constant }: Expression,
  bounds: readonly Interval[],
  field: PrimeField,
): [Variable, Interval][] {
  const found: [Variable, Interval][] = [];
  for (const [u, v] of [
    [first!, second!],
    [second!, first!],
  ] as const) {
    const [own, other] = [bounds[u.variable]!, bounds[v.variable]!];
    if (own.high - own.low >= few || own.high === own.low) continue;
    const by = negatedInverse(v.coefficient, field);
    const pairs = Array.from({ length: Number(own.high - own.low) + 1 }, (_, i) => {
      const x = own.low + BigInt(i);
      return { x, y: field.centered(by * (u.coefficient * x + constant)) };
    }).filter(({ y }) => other.low <= y && y <= other.high);
    if (pairs.length === 0) continue;
    found.push([u.variable, hullOf(pairs.map(({ x }) => x))]);
    found.push([v.variable, hullOf(pairs.map(({ y }) => y))]);
  }
  return found;
}

/** An interval that holds x where s (α x + β)(γ x + δ) = ε x + ζ and its roots can be read off: a field has two at most. */
export function rootsOf(
  scale: bigint,
  left: Resolved,
  right: Resolved,
  out: Resolved,
  within: (variable: Variable) => Interval,
  field: PrimeField,
): [Variable, Interval] | undefined {
  const x = left.root;
  if (x === undefined || right.root !== x || (out.root !== undefined && out.root !== x)) return;
  const { canonical, centered } = field;
  if (canonical(scale) === 0n) return;
  const [a, b, c, d, f] = [left.factor, left.offset, right.factor, right.offset, out.offset];
  const e = out.root === undefined ? 0n : out.factor;
  const over = (numerator: bigint, by: bigint): bigint =>
    centered(-numerator * negatedInverse(by, field));
  const roots = ((): bigint[] | undefined => {
    if (canonical(scale * b * d - f) === 0n)
      return [0n, over(e - scale * (a * d + b * c), scale * a * c)];
    // out = (e / a) · left: left = 0, or s · right = e / a. The same with right; also where out is 0.
    if (canonical(e * b - f * a) === 0n) return [over(-b, a), over(over(e, scale * a) - d, c)];
    if (canonical(e * d - f * c) === 0n) return [over(-d, c), over(over(e, scale * c) - b, a)];
    return undefined;
  })();
  const { low, high } = within(x);
  const possible = roots?.filter((root) => low <= root && root <= high) ?? [];
  return possible.length === 0 ? undefined : [x, hullOf(possible)];
}

function hullOf(values: readonly bigint[]): Interval {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return interval(sorted[0]!, sorted.at(-1)!);
}
