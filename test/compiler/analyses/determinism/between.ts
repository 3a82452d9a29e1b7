// Roots and quotients between two checks, as lowerings write them.
import {
  constant,
  fromVariable,
  linear,
  offset,
  scale,
  subtract,
  type Expression,
  type Variable,
} from '../../../../compiler/constraints/expression.ts';
import type { Author } from './known-after.ts';

export interface Checked {
  /** Bits of x above its lowest value. */
  readonly bits?: number;
  /** How much wider that check may be. */
  readonly slack?: number;
  readonly low?: bigint;
  /** Whether x becomes one variable before it is used. */
  readonly sealed?: boolean;
  /** Bits of the two checks; 0 for none. */
  readonly checks?: readonly [number, number];
  /** Added to the second check. */
  readonly excess?: bigint;
  readonly factor?: bigint;
}

interface Between extends Required<Checked> {
  readonly x: Expression;
}

export type Sides = (author: Author, between: Between) => readonly [Expression, Expression];

/** x between the checks that both sides are not negative; returns its variables. */
export const between =
  (sides: Sides, checked: Checked = {}) =>
  (author: Author): readonly Variable[] => {
    const { constraints } = author;
    const {
      bits = 20,
      slack = 0,
      low = 0n,
      sealed = false,
      checks = [bits + 24, bits + 24],
      excess = 0n,
      factor = 1n,
    } = checked;
    const [above] = constraints.ranged(1, bits, () => [0n], bits + slack);
    const sum = offset(above!, low);
    const x = sealed ? constraints.seal(sum) : sum;
    const all = { bits, slack, low, sealed, checks, excess, factor, x };
    sides(author, all).forEach((side, i) => {
      const e = scale(offset(side, i === 1 ? excess : 0n), factor);
      if (checks[i]! > 0) constraints.range(e, checks[i]!, checks[i]! + 8);
    });
    return above!.terms.map(({ variable }) => variable);
  };

/** n − x² and (x + 1)² − 1 − n. */
const squareRoot: Sides = ({ constraints, input }, { x }) => {
  const [n, square] = [fromVariable(input()), constraints.product(x, x)];
  return [subtract(n, square), linear([square, x, n], [1n, 2n, -1n])];
};

/** 2 a + b − 2 b x and 2 b x + b − 2 a − 1, for b of so many bits. */
const rounded =
  (divisorBits = 16, known = true): Sides =>
  ({ constraints, input, free }, { x }) => {
    const [a, b] = [input(), known ? input() : free()].map(fromVariable);
    constraints.range(offset(b!, -1n), divisorBits);
    const product = constraints.product(x, b!);
    return [
      linear([a!, b!, product], [2n, 1n, -2n]),
      offset(linear([product, b!, a!], [2n, 1n, -2n]), -1n),
    ];
  };

/** 4 S − v (2 x − 1)² and v (2 x + 1)² − 4 S − 1, for v of so many bits from `least` on. */
const reciprocalRoot =
  (bitsOfV = 16, least = 1n): Sides =>
  ({ constraints, input }, { x }) => {
    const v = fromVariable(input());
    if (bitsOfV > 0) constraints.range(offset(v, -least), bitsOfV);
    const first = constraints.product(v, x);
    const second = constraints.product(first, x);
    const four = 1n << 62n;
    return [
      offset(linear([second, first, v], [-4n, 4n, -1n]), four),
      offset(linear([second, first, v], [4n, 4n, 1n]), -four - 1n),
    ];
  };

/** As above, with the square of x first, and v as a sum. */
const reciprocalRootBySquare: Sides = ({ constraints, input }, { x }) => {
  const [u, w] = [fromVariable(input()), fromVariable(input())];
  [u, w].forEach((each) => constraints.range(each, 15));
  const v = offset(linear([u, w], [1n, 3n]), 1n);
  const square = constraints.product(x, x);
  const [second, first] = [constraints.product(v, square), constraints.product(v, x)];
  return [
    offset(linear([second, first, v], [-4n, 4n, -1n]), 1n << 62n),
    offset(linear([second, first, v], [4n, 4n, 1n]), -(1n << 62n) - 1n),
  ];
};

/** n − x³ and (x + 1)³ − 1 − n. */
const cubeRoot: Sides = ({ constraints, input }, { x }) => {
  const n = fromVariable(input());
  const square = constraints.product(x, x);
  const cube = constraints.product(square, x);
  return [subtract(n, cube), linear([cube, square, x, n], [1n, 3n, 3n, -1n])];
};

/** The cube root by Horner's scheme: (x + 3) x + 3, times x. */
const nested: Sides = ({ constraints, input }, { x }) => {
  const n = fromVariable(input());
  const inner = constraints.seal(offset(constraints.product(offset(x, 3n), x), 3n));
  const whole = constraints.product(inner, x);
  const square = linear([inner, x, constant(1n)], [1n, -3n, -3n]);
  // whole is (x + 1)³ − 1: F(X) = X³ − n, shifted by one.
  const cube = linear([whole, square, x], [1n, -3n, -3n]);
  return [subtract(n, cube), subtract(whole, n)];
};

/** 3 x ≤ n < 3 (x + 1). */
const third: Sides = ({ input }, { x }) => {
  const n = fromVariable(input());
  return [linear([n, x], [1n, -3n]), offset(linear([x, n], [3n, -1n]), 2n)];
};

/** x² ≥ n > (x − 1)²: rounded up. */
const squareRootUp: Sides = ({ constraints, input }, { x }) => {
  const [n, square] = [fromVariable(input()), constraints.product(x, x)];
  return [subtract(square, n), offset(linear([n, square, x], [1n, -1n, 2n]), -2n)];
};

/** F(X) = n − X², where the second check says that F(x + 1) is negative. */
const longSum: Sides = ({ constraints, input }, { x }) => {
  const parts = Array.from({ length: 9 }, () => fromVariable(input()));
  const n = linear(
    parts,
    parts.map((_, i) => BigInt(i + 1)),
  );
  const square = constraints.product(x, x);
  return [subtract(n, square), linear([n, square, x], [-1n, 1n, 2n])];
};

export const examples: Readonly<Record<string, Sides>> = {
  'square root': squareRoot,
  'square root, rounded up': squareRootUp,
  'square root of a sum': longSum,
  'rounded division': rounded(),
  'reciprocal root': reciprocalRoot(),
  'reciprocal root by the square': reciprocalRootBySquare,
  'cube root': cubeRoot,
  'cube root by nested products': nested,
  'a third': third,
};
