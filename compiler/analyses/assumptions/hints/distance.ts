// How far a value that the constraints accept can be from one case of its hint.
//
// Equation: let F(y) = A y^k + B lie in [l, h], and v^k = N / D be the hint's. Where A N / D + B is a constant ρ,
//   |A| |y^k − v^k| = |F(y) − ρ| ≤ max(|l − ρ|, |h − ρ|), and for k = 2 and y ≥ 0: |y − v| = |A| |y² − v²| / (|A| y + |A| v).
//
// Factors: let F(y) = c Π (y − w_j) = 0 with c never 0. Then y is one of the w_j, each with what the other constraints say of it.
//
// Distances are in units of the value's last place / 2^guardBits, and upper bounds.
import { magnitude, interval } from '../../../numbers/interval.ts';
import { ceilingRoot, floorRoot } from '../../../numbers/square-root.ts';
import type { Facts, Symbol } from '../facts.ts';
import { add, ofMonomials, samePolynomial, type Polynomial } from '../polynomial.ts';
import type { ExpandedForm } from '../spread.ts';
import type { Case } from './cases.ts';
import type { Inequality, Known } from './inequalities.ts';
import { divideBy, powersOf, valueAt } from './powers.ts';
import { constantOf, fraction, times, type Value } from './values.ts';

export const guardBits = 32;
const guard = BigInt(guardBits);

/** A value that the prover chooses, and what the constraints say of it. */
export interface Chosen {
  readonly symbol: Symbol;
  /** Its fractional bits. */
  readonly fraction: number;
  readonly interval: Facts['intervals'][number];
  /** The forms that contain the symbol. */
  readonly forms: readonly ExpandedForm[];
}

/** Over all cases; undefined where one of them has no bound. */
export function distanceTo(
  cases: readonly Case[],
  chosen: Chosen,
  known: Known,
): bigint | undefined {
  let farthest = 0n;
  const alternatives = alternativesOf(cases, chosen);
  for (const { conditions, value } of cases) {
    const inside = known.and(...conditions);
    const found = [
      ...chosen.forms.map((form) => byEquation(form, value, chosen, inside)),
      alternatives && byFactors(alternatives, value, chosen, inside),
    ].filter((each) => each !== undefined);
    if (found.length === 0) return undefined;
    const own = found.reduce((a, b) => (b < a ? b : a));
    if (own > farthest) farthest = own;
  }
  return farthest;
}

/** N of V = N / D, where V is the value in units of the last place. */
const inUnits = ({ power, numerator }: Value, { fraction: bits }: Chosen): Polynomial =>
  times(numerator, constantOf(1n << BigInt(power * bits)));

function byEquation(
  { polynomial, interval: own }: ExpandedForm,
  value: Value,
  chosen: Chosen,
  known: Known,
): bigint | undefined {
  const { power, denominator } = value;
  const powers = powersOf(chosen.symbol, polynomial);
  if (powers.length !== power + 1 || powers.slice(1, -1).some((each) => each.size > 0))
    return undefined;
  const [b, a] = [powers[0]!, powers.at(-1)!];
  const numerator = inUnits(value, chosen);
  const image = ratioOf(add(times(a, numerator), times(b, denominator)), denominator);
  const slope = known.range(a);
  if (!image || !slope || (slope.low <= 0n && slope.high >= 0n)) return undefined;
  const [r, d] = image;
  const off = magnitude(interval(own.low * d - r, own.high * d - r));
  const size = d < 0n ? -d : d;
  const steepness = slope.low > 0n ? slope.low : -slope.high;
  if (power === 1) return ceiling(off << guard, size * steepness);
  const least = chosen.interval?.low;
  if (least === undefined || least < 0n) return undefined;
  const squares = ceilingRoot(ceiling(off << (2n * guard), size * steepness));
  const sum =
    slope.low > 0n
      ? leastSum({ a, b, numerator, denominator, steepness, low: own.low }, known)
      : 0n;
  if (sum === 0n) return squares;
  const bySum = ceiling(off << (2n * guard), size * sum);
  return bySum < squares ? bySum : squares;
}

/** r and d with p = (r / d) q for numbers r and d. */
function ratioOf(p: Polynomial, q: Polynomial): readonly [bigint, bigint] | undefined {
  const [key, { coefficient: d }] = [...q][0]!;
  const r = p.get(key)?.coefficient ?? 0n;
  return samePolynomial(times(p, constantOf(d)), times(q, constantOf(r))) ? [r, d] : undefined;
}

