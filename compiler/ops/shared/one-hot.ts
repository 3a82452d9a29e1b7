// The one-hot vector of an integer 0 ≤ i < n in constraints, and the choice of an element by its binary digits.
import { constant, linear, subtract, type Expression } from '../../constraints/expression.ts';
import type { Constraints } from '../../constraints/constraints.ts';

/** Integers [first, first + 2^width), with a multiple of 2^width first. */
export interface Cell {
  readonly first: bigint;
  readonly width: number;
}

/**
 * h_j = 1 where the cell j holds i, else 0, for disjoint cells one of which does: by products of digits and their complements. Each h is a
 * whole that its digit splits in two halves. Where no cell is part of one half, the other one is the whole. `lower` makes the lower half.
 */
export function cellIndicators(
  constraints: Constraints,
  digits: readonly Expression[],
  cells: readonly Cell[],
  lower: (half: Expression) => Expression = (half) => half,
): Expression[] {
  const split = (
    whole: Expression,
    first: bigint,
    rest: readonly Expression[],
    own: readonly Cell[],
  ): Expression[] => {
    const digit = rest.at(-1);
    if (!digit || own.length <= 1) return own.map(() => whole);
    const below = rest.slice(0, -1);
    const middle = first + (1n << BigInt(below.length + least));
    const left = own.filter((cell) => cell.first < middle);
    const right = own.slice(left.length);
    if (right.length === 0) return split(whole, first, below, left);
    if (left.length === 0) return split(whole, middle, below, right);
    const upperHalf = constraints.product(digit, whole);
    const lowerHalf = lower(subtract(whole, upperHalf));
    return [...split(lowerHalf, first, below, left), ...split(upperHalf, middle, below, right)];
  };
  const least = Math.min(...cells.map(({ width }) => width));
  return split(constant(1n), 0n, digits, cells);
}

/** h_j = 1 where j = i, else 0, for i and j < n. */
export function oneHot(
  constraints: Constraints,
  digits: readonly Expression[],
  n: number,
): Expression[] {
  const cells = Array.from({ length: n }, (_, j): Cell => ({ first: BigInt(j), width: 0 }));
  return cellIndicators(constraints, digits, cells, (half) => constraints.seal(half));
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
