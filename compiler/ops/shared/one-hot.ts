// The one-hot vector of an integer 0 ≤ i < n in constraints, and the choice of an element by its binary digits.
import { constant, linear, subtract, type Expression } from '../../constraints/expression.ts';
import type { Constraints } from '../../constraints/constraints.ts';

/**
 * h_j = 1 where j = i, else 0, for i and j < n, by products of digits and their complements: each h is a whole that its digit splits
 * in two halves. Where no j < n is part of the upper half, that one is 0, and the lower half is the whole.
 */
export function oneHot(
  constraints: Constraints,
  digits: readonly Expression[],
  n: number,
): Expression[] {
  const split = (whole: Expression, first: number, rest: readonly Expression[]): Expression[] => {
    const digit = rest.at(-1);
    if (!digit) return [whole];
    const lower = rest.slice(0, -1);
    const middle = first + 2 ** lower.length;
    if (middle >= n) return split(whole, first, lower);
    const upperHalf = constraints.product(digit, whole);
    const lowerHalf = constraints.seal(subtract(whole, upperHalf));
    return [...split(lowerHalf, first, lower), ...split(upperHalf, middle, lower)];
  };
  return split(constant(1n), 0, digits);
}

/** The element at i < n, by choices between two: n − 1 products. */
export function pick(
  constraints: Constraints,
  digits: readonly Expression[],
  elements: readonly Expression[],
): Expression {
  // A form of several terms stands in two differences at most: as one variable it costs less.
  const short = (e: Expression): Expression => (e.terms.length > 1 ? constraints.seal(e) : e);
  let level = elements;
  for (const digit of digits)
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, k): Expression => {
      const [a, b] = [level[2 * k]!, level[2 * k + 1]].map((e) => e && short(e)) as [
        Expression,
        Expression?,
      ];
      return b ? linear([a, constraints.product(digit, subtract(b, a))]) : a;
    });
  return level[0]!;
}
