// The shapes of the rules over several gates, over small fields, with numbers from `parameters`: as it is, and with one condition broken.
import fc from 'fast-check';
import { linear, offset, scale, type Expression, type SmallBuilder } from './build.ts';

export interface Parameters {
  /** A position in `arithmetics`. */
  readonly setting: number;
  readonly numbers: readonly number[];
}

export type Build = (builder: SmallBuilder, parameters: Parameters) => readonly Expression[];

export interface Shape {
  /** Whether rules alone do not know it. */
  readonly byCases?: boolean;
  readonly parameters: fc.Arbitrary<Parameters>;
  /** Over fields in which the numbers of the shape wrap around. */
  readonly tooSmall?: fc.Arbitrary<Parameters>;
  /** Returns what is forced. */
  readonly exact: Build;
  readonly misses: Readonly<Record<string, Build>>;
}

/** Over fields of so many elements: `arithmetics`. */
export const [in7, in11, in13, in31, in31Wide, in61, in127] = [0, 1, 2, 4, 5, 7, 8] as const;

export const parametersIn = (...settings: readonly number[]): fc.Arbitrary<Parameters> =>
  fc.record({
    setting: fc.constantFrom(...settings),
    numbers: fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }),
  });

interface Comparisons {
  /** The coefficient of b in an equation. */
  readonly top?: (i: number) => number;
  /** The coefficient of t in an equation. */
  readonly ofThreshold?: (i: number) => number;
  /** Checked bits of r. */
  readonly restBits?: number;
  /** The coefficient of b in the count. */
  readonly weight?: (i: number) => number;
  /** The sum. */
  readonly ones?: number;
  /** Bits in the count that nothing compares. */
  readonly strangers?: number;
  readonly ownThresholds?: boolean;
}

/** f (K_i − t + 2^w − 2^w b_i − r_i) = 0 for keys K_i = c x + d, and Σ b_i is 1. */
const comparisons =
  ({
    top = () => 4,
    ofThreshold = () => 1,
    restBits = 2,
    weight = () => 1,
    ones = 1,
    strangers = 0,
    ownThresholds = false,
  }: Comparisons = {}): Build =>
  (builder, { numbers }) => {
    const x = builder.input();
    const count = 2 + (numbers[0]! % 2);
    const common = builder.advice();
    const bits = Array.from({ length: count }, (_, i) => {
      const t = ownThresholds ? builder.advice() : common;
      const [bit, rest] = [builder.ranged(1), builder.advice()];
      if (restBits > 0) builder.range(rest, restBits);
      const key = offset(scale(x, BigInt(numbers[1 + i]! % 3)), BigInt(numbers[4 + i]! % 4));
      const equation = linear(
        [key, t, bit, rest],
        [1n, -BigInt(ofThreshold(i)), -BigInt(top(i)), -1n],
      );
      builder.assertZero(scale(offset(equation, 4n), BigInt(1 + (numbers[7]! % 3))));
      return bit;
    });
    const others = Array.from({ length: strangers }, () => builder.ranged(1));
    const counted = [...bits, ...others];
    const sum = linear(
      counted,
      counted.map((_, i) => BigInt(weight(i))),
    );
    builder.assertZero(offset(sum, -BigInt(ones)));
    return bits;
  };

/** |β| + s is 7: past half of a field of 13 elements. */
export const threshold: Shape = {
  parameters: parametersIn(in31, in31Wide),
  tooSmall: parametersIn(in11, in13),
  exact: comparisons(),
  misses: {
    'a bit that weighs less than the rest': comparisons({ top: () => 3 }),
    'bits of both signs': comparisons({ top: (i) => (i === 0 ? 4 : -4) }),
    'different multiples of the threshold': comparisons({ ofThreshold: (i) => (i === 0 ? 1 : -1) }),
    'thresholds of their own': comparisons({ ownThresholds: true }),
    'a rest without a check': comparisons({ restBits: 0 }),
    'different weights in the count': comparisons({
      weight: (i) => (i === 0 ? 1 : -1),
      ones: 0,
    }),
    'a bit that is not compared': comparisons({ strangers: 1 }),
  },
};

