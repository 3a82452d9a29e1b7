// Numbers between two checks over small fields: as the rule wants them, with one condition broken, and with any numbers in them.
import { linear, offset, scale, type Expression, type SmallBuilder } from './build.ts';
import {
  in127,
  in13,
  in31Wide,
  in61,
  in7,
  parametersIn,
  type Build,
  type Shape,
} from './shapes.ts';

interface Bracket {
  /** Bits of x; 0 for no check. */
  readonly bits?: number;
  /** Whether the sides are checked. */
  readonly checks?: readonly [boolean, boolean];
  /** Added to the second side. */
  readonly excess?: number;
  /** Whether the second side has a coefficient of its own. */
  readonly apart?: boolean;
  /** The coefficient of x is not known. */
  readonly open?: boolean;
}

/** The values that sides are made of. */
interface Values {
  readonly builder: SmallBuilder;
  readonly x: Expression;
  /** Any known value. */
  readonly n: Expression;
  /** In [1, 2]. */
  readonly v: Expression;
  /** As v; where the second side is apart, another one. */
  readonly w: Expression;
}

/** The sides, which are not negative. */
type Sides = (values: Values) => readonly [Expression, Expression];

const times = (builder: SmallBuilder, v: Expression, w: Expression, x: Expression) => {
  const first = builder.product(v, x);
  return [first, w === v ? first : builder.product(w, x)] as const;
};

/** n − x² and (x + 1)² − 1 − n; with v in place of 1 in the linear term, so that w breaks it. */
const squareRoot: Sides = ({ builder, x, n, v, w }) => {
  const square = builder.product(x, x);
  const [own, other] = times(builder, v, w, x);
  return [
    linear([n, square, own], [1n, -1n, -1n]),
    linear([square, x, other, w, n], [1n, 2n, 1n, 1n, -1n]),
  ];
};

/** 2 n + v − 2 v x and 2 v x + v − 2 n − 1. */
const rounded: Sides = ({ builder, x, n, v, w }) => {
  const [own, other] = times(builder, v, w, x);
  return [linear([n, v, own], [2n, 1n, -2n]), offset(linear([other, w, n], [2n, 1n, -2n]), -1n)];
};

/** n − v x² and v (x + 1)² − 1 − n. */
const reciprocalRoot: Sides = ({ builder, x, n, v, w }) => {
  const [own, other] = times(builder, v, w, x);
  const second = builder.product(own, x);
  const copy = w === v ? second : builder.product(other, x);
  return [
    linear([n, second], [1n, -1n]),
    offset(linear([copy, other, w, n], [1n, 2n, 1n, -1n]), -1n),
  ];
};

const known: readonly Sides[] = [squareRoot, rounded, reciprocalRoot];

const digitsOf = (builder: SmallBuilder, bits: number): Expression => {
  const digits = Array.from({ length: bits }, () => builder.ranged(1));
  return linear(
    digits,
    digits.map((_, i) => 1n << BigInt(i)),
  );
};

const between =
  ({
    bits = 2,
    checks = [true, true],
    excess = 0,
    apart = false,
    open = false,
  }: Bracket = {}): Build =>
  (builder, { numbers: [which, low, form, ownFactor, otherFactor] }) => {
    const coefficient = (): Expression => {
      const value = builder.input();
      builder.range(offset(value, -1n), 1);
      return value;
    };
    const n = builder.input();
    const v = open ? builder.ranged(2) : coefficient();
    const w = apart ? coefficient() : v;
    const own =
      bits === 0
        ? builder.advice()
        : form! % 2 === 0
          ? digitsOf(builder, bits)
          : builder.ranged(bits);
    const x = offset(own, BigInt(low! % 2));
    const sides = known[which! % known.length]!({ builder, x, n, v, w });
    sides.forEach((side, i) => {
      const e = offset(side, BigInt(i === 1 ? excess : 0));
      if (checks[i]) builder.range(e, builder.limbBits);
      const factor = BigInt(1 + ((i === 0 ? ownFactor! : otherFactor!) % 2));
      // The same again, in disguise.
      if (checks[i] && factor > 1n) builder.assertZero(scale(linear([e, e], [1n, -1n]), factor));
    });
    return [own];
  };

export const bracket: Shape = {
  parameters: parametersIn(in61, in127),
  tooSmall: parametersIn(in7, in13),
  exact: between(),
  misses: {
    'a second side that admits one more': between({ excess: 1 }),
    'a second side that admits many more': between({ excess: 4 }),
    'no first side': between({ checks: [false, true] }),
    'no second side': between({ checks: [true, false] }),
    'x without a check': between({ bits: 0 }),
    'another coefficient in the second side': between({ apart: true }),
    'a coefficient that is not known': between({ open: true }),
  },
};

/** Sides r = c₀ + c₁ x + c₂ x² + … with any small numbers, where one sum may hold the other side. */
export const anyBracket: Build = (builder, { numbers }) => {
  let at = 0;
  const next = (most: number): number => numbers[at++ % numbers.length]! % (most + 1);
  const signed = (most: number): bigint => BigInt(next(2 * most) - most);
  const [n, v] = [builder.input(), builder.input()];
  if (next(3) > 0) builder.range(offset(v, -BigInt(next(1))), 1 + next(1));
  const width = 1 + next(1);
  const own = next(1) === 0 ? digitsOf(builder, width) : builder.ranged(width);
  const x = offset(own, signed(1));
  const square = builder.product(x, x);
  const linearPart = builder.product(v, x);
  const quadratic = builder.product(linearPart, x);
  const cube = next(2) === 0 ? builder.product(square, x) : square;
  const sign = BigInt(1 - 2 * next(1));
  const [a, b, c, d] = [signed(3), signed(1), signed(1), BigInt(next(1))];
  // P(x) = a x² + b v x + c v x² + d x³, and P(x + 1), or nearly so.
  const lower = linear([n, square, linearPart, quadratic, cube], [1n, -a, -b, -c, -d]);
  const off = (): bigint => (next(7) === 0 ? signed(1) : 0n);
  const upper = offset(
    linear(
      [square, x, linearPart, v, quadratic, cube, n],
      [
        a + 3n * d + off(),
        2n * a + 3n * d + off(),
        b + 2n * c + off(),
        b + c + off(),
        c + off(),
        d,
        -1n + off(),
      ],
    ),
    a + d - 1n + (next(3) === 0 ? signed(2) : 0n),
  );
  [lower, upper].forEach((side) =>
    builder.range(scale(side, sign), 1 + next(builder.limbBits - 1)),
  );
  return [own];
};

export const inAny = parametersIn(in7, in13, in31Wide, in61, in127);
