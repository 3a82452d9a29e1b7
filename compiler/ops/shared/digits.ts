// The binary digits of an integer in constraints, the lowest first, or those of how many times a length goes into it:
//
//   x = t + Σ 2^k length b_k,  0 ≤ t < length
//
// Soundness: the b_k are bits and 2^count length < p, so they and t are unique, and an x that is no such integer is refused.
import { constant, linear, subtract, type Expression } from '../../constraints/expression.ts';
import type { Constraints } from '../../constraints/constraints.ts';
import { bitLength, floorDivide, interval, type Intervals } from '../../numbers/interval.ts';
import { assertInterval } from './within.ts';

/** `known` are the intervals of the digits, where some are known from that of x: they take no constraints. */
export function binaryDigits(
  constraints: Constraints,
  x: Expression,
  count: number,
  known?: Intervals,
): Expression[] {
  return digitsOfQuotient(constraints, x, { count, length: 1n, known });
}

export interface Quotient {
  readonly count: number;
  readonly length: bigint;
  readonly known?: Intervals | undefined;
}

/** The digits of ⌊x / length⌋. */
export function digitsOfQuotient(
  constraints: Constraints,
  x: Expression,
  { count, length, known }: Quotient,
): Expression[] {
  const positions = Array.from({ length: count }, (_, k) => BigInt(k));
  const digits = positions.map((k, i): Expression => {
    const { low, high } = known?.[i] ?? { low: 0n, high: 1n };
    if (low === high) return constant(low);
    return constraints.ranged(1, 1, (read) => [(floorDivide(read(x), length) >> k) & 1n])[0]!;
  });
  const rest = remainder(constraints, x, length);
  const weights = positions.map((k) => length << k);
  constraints.assertZero(subtract(x, linear([...digits, ...rest], [...weights, 1n])));
  return digits;
}

/** 0 ≤ t < length: two checks where it is no power of 2. Nothing for a length of 1. */
function remainder(constraints: Constraints, x: Expression, length: bigint): Expression[] {
  if (length === 1n) return [];
  const bits = bitLength(length - 1n);
  const [rest] = constraints.ranged(1, bits, (read) => [
    read(x) - length * floorDivide(read(x), length),
  ]);
  const checked = interval(0n, (1n << BigInt(bits)) - 1n);
  assertInterval(constraints, rest!, interval(0n, length - 1n), checked);
  return [rest!];
}