interface Divided {
  readonly divisorBits?: number;
  readonly quotientBits?: number;
  readonly remainderBits?: number;
  readonly gapBits?: number;
  /** g = y − excess − r. */
  readonly excess?: number;
  /** The coefficient of y in the gap. */
  readonly slope?: number;
  readonly otherDivisor?: boolean;
}

/** x = y q + r, y − 1 = r + g. */
const divided =
  ({
    divisorBits = 2,
    quotientBits = 2,
    remainderBits = 2,
    gapBits = 2,
    excess = 1,
    slope = 1,
    otherDivisor = false,
  }: Divided = {}): Build =>
  (builder, { numbers }) => {
    const checked = (e: Expression, bits: number): Expression => {
      if (bits > 0) builder.range(e, bits);
      return e;
    };
    const [x, y] = [builder.input(), checked(builder.input(), divisorBits)];
    const z = otherDivisor ? checked(builder.input(), divisorBits) : y;
    const q = checked(builder.advice(), quotientBits);
    const r = checked(builder.advice(), remainderBits);
    checked(offset(linear([z, r], [BigInt(slope), -1n]), -BigInt(excess)), gapBits);
    const factor = BigInt(1 + (numbers[0]! % 3));
    const shifted = offset(q, BigInt(numbers[1]! % 3) - 1n);
    builder.assertZero(linear([x, builder.product(shifted, y), r], [factor, -factor, -factor]));
    return [q, r];
  };

export const divisionByInput: Shape = {
  parameters: parametersIn(in13, in31),
  tooSmall: parametersIn(in7, in11),
  exact: divided(),
  misses: {
    'a remainder that may be the divisor': divided({ excess: 0 }),
    'a remainder up to twice the divisor': divided({ slope: 2 }),
    'a gap without a check': divided({ gapBits: 0 }),
    'a remainder without a check': divided({ remainderBits: 0, quotientBits: 1 }),
    'a quotient without a check': divided({ quotientBits: 0 }),
    'a divisor without a check': divided({ divisorBits: 0 }),
    'the gap to another divisor': divided({ otherDivisor: true }),
  },
};

interface DividedByConstant {
  readonly divisor?: number;
  /** g = c − excess − r. */
  readonly excess?: number;
  readonly gapBits?: number;
  readonly digits?: number;
}

/** x = 3 q + r, 2 = r + g, with r and g of two bits. */
const dividedByConstant =
  ({ divisor = 3, excess = 1, gapBits = 2, digits = 2 }: DividedByConstant = {}): Build =>
  (builder, { numbers }) => {
    const x = builder.input();
    const bitsOf = (count: number): Expression => {
      const bits = Array.from({ length: count }, () => builder.ranged(1));
      return linear(
        bits,
        bits.map((_, i) => 1n << BigInt(i)),
      );
    };
    const [q, r] = [bitsOf(digits), bitsOf(2)];
    if (gapBits > 0)
      builder.assertZero(offset(linear([r, bitsOf(gapBits)]), BigInt(excess - divisor)));
    const factor = BigInt(1 + (numbers[0]! % 3));
    builder.assertZero(linear([x, q, r], [factor, -factor * BigInt(divisor), -factor]));
    return [q, r];
  };

export const divisionByConstant: Shape = {
  parameters: parametersIn(in13, in31),
  tooSmall: parametersIn(in7, in11),
  exact: dividedByConstant(),
  misses: {
    'a remainder that may be the divisor': dividedByConstant({ excess: 0 }),
    'a remainder without a bound': dividedByConstant({ gapBits: 0 }),
    'a smaller divisor': dividedByConstant({ divisor: 2, excess: 0 }),
    'a quotient that wraps around': dividedByConstant({ digits: 5 }),
  },
};

/** s = x i, x = x s, i = i s, without one of them. */
const zeroTested =
  (without?: number): Build =>
  (builder) => {
    const x = builder.input();
    const [i, s] = [builder.advice(), builder.advice()];
    if (without !== 0) builder.assertProduct(x, i, s);
    if (without !== 1) builder.assertProduct(x, s, x);
    if (without !== 2) builder.assertProduct(i, s, i);
    return [s, i];
  };

export const zeroTest: Shape = {
  parameters: parametersIn(in7, in11, in31),
  exact: zeroTested(),
  misses: {
    'without s = x i': zeroTested(0),
    'without x = x s': zeroTested(1),
    'without i = i s': zeroTested(2),
  },
};
