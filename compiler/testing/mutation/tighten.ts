// The bounds that one gate gives its variables as integers, from the bounds that are known. Sums and products are read over the integers only
// where they cannot wrap around.
import type { Variable } from '../../constraints/expression.ts';
import {
  limbOffsets,
  type Gate,
  type LinearGate,
  type ProductGate,
} from '../../constraints/gates.ts';
import { centered, modulus } from '../../numbers/field.ts';
import {
  hull,
  interval,
  magnitude,
  product,
  scaled,
  square,
  sum,
  type Interval,
} from '../../numbers/interval.ts';
import { floorRoot } from '../../numbers/square-root.ts';

export type Bounds = ReadonlyMap<Variable, Interval>;

/** Is told that a variable lies in an interval; one with low > high says that nothing satisfies the gates. */
export type Tighten = (variable: Variable, to: Interval | undefined) => void;

const limb = interval(0n, 4095n);

export function tightenBy(gate: Gate, bounds: Bounds, tighten: Tighten): void {
  switch (gate.kind) {
    case 'boolean':
      return tighten(gate.variable, interval(0n, 1n));
    case 'constant':
      return tighten(gate.variable, interval(centered(gate.value), centered(gate.value)));
    case 'equal':
      tighten(gate.left, bounds.get(gate.right));
      return tighten(gate.right, bounds.get(gate.left));
    case 'range12':
      return gate.limbs.forEach((variable) => tighten(variable, limb));
    case 'range64': {
      gate.limbs.forEach((variable) => tighten(variable, limb));
      const weights = [1n, ...limbOffsets.map((offset) => 1n << BigInt(offset))];
      const parts = [interval(0n, 65535n), ...gate.limbs.map((each) => bounds.get(each)!)];
      tighten(gate.value, parts.map((part, i) => scaled(part, weights[i]!)).reduce(sum));
      const whole = bounds.get(gate.value);
      gate.limbs.forEach((variable, i) => {
        if (whole) tighten(variable, interval(0n, whole.high >> BigInt(limbOffsets[i]!)));
      });
      return;
    }
    case 'product': {
      const [left, right] = [bounds.get(gate.left), bounds.get(gate.right)];
      if (!left || !right) return;
      if (gate.left === gate.right && gate.scale === 1n)
        return tightenSquare(gate, left, bounds, tighten);
      return tightenProduct(gate, left, right, bounds, tighten);
    }
    case 'linear':
      return tightenLinear(gate, bounds, tighten);
    case 'poseidon':
      return;
  }
}

/** x² = y over the integers, for an x whose square cannot wrap around. */
function tightenSquare(
  { left, out }: ProductGate,
  x: Interval,
  bounds: Bounds,
  tighten: Tighten,
): void {
  if (!small(square(x))) return;
  tighten(out, square(x));
  const known = bounds.get(out);
  if (!known || known.high < 0n) return;
  const most = floorRoot(known.high);
  tighten(left, interval(-most, most));
  if (known.low <= 0n) return;
  const least = floorRoot(known.low - 1n) + 1n;
  if (x.low > -least) tighten(left, interval(least, most));
  else if (x.high < least) tighten(left, interval(-most, -least));
}

/** s x y = z over the integers, for x and y whose product cannot wrap around: z of x and y, and either of the others. */
function tightenProduct(
  { left, right, out, scale }: ProductGate,
  x: Interval,
  y: Interval,
  bounds: Bounds,
  tighten: Tighten,
): void {
  const factor = centered(scale);
  const reach = scaled(product(x, y), factor);
  if (!small(reach)) return;
  tighten(out, reach);
  const z = bounds.get(out);
  if (!z || factor === 0n || left === right) return;
  const whole = divided(z, factor);
  tighten(left, quotient(whole, y));
  tighten(right, quotient(whole, x));
}

/** Integers x with x y in `z` for some y of an interval: by the least and the greatest |y| but 0, as x · 0 is 0. */
function quotient(z: Interval, y: Interval): Interval | undefined {
  if (z.low > z.high) return z;
  if (z.low <= 0n && z.high >= 0n && y.low <= 0n && y.high >= 0n) return undefined;
  // Here y is not 0, or x y = 0 is not in z.
  const signs = [1n, -1n].flatMap((sign) => {
    const [low, high] = sign > 0n ? [y.low, y.high] : [-y.high, -y.low];
    if (high < 1n) return [];
    const divisors = [low < 1n ? 1n : low, high];
    const ends = sign > 0n ? [z.low, z.high] : [-z.high, -z.low];
    const [least, most] = [ends[0]!, ends[1]!];
    const first = divisors.map((d) => ceil(least, d)).reduce((a, b) => (a < b ? a : b));
    const last = divisors.map((d) => floor(most, d)).reduce((a, b) => (a > b ? a : b));
    return [interval(first, last)];
  });
  return signs.length > 0 ? hull(...signs) : empty;
}

const empty = interval(1n, 0n);

const small = (x: Interval): Interval | undefined => (magnitude(x) < modulus >> 1n ? x : undefined);

/** Σ c_i x_i + c = 0, solved for each x_j in turn. */
function tightenLinear(gate: LinearGate, bounds: Bounds, tighten: Tighten): void {
  const terms = [...gate.terms, { coefficient: -1n, variable: gate.out }].map((term) => ({
    variable: term.variable,
    coefficient: centered(term.coefficient),
    known: bounds.get(term.variable),
  }));
  for (const term of terms) {
    const others = terms.filter((other) => other !== term);
    if (!others.every(({ known }) => known !== undefined)) continue;
    const constant = centered(gate.constant);
    const rest = others
      .map(({ known, coefficient }) => scaled(known!, coefficient))
      .reduce(sum, interval(constant, constant));
    if (!small(rest)) continue;
    const { coefficient, known } = term;
    if (coefficient === 1n || coefficient === -1n)
      tighten(term.variable, scaled(rest, -coefficient));
    else if (known && coefficient !== 0n && small(sum(rest, scaled(known, coefficient))))
      tighten(term.variable, divided(scaled(rest, -1n), coefficient));
  }
}

/** The integers x with coefficient · x in the interval, which may be none. */
function divided({ low, high }: Interval, coefficient: bigint): Interval {
  const [a, b] = coefficient > 0n ? [low, high] : [-high, -low];
  const size = coefficient > 0n ? coefficient : -coefficient;
  return interval(ceil(a, size), floor(b, size));
}

const ceil = (a: bigint, b: bigint): bigint => -floor(-a, b);

const floor = (a: bigint, b: bigint): bigint => (a - (((a % b) + b) % b)) / b;
