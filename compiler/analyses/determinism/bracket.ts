// Brackets: a number x between two checks, of the polynomial at x and at x + 1. Roots and quotients are forced by such checks. Two known
// sums of bounded forms r and g, and of polynomials in x, whose coefficients are known:
//
//   r + P(x) ≡ k         with k known
//   r + g ≡ E(x)         given as it is, or as the sum of the first and of  g + Q(x) ≡ l
//
// With σ = 1 or −1 and the step Δ(X) = P(X + σ) − P(X), let D = Δ − E, and let r₀, g₀ and D₀ be the least values of r, g and D. Then x
// is known where
//
//   r₀ + g₀ + D₀ ≥ 1
//   Δ has degree 1 at most, or is not negative at all X between two values of x
//   r + g + D − Δ is less than p in size
//   so is r − r' + P(x) − P(x') for any two witnesses, by the bounds of r and of x
//
//   The last two make integers of the sums: in every witness Δ(x) = r + g + D(x) ≥ 1, and r + P(x) is the same integer in witnesses that
//   agree on what is known. Let two of these have x and x' = x + σ n with n ≥ 1. Then
//
//     r − r' = P(x') − P(x) = Δ(x) + Δ(x + σ) + … + Δ(x' − σ) ≥ Δ(x) = r + g + D(x)
//
//   since none of the other steps is negative: if Δ has degree 1 or 0, it is at least 1 at x and at x', so it is between them. But that
//   leaves r' + g + D(x) ≤ 0, against the first condition.
//
// The bound of r may be better than its own: r = Δ(x) − g − D(x) is at most max Δ − g₀ − D₀.
//
// Examples. Square root: n − x² = r and (x + 1)² − 1 − n = g, so P = x² and r + g = 2 x = Δ − 1. Division with remainder: a = q y + r and
// y − 1 = r + g, so P = y q and Δ = y. The remainder is below the divisor, by the first condition.
import type { Term, Variable } from '../../constraints/expression.ts';
import { interval, magnitude, sum, type Interval } from '../../numbers/interval.ts';
import { formBounds, spanOf, type Bounded } from './bounded.ts';
import { commonBase, inUnits, together, units, type Both, type Multiple } from './bracket-sums.ts';
import { takeApart, type Parts } from './equations.ts';
import {
  degreeIn,
  fromForm,
  leastIn,
  plus,
  polynomial,
  polynomialBounds,
  reduced,
  spanIn,
  stepOf,
  type Polynomial,
} from './polynomial.ts';
import { forcedUnknowns } from './radix.ts';
import { Unfolder, x, type Unfolding } from './unfolding.ts';

/** Variables that two known sums force together: the first bounds P(x), the second the step to the next integer. */
export function bracketed(first: Parts, second: Parts, context: Unfolding): readonly Variable[] {
  const unfolder = new Unfolder(context);
  const base = commonBase(first.unknown, second.unknown, unfolder, context);
  if (!base) return [];
  const sums = [first, second].map(({ unknown }) => unfolder.unfold(unknown, base));
  const isKnown = units.some((unit) => {
    const lower = inUnits(sums[0]!, unit, context);
    if (degreeIn(x, lower.polynomial) === 0) return false;
    const both = together(lower, sums[1]!, unit, context);
    if (!both) return false;
    const bounds = formBounds({ terms: base, constant: 0n }, context);
    const bracket: Bracket = {
      lower,
      both,
      base,
      known: () =>
        plus(
          reduced(fromForm(first.known), context.field, both.multiples[0]),
          reduced(fromForm(second.known), context.field, both.multiples[1]),
        ),
    };
    const boundsOf = (variable: Variable): Interval =>
      variable === x ? bounds : context.boundsOf(variable);
    return [1n, -1n].some((by) => isUnique(by, bracket, { ...context, boundsOf }));
  });
  if (!isKnown) return [];
  return forcedUnknowns(
    base.map((term) => ({ ...term, span: spanOf([{ ...term, coefficient: 1n }], context) })),
    context.field,
  );
}

interface Bracket {
  readonly lower: Multiple;
  readonly both: Both;
  readonly base: readonly Term[];
  /** The known part of r + g − E(x). */
  known(): Polynomial;
}

function isUnique(by: bigint, { lower, both, base, known }: Bracket, context: Unfolding): boolean {
  const { field, boundsOf } = context;
  const step = stepOf(x, by, lower.polynomial);
  const open = reduced(plus(step, both.polynomial), field);
  if (degreeIn(x, open) > 0) return false;
  const over = withoutDefinitions(plus(open, known()), base, context);
  const steps = polynomialBounds(step, boundsOf);
  const difference = polynomialBounds(over, boundsOf);
  const [r, g] = [lower.rest, both.rest].map((terms) =>
    formBounds({ terms, constant: 0n }, context),
  );
  if (r!.low + g!.low + difference.low < 1n) return false;
  const whole = [r!, g!, difference, interval(-steps.high, -steps.low)].reduce(sum);
  if (magnitude(whole) >= field.modulus) return false;
  const most = steps.high - g!.low - difference.low;
  const span = (most < r!.high ? most : r!.high) - r!.low;
  const reach = span + spanIn(x, lower.polynomial, boundsOf);
  return reach < field.modulus && neverFalls(step, context);
}

function neverFalls(step: Polynomial, { boundsOf }: Bounded): boolean {
  if (degreeIn(x, step) <= 1) return true;
  const { low, high } = boundsOf(x);
  if (high - low < 2n) return true;
  const between = interval(low + 1n, high - 1n);
  return leastIn(x, step, (variable) => (variable === x ? between : boundsOf(variable))) >= 0n;
}

/**
 * Known sums are expanded until they cancel each other: at first those that are newer than x, such as the chains of the two sums, and
 * if need be all.
 */
function withoutDefinitions(
  form: Polynomial,
  base: readonly Term[],
  { field, equations, budget }: Unfolding,
): Polynomial {
  const oldest = base[0]!.variable;
  let result = reduced(form, field);
  budget.left -= result.size;
  for (const stopsAt of [(variable: Variable) => variable < oldest, () => false]) {
    const terms = [...result.values()];
    if (terms.every(({ factors }) => factors.length === 0)) break;
    const isPlain = ({ factors: [first, second] }: { readonly factors: readonly Variable[] }) =>
      first !== undefined && first !== x && second === undefined;
    const { unknown, known } = takeApart(
      {
        terms: terms
          .filter(isPlain)
          .map(({ coefficient, factors }) => ({ coefficient, variable: factors[0]! })),
        constant: 0n,
      },
      equations,
      stopsAt,
    );
    budget.left -= unknown.length + known.terms.length;
    const expanded = fromForm({ terms: [...unknown, ...known.terms], constant: known.constant });
    const others = polynomial(terms.filter((term) => !isPlain(term)));
    result = reduced(plus(others, expanded), field);
  }
  return result;
}
