// The binary digits of an integer 0 ≤ x < 2^count in constraints, the lowest first: x = Σ 2^k b_k.
//
// Soundness: the b_k are bits and 2^count < p, so they are unique, and an x that is no such integer is refused.
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
  const positions = Array.from({ length: count }, (_, k) => BigInt(k));
  const digits = positions.map((k, i): Expression => {
    const { low, high } = known?.[i] ?? { low: 0n, high: 1n };
    if (low === high) return constant(low);
    return constraints.ranged(1, 1, (read) => [(read(x) >> k) & 1n])[0]!;
  });
  const weights = positions.map((k) => 1n << k);
  constraints.assertZero(subtract(x, linear(digits, weights)));
  return digits;
}
