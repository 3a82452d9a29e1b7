// What a set of gates says about each variable as an integer: intervals, tightened until nothing changes. A variable
// without an interval may be any field element.
import type { Variable } from '../../constraints/expression.ts';
import type { Gate } from '../../constraints/gates.ts';
import { modulus } from '../../numbers/field.ts';
import { intersect, magnitude, type Interval } from '../../numbers/interval.ts';
import { tightenBy, type Bounds } from './tighten.ts';

const rounds = 6;

export function boundsOf(gates: readonly Gate[]): Bounds {
  const bounds = new Map<Variable, Interval>();
  let changed = true;
  for (let round = 0; changed && round < rounds; round++) {
    changed = false;
    for (const gate of gates)
      // An empty interval says that nothing satisfies the gates: no reason to say more.
      tightenBy(gate, bounds, (variable, to) => {
        if (narrow(bounds, variable, to) === 'narrower') changed = true;
      });
  }
  return bounds;
}

/** Puts an interval to the bounds of a variable. */
export function narrow(
  bounds: Map<Variable, Interval>,
  variable: Variable,
  to: Interval | undefined,
): 'narrower' | 'same' | 'empty' {
  if (!to || magnitude(to) >= modulus >> 1n) return 'same';
  const known = bounds.get(variable);
  const next = known ? intersect(known, to) : to.low <= to.high ? to : undefined;
  if (!next) return 'empty';
  if (known && known.low === next.low && known.high === next.high) return 'same';
  bounds.set(variable, next);
  return 'narrower';
}

/** Whether a variable is an integer from `low` to `high`. */
export function liesIn(bounds: Bounds, variable: Variable, { low, high }: Interval): boolean {
  const known = bounds.get(variable);
  return known !== undefined && known.low >= low && known.high <= high;
}
