// Fractions that are integers. Where 2^f · v is checked to have 12 bits, and v itself is not checked, v is w / 2^f modulo p for an
// integer w. If the gates also say c · v = N for an odd c and a bounded integer N, then c · w = 2^f · N modulo p. Both sides are less
// than p / 2, so this holds over the integers, 2^f divides w, and v is the integer w / 2^f.
import type { Variable } from '../../constraints/expression.ts';
import type { Gate, LinearGate } from '../../constraints/gates.ts';
import { centered, modulus } from '../../numbers/field.ts';
import { interval, magnitude, scaled, sum, type Interval } from '../../numbers/interval.ts';
import type { Bounds } from './tighten.ts';

/** Where such a v lies; undefined where the gates do not say that. */
export function dyadicBounds(
  gates: readonly Gate[],
  bounds: Bounds,
  variable: Variable,
): Interval | undefined {
  const linear = gates.filter(
    (gate): gate is LinearGate =>
      gate.kind === 'linear' &&
      (gate.out === variable || gate.terms.some((term) => term.variable === variable)),
  );
  for (const { terms, constant, out } of linear) {
    const [term] = terms;
    const shift = term!.coefficient;
    const w = bounds.get(out);
    if (terms.length !== 1 || constant !== 0n || out === variable || !w) continue;
    if (shift < 2n || shift > 4096n || 4096n % shift !== 0n || w.low < 0n) continue;
    if (linear.some((gate) => isInteger(gate, shift, w))) return interval(0n, w.high / shift);
  }
  return undefined;

  /** c · v + rest = 0 with an odd c and a bounded rest. */
  function isInteger({ terms, constant, out }: LinearGate, shift: bigint, w: Interval): boolean {
    const all = [...terms, { coefficient: -1n, variable: out }];
    const own = all.filter((term) => term.variable === variable);
    const c = centered(own[0]!.coefficient);
    if (own.length !== 1 || c % 2n === 0n) return false;
    let rest = interval(centered(constant), centered(constant));
    for (const term of all) {
      if (term.variable === variable) continue;
      const known = bounds.get(term.variable);
      if (!known) return false;
      rest = sum(rest, scaled(known, centered(term.coefficient)));
    }
    const sides = [scaled(w, c), scaled(rest, shift)];
    return sides.every((side) => magnitude(side) < modulus >> 1n);
  }
}
