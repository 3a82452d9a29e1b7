// A function of the author's own: its interpolation on a piece, in n = k points for bounds L_1 … L_k of its derivatives.
//
//   |f(x) − I(x)| ≤ L_k / k! · max |Π_i (x − x_i)|
//
// The points are near Chebyshev's, as integers; the maximum of the product is bounded in Chebyshev's basis, so it need not be known how
// near. That `at` computes f to 2^−48 of its size, and that the bounds hold, are assumptions.
import { interval, magnitude, type Interval } from '../numbers/interval.ts';
import { factorial } from './binomial.ts';
import { fromMonomials, fromTaylor, type ChebyshevSeries } from './chebyshev.ts';
import { ceilDivide, enclose, point, times } from './enclosure.ts';
import type { AuthorFunction } from './registry.ts';
import type { Precision } from './taylor.ts';

/** More points do not help: rounding in `at` is what is left. */
const mostPoints = 16;

/** Up to so many, units of 2^−bits are float64s. */
const mostBits = 1000;

export function interpolate(
  { at, derivatives }: AuthorFunction,
  center: bigint,
  radius: bigint,
  { bits }: Precision,
): ChebyshevSeries | undefined {
  if (bits > mostBits) return undefined;
  const count = radius === 0n ? 1 : Math.min(derivatives.length, mostPoints);
  const one = 1n << BigInt(bits);
  // Any points do; these are spread nearly as Chebyshev's are: sin(π u / 2) is near u (3 − u²) / 2.
  const nodes = Array.from({ length: count }, (_, i) => {
    const [u, n] = [BigInt(2 * i + 1 - count), BigInt(count)];
    return (u * (3n * n ** 2n - u ** 2n) * one) / (2n * n ** 3n);
  });
  const values: Interval[] = [];
  for (const node of nodes) {
    const x = center + ((radius * node) >> BigInt(bits));
    const value = at(Number(x) / 2 ** bits);
    if (!Number.isFinite(value)) return undefined;
    const near = enclose(value, bits);
    // x was rounded to float64 as well, by 2^−53 of its size, and to this fixed point.
    const slack =
      magnitude(near) / (1n << 48n) +
      magnitude(enclose(derivatives[0]!, 0)) * ((x < 0n ? -x : x) / (1n << 52n) + 2n) +
      1n;
    values.push(interval(near.low - slack, near.high + slack));
  }
  // Divided differences in s.
  const differences = [...values];
  for (let order = 1; order < count; order++)
    for (let i = count - 1; i >= order; i--) {
      const [a, b] = [differences[i]!, differences[i - 1]!];
      differences[i] = overNode(
        interval(a.low - b.high, a.high - b.low),
        nodes[i]! - nodes[i - order]!,
        bits,
      );
    }
  // Newton's form as a polynomial in s.
  let terms: Interval[] = [];
  for (let i = count - 1; i >= 0; i--) terms = timesRoot(terms, differences[i]!, nodes[i]!, bits);
  const product = nodes.reduce((sum, node) => timesRoot(sum, point(0n), node, bits), [point(one)]);
  const largest = sizeOf(product);
  const bound = enclose(derivatives[count - 1]!, bits).high;
  const power = Array.from({ length: count }).reduce(
    (x: bigint) => ceilDivide(x * radius, one),
    bound,
  );
  const remainder = ceilDivide(power * largest, one * factorial(count));
  return fromTaylor({ terms, remainder });
}

/** p(s) · (s − node) + constant. */
function timesRoot(
  p: readonly Interval[],
  constant: Interval,
  node: bigint,
  bits: number,
): Interval[] {
  const next = Array.from({ length: p.length + 1 }, () => ({ low: 0n, high: 0n }));
  p.forEach((term, n) => {
    const moved = times(term, point(-node), bits);
    next[n] = interval(next[n]!.low + moved.low, next[n]!.high + moved.high);
    next[n + 1] = interval(next[n + 1]!.low + term.low, next[n + 1]!.high + term.high);
  });
  next[0] = interval(next[0]!.low + constant.low, next[0]!.high + constant.high);
  return p.length === 0 ? [constant] : next;
}

/** x / d in units of 2^−bits, for any d but 0. */
function overNode({ low, high }: Interval, d: bigint, bits: number): Interval {
  const [sign, size] = d < 0n ? [-1n, -d] : [1n, d];
  const [a, b] = sign < 0n ? [-high, -low] : [low, high];
  return interval(-ceilDivide(-a << BigInt(bits), size), ceilDivide(b << BigInt(bits), size));
}

/** At least |p(s)| for −1 ≤ s ≤ 1. */
function sizeOf(p: readonly Interval[]): bigint {
  const centers = p.map(({ low, high }) => (low + high) >> 1n);
  const radii = p.reduce((sum, { low, high }) => sum + (high - low + 1n), 0n);
  const scale = 1n << BigInt(p.length - 1);
  const sum = fromMonomials(centers).reduce((total, c) => total + (c < 0n ? -c : c), 0n);
  return ceilDivide(sum, scale) + radii;
}
