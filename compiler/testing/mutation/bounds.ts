// What a set of gates says about each variable as an integer: intervals, tightened until nothing changes. A variable
// without an interval may be any field element. Sums are read over the integers only where they cannot wrap around.
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
  intersect,
  interval,
  magnitude,
  product,
  scaled,
  square,
  sum,
  type Interval,
} from '../../numbers/interval.ts';

export type Bounds = ReadonlyMap<Variable, Interval>;

const rounds = 6;
const limb = interval(0n, 4095n);

export function boundsOf(gates: readonly Gate[]): Bounds {
  const bounds = new Map<Variable, Interval>();
  let changed = true;
  const tighten = (variable: Variable, to: Interval | undefined): void => {
    if (!to || magnitude(to) >= modulus >> 1n) return;
    const known = bounds.get(variable);
    const next = known ? intersect(known, to) : to;
    // An empty interval says that nothing satisfies the gates: no reason to say more.
    if (!next || (known && known.low === next.low && known.high === next.high)) return;
    bounds.set(variable, next);
    changed = true;
  };
  for (let round = 0; changed && round < rounds; round++) {
    changed = false;
    for (const gate of gates) tightenBy(gate, bounds, tighten);
  }
  return bounds;
}

type Tighten = (variable: Variable, to: Interval | undefined) => void;

function tightenBy(gate: Gate, bounds: Bounds, tighten: Tighten): void {
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
      return tighten(gate.out, small(scaled(product(left, right), centered(gate.scale))));
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
  const most = bounds.get(out)?.high;
  if (most !== undefined && most >= 0n) tighten(left, interval(-root(most), root(most)));
}

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

/** The integers x with coefficient · x in the interval. */
function divided({ low, high }: Interval, coefficient: bigint): Interval | undefined {
  const [a, b] = coefficient > 0n ? [low, high] : [-high, -low];
  const size = coefficient > 0n ? coefficient : -coefficient;
  const [first, last] = [-floor(-a, size), floor(b, size)];
  return first <= last ? hull(interval(first, first), interval(last, last)) : undefined;
}

const floor = (a: bigint, b: bigint): bigint => (a - (((a % b) + b) % b)) / b;

/** Whether a variable is an integer from `low` to `high`. */
export function liesIn(bounds: Bounds, variable: Variable, { low, high }: Interval): boolean {
  const known = bounds.get(variable);
  return known !== undefined && known.low >= low && known.high <= high;
}

/** The greatest integer that is not above the square root. */
export function root(square: bigint): bigint {
  let [low, high] = [0n, square + 1n];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle * middle <= square) low = middle;
    else high = middle;
  }
  return low;
}
