// Bounds by contradiction. To show that a variable is no integer of an interval, assume that it is one, and tighten the bounds of
// what stands in gates with it until one is empty. Where none gets empty, an interval is cut in two and each half is refuted by
// itself: products of small numbers (coefficients of a polynomial) are bounded well only where these are nearly known.
import type { Variable } from '../../constraints/expression.ts';
import { variablesOf, type Gate, type ProductGate } from '../../constraints/gates.ts';
import { interval, type Interval } from '../../numbers/interval.ts';
import { boundsOf, liesIn, narrow } from './bounds.ts';
import { dyadicBounds } from './dyadic.ts';
import { tightenBy, type Bounds } from './tighten.ts';

/** Gates looked at for one assumption, assumptions for one question, and what counts as a small number. */
const [mostGates, mostAssumptions, small] = [400, 32, 32n];

const holders = new WeakMap<readonly Gate[], Map<Variable, Gate[]>>();

/** True where no witness of the gates has the variable in the interval. `bounds` are implied by the gates. */
export function excludes(
  gates: readonly Gate[],
  bounds: Bounds,
  variable: Variable,
  assumed: Interval,
): boolean {
  const index = holdersOf(gates);
  let left = mostAssumptions;
  return refuted(new Map(bounds), variable, assumed);

  function refuted(known: Map<Variable, Interval>, about: Variable, to: Interval): boolean {
    if (left-- <= 0) return false;
    const touched = new Set<Variable>();
    if (narrow(known, about, to) === 'empty' || settle(known, about, touched)) return true;
    const cut = nextCut(known, touched);
    if (cut === undefined) return false;
    return halves(known.get(cut)!).every((half) => refuted(new Map(known), cut, half));
  }

  /** True when an interval gets empty. */
  function settle(known: Map<Variable, Interval>, from: Variable, touched: Set<Variable>): boolean {
    const pending = new Set(index.get(from) ?? []);
    let visits = mostGates;
    for (const gate of pending) {
      if (visits-- <= 0) return false;
      pending.delete(gate);
      let isEmpty = false;
      if (gate.kind !== 'range12') variablesOf(gate).forEach((each) => touched.add(each));
      tightenBy(gate, known, (variable, to) => {
        const result = narrow(known, variable, to);
        if (result === 'empty') isEmpty = true;
        if (result === 'narrower') index.get(variable)!.forEach((other) => pending.add(other));
      });
      if (isEmpty) return true;
    }
    return false;
  }

  /** The smallest of the small numbers, or what the question is about. */
  function nextCut(known: Bounds, touched: ReadonlySet<Variable>): Variable | undefined {
    let [best, size] = [variable, known.get(variable)!.high - known.get(variable)!.low];
    if (size === 0n) size = small;
    for (const each of touched) {
      const own = known.get(each);
      if (!own) continue;
      const span = own.high - own.low;
      if (span > 0n && span < size && span < small) [best, size] = [each, span];
    }
    return known.get(best)!.high > known.get(best)!.low ? best : undefined;
  }
}

/** True where a variable is an integer from `to.low` to `to.high` in every witness of the gates. `bounds` are implied by them. */
export function isWithin(
  gates: readonly Gate[],
  bounds: Bounds,
  variable: Variable,
  to: Interval,
): boolean {
  if (liesIn(bounds, variable, to)) return true;
  const known = bounds.get(variable);
  if (!known) {
    const integers = dyadicBounds(gates, bounds, variable);
    return integers !== undefined && integers.low >= to.low && integers.high <= to.high;
  }
  if (known.high < to.low || known.low > to.high) return false;
  const outside = [interval(known.low, to.low - 1n), interval(to.high + 1n, known.high)];
  return outside
    .filter(({ low, high }) => low <= high)
    .every((part) => excludes(gates, bounds, variable, part));
}

/** True where one of two factors is 0 in every witness of the gates: their product, as another variable, is nothing else. */
export function isNeverBoth(gates: readonly Gate[], { left, right }: ProductGate): boolean {
  const out = gates.flatMap(variablesOf).reduce((a, b) => (a > b ? a : b)) + 1;
  const all: Gate[] = [...gates, { kind: 'product', scale: 1n, left, right, out }];
  return isWithin(all, boundsOf(all), out, interval(0n, 0n));
}

/** Cuts at the sign first, because it decides the sign of products. */
function halves({ low, high }: Interval): Interval[] {
  const middle = low < 0n && high >= 0n ? -1n : (low + high) >> 1n;
  return [interval(low, middle), interval(middle + 1n, high)];
}

function holdersOf(gates: readonly Gate[]): Map<Variable, Gate[]> {
  const known = holders.get(gates);
  if (known) return known;
  const index = new Map<Variable, Gate[]>();
  for (const gate of gates)
    for (const variable of new Set(variablesOf(gate)))
      index.set(variable, [...(index.get(variable) ?? []), gate]);
  holders.set(gates, index);
  return index;
}
