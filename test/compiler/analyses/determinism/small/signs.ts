// Equal cubes and signed divisions over small fields: as they are, and with one condition broken.
import { add, linear, offset, subtract, type Expression, type SmallBuilder } from './build.ts';
import { in61, in7, parametersIn, type Build, type Shape } from './shapes.ts';

interface Cubes {
  /** The least x, below 0. */
  readonly low?: bigint;
  readonly isChecked?: boolean;
  readonly exponent?: 2 | 3 | 4;
  /** Whether one factor of the cube is another number. */
  readonly isMixed?: boolean;
}

/** x³ = a³ with x ∈ [−low, −low + 7], or what fits the field's rows. */
const cubes =
  ({ low = 4n, isChecked = true, exponent = 3, isMixed = false }: Cubes = {}): Build =>
  (builder, { numbers }) => {
    const small = (): Expression =>
      offset(
        isChecked ? builder.ranged(builder.limbBits) : builder.advice(),
        builder.limbBits === 3 ? -low : -2n,
      );
    const x = small();
    const other = isMixed ? small() : x;
    const power = (e: Expression, last: Expression): Expression => {
      const square = builder.product(e, e);
      if (exponent === 2) return square;
      return exponent === 4 ? builder.product(square, square) : builder.product(square, last);
    };
    // A shift on both sides is none; over the field it moves the root.
    const a = offset(builder.input(), BigInt(numbers[0]! % 3));
    builder.assertEqual(power(x, other), power(a, a));
    return [x];
  };

export const equalCubes: Shape = {
  byCases: true,
  // 3 · 4² is less than 61, which has three cube roots of 1.
  parameters: parametersIn(in61),
  tooSmall: parametersIn(in7),
  exact: cubes(),
  misses: {
    'numbers up to 7': cubes({ low: 0n }),
    'numbers without a check': cubes({ isChecked: false }),
    squares: cubes({ exponent: 2 }),
    'fourth powers': cubes({ exponent: 4 }),
    'two numbers': cubes({ isMixed: true }),
  },
};

interface Divided {
  /** b − excess ± r is not negative. */
  readonly excess?: bigint;
  readonly sign?: 'dividend' | 'other' | 'none';
}

/** a = q b + r with |r| < b and r a ≥ 0. */
const divided =
  ({ excess = 1n, sign = 'dividend' }: Divided = {}): Build =>
  (builder: SmallBuilder) => {
    const [a, b, other] = [builder.input(), builder.input(), builder.input()];
    const [q, r] = [offset(builder.ranged(2), -2n), offset(builder.ranged(2), -2n)];
    builder.range(b, 2);
    builder.range(offset(subtract(b, r), -excess), builder.limbBits);
    builder.range(offset(add(b, r), -excess), builder.limbBits);
    builder.assertZero(linear([a, builder.product(q, b), r], [1n, -1n, -1n]));
    builder.range(offset(other, 1n), 1);
    const tied = sign === 'dividend' ? a : other;
    if (sign !== 'none') builder.range(builder.product(r, tied), builder.limbBits);
    return [q, r];
  };

export const signedDivision: Shape = {
  byCases: true,
  parameters: parametersIn(in61),
  tooSmall: parametersIn(in7),
  exact: divided(),
  misses: {
    'a remainder of either sign': divided({ sign: 'none' }),
    'a remainder that may be the divisor': divided({ excess: 0n }),
    'the sign of another number': divided({ sign: 'other' }),
  },
};