/** At most a y + a v, in units / 2^guardBits, for a > 0: (a v)² = a² N / D, and (a y)² = a (F − B). */
function leastSum(
  {
    a,
    b,
    numerator,
    denominator,
    steepness,
    low,
  }: {
    readonly a: Polynomial;
    readonly b: Polynomial;
    readonly numerator: Polynomial;
    readonly denominator: Polynomial;
    readonly steepness: bigint;
    readonly low: bigint;
  },
  known: Known,
): bigint {
  const square = fraction(times(a, a, numerator), denominator, 1, (s) => known.isPositive(s));
  const [n, d] = [known.least(square.numerator), known.most(square.denominator)];
  const ofHint = n !== undefined && d !== undefined && n > 0n ? (n << (2n * guard)) / d : 0n;
  const most = known.most(b);
  const left = most === undefined || most >= low ? 0n : low - most;
  return floorRoot(ofHint) + floorRoot((steepness * left) << (2n * guard));
}

/** The values that the chosen one can have, by an equation that splits into factors. */
function alternativesOf(cases: readonly Case[], chosen: Chosen): Polynomial[] | undefined {
  const candidates = cases.flatMap(({ value }) => integerValue(value, chosen) ?? []);
  for (const { polynomial, interval: own } of chosen.forms) {
    if (own.low !== own.high) continue;
    const found: Polynomial[] = [];
    let rest = powersOf(chosen.symbol, add(polynomial, constantOf(-own.low)));
    for (const candidate of candidates)
      for (let quotient; rest.length > 1 && (quotient = divideBy(rest, candidate)); rest = quotient)
        found.push(candidate);
    const last = rest.length === 2 ? rootOfLinear(rest[0]!, rest[1]!) : undefined;
    if (last) found.push(last);
    const isConstant = rest.length === 1 && rest[0]!.size === 1 && rest[0]!.has('');
    if (found.length > 0 && (last || isConstant)) return found;
  }
  return undefined;
}

/** The value in units of the last place, where it is a polynomial with integer coefficients. */
function integerValue(value: Value, chosen: Chosen): Polynomial | undefined {
  if (value.power !== 1) return undefined;
  const { denominator: d } = value;
  if (d.size !== 1 || !d.has('')) return undefined;
  return dividedBy(inUnits(value, chosen), d.get('')!.coefficient);
}

/** −a / b for a number b. */
function rootOfLinear(a: Polynomial, b: Polynomial): Polynomial | undefined {
  return b.size === 1 && b.has('') ? dividedBy(a, -b.get('')!.coefficient) : undefined;
}

function dividedBy(p: Polynomial, by: bigint): Polynomial | undefined {
  const monomials = [...p.values()];
  if (monomials.some(({ coefficient }) => coefficient % by !== 0n)) return undefined;
  return ofMonomials(monomials.map((each) => ({ ...each, coefficient: each.coefficient / by })));
}

function byFactors(
  alternatives: readonly Polynomial[],
  value: Value,
  chosen: Chosen,
  known: Known,
): bigint | undefined {
  if (value.power !== 1) return undefined;
  const least = known.least(value.denominator);
  if (least === undefined || least <= 0n) return undefined;
  let farthest = 0n;
  for (const alternative of alternatives) {
    const inside = known.and(...saidOf(alternative, chosen));
    if (!inside.isPossible()) continue;
    const off = add(times(alternative, value.denominator), inUnits(value, chosen), -1n);
    const range = inside.range(off);
    if (!range) return undefined;
    const own = ceiling(magnitude(range) << guard, least);
    if (own > farthest) farthest = own;
  }
  return farthest;
}

/** The inequalities of the constraints where the chosen value is this polynomial. */
function saidOf(alternative: Polynomial, { symbol, interval: own, forms }: Chosen): Inequality[] {
  const said = forms.map(({ polynomial, interval: { low, high } }) => ({
    polynomial: valueAt(powersOf(symbol, polynomial), alternative),
    from: low,
    to: high,
  }));
  return own ? [{ polynomial: alternative, from: own.low, to: own.high }, ...said] : said;
}

const ceiling = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;
