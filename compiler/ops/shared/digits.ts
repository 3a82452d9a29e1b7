// The binary digits of an integer in constraints, the lowest first, or those above its lowest w bits:
//
//   x = t + Σ 2^(w+k) b_k,  0 ≤ t < 2^w
//
// Soundness: the b_k are bits and 2^(w+count) < p, so they and t are unique, and an x that is no such integer is refused.
import { constant, linear, subtract, type Expression } from '../../constraints/expression.ts';
import type { Constraints } from '../../constraints/constraints.ts';
import type { Intervals } from '../../numbers/interval.ts';

/** `known` are the intervals of the digits, where some are known from that of x: they take no constraints. */
export function binaryDigits(
  constraints: Constraints,
  x: Expression,
  count: number,
  known?: Intervals,
): Expression[] {
  return leadingDigits(constraints, x, { count, below: 0, known });
}

export interface Leading {
  readonly count: number;
  /** w: how many bits are below the digits. */
  readonly below: number;
  readonly known?: Intervals | undefined;
}

/** The digits above the lowest `below` bits. */
export function leadingDigits(
  constraints: Constraints,
  x: Expression,
  { count, below, known }: Leading,
): Expression[] {
  const positions = Array.from({ length: count }, (_, k) => BigInt(below + k));
  const digits = positions.map((k, i): Expression => {
    const { low, high } = known?.[i] ?? { low: 0n, high: 1n };
    if (low === high) return constant(low);
    return constraints.ranged(1, 1, (read) => [(read(x) >> k) & 1n])[0]!;
  });
  const mask = (1n << BigInt(below)) - 1n;
  const rest = below === 0 ? [] : constraints.ranged(1, below, (read) => [read(x) & mask]);
  const weights = positions.map((k) => 1n << k);
  constraints.assertZero(
    subtract(x, linear([...digits, ...rest], [...weights, ...rest.map(() => 1n)])),
  );
  return digits;
}
