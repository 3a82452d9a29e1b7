// Rules over several gates where they fire, and beside each a near miss where it must not.
import { describe, expect, test } from 'vitest';
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
import { knownAfter, type Author, type Case } from './known-after.ts';

const variable = (author: Author, e: Expression): Variable =>
  author.constraints.seal(e).terms[0]!.variable;

interface Comparisons {
  readonly bits?: number;
  /** 2^w in the equation. */
  readonly top?: (i: number) => bigint;
  readonly common?: boolean;
  readonly counted?: number;
  readonly factor?: bigint;
  readonly countFirst?: boolean;
  readonly given?: boolean;
}

/** Three comparisons with a threshold; returns a bit, the threshold and a limb of a rest. */
const comparisons =
  ({
    bits = 20,
    top = () => 1n << BigInt(bits),
    common = true,
    counted = 3,
    factor = 1n,
    countFirst = false,
    given = true,
  }: Comparisons = {}) =>
  (author: Author): readonly Variable[] => {
    const { constraints, input, free } = author;
    const [threshold, other] = [free(), free()];
    const digits = [0, 1, 2].map(() => constraints.ranged(1, 1, () => [0n])[0]!);
    const count = (): void => {
      const total = given ? constant(2n) : fromVariable(free());
      constraints.assertZero(subtract(linear(digits.slice(0, counted)), total));
    };
    if (countFirst) count();
    const rests = digits.map((digit, i) => {
      const [rest] = constraints.ranged(1, bits, () => [0n]);
      const own = fromVariable(i === 0 && !common ? other : threshold);
      const equation = linear([fromVariable(input()), own, digit, rest!], [3n, -1n, -top(i), -1n]);
      constraints.assertZero(scale(offset(equation, 1n << 20n), factor));
      return rest!;
    });
    if (!countFirst) count();
    return [digits[0]!.terms[0]!.variable, threshold, rests[0]!.terms[0]!.variable];
  };

const decided = [true, false, false];
const undecided = [false, false, false];

const thresholds: readonly Case[] = [
  ['bits of a known number are known, the threshold and the rest are not', decided, comparisons()],
  ['rests of 64 bits', decided, comparisons({ bits: 64 })],
  ['rests of 252 bits, for 2^254 is at most p', decided, comparisons({ bits: 252 })],
  ['rests of 253 bits', undecided, comparisons({ bits: 253 })],
  ['a common factor', decided, comparisons({ factor: 1n << 200n })],
  ['the count before the comparisons', decided, comparisons({ countFirst: true })],
  ['a number that is not known', undecided, comparisons({ given: false })],
  ['a comparison that is not counted does not matter', decided, comparisons({ counted: 2 })],
  ['a threshold of its own', undecided, comparisons({ common: false })],
  [
    'a bit that weighs one less than the rest',
    undecided,
    comparisons({ top: () => (1n << 20n) - 1n }),
  ],
  [
    'bits of both signs',
    undecided,
    comparisons({ top: (i) => (i === 0 ? -1n : 1n) * (1n << 20n) }),
  ],
];

interface Divided {
  readonly bits?: readonly [divisor: number, quotient: number, remainder: number];
  readonly excess?: bigint;
  readonly gap?: boolean;
  /** Limbs of the remainder in the gap. */
  readonly compared?: number;
  readonly known?: boolean;
  readonly factor?: bigint;
  readonly offsetOfQuotient?: bigint;
}

/** x = y q + r with r < y; returns variables of q, r and the product. */
const divided =
  ({
    bits: [divisor, quotient, remainder] = [8, 8, 8],
    excess = 1n,
    gap = true,
    compared = 10,
    known = true,
    factor = 1n,
    offsetOfQuotient = 0n,
  }: Divided = {}) =>
  (author: Author): readonly Variable[] => {
    const { constraints, input, free } = author;
    const y = fromVariable(known ? input() : free());
    constraints.range(y, divisor);
    const [q] = constraints.ranged(1, quotient, () => [0n]);
    const [r] = constraints.ranged(1, remainder, () => [0n]);
    const product = constraints.product(offset(q!, offsetOfQuotient), y);
    const part = { ...r!, terms: r!.terms.slice(0, compared) };
    if (gap) constraints.range(offset(subtract(y, part), -excess), divisor);
    constraints.assertZero(
      scale(linear([fromVariable(input()), product, r!], [1n, -1n, -1n]), factor),
    );
    return [q!, r!, product].map((e) => variable(author, e));
  };

/** x = c q + r with r < c; returns variables of q and r. */
const dividedBy =
  (divisor: bigint, gap = divisor) =>
  (author: Author): readonly Variable[] => {
    const { constraints, input } = author;
    const [q, r] = [20, 15].map((bits) => constraints.ranged(1, bits, () => [0n])[0]!);
    constraints.range(offset(scale(r!, -1n), gap - 1n), 15);
    constraints.assertZero(linear([fromVariable(input()), q!, r!], [1n, -divisor, -1n]));
    return [q!, r!].map((e) => variable(author, e));
  };

const all = [true, true, true];
const none = [false, false, false];

const divisions: readonly Case[] = [
  ['quotient, remainder and product are known', all, divided()],
  ['remainders in limbs', all, divided({ bits: [30, 20, 30] })],
  ['a common factor', all, divided({ factor: 7n })],
  ['a quotient that may be negative', all, divided({ offsetOfQuotient: -100n })],
  ['a remainder that may be as large as the divisor', none, divided({ excess: 0n })],
  ['a remainder that is not compared', none, divided({ gap: false })],
  ['a limb of the remainder that is not', none, divided({ bits: [30, 20, 24], compared: 1 })],
  ['a divisor that is not known', none, divided({ known: false })],
  ['a quotient that just does not wrap around', all, divided({ bits: [12, 242, 12] })],
  ['a quotient that wraps around', none, divided({ bits: [13, 242, 13] })],
  ['a constant', [true, true], dividedBy(20_000n)],
  ['a constant, and a remainder up to it', [false, false], dividedBy(20_000n, 20_001n)],
];

const zeroTest =
  (without?: number) =>
  ({ input, free, gate }: Author): readonly Variable[] => {
    const [x, i, s] = [input(), free(), free()];
    if (without !== 0) gate({ kind: 'product', scale: 5n, left: x, right: i, out: s });
    if (without !== 1) gate({ kind: 'product', scale: 7n, left: s, right: x, out: x });
    if (without !== 2) gate({ kind: 'product', scale: 3n, left: i, right: s, out: i });
    return [s, i];
  };

const zeroTests: readonly Case[] = [
  ['the bit and the inverse are known', [true, true], zeroTest()],
  ['without the bit as a product', [false, false], zeroTest(0)],
  ['without x = x s', [false, false], zeroTest(1)],
  ['without i = i s the bit alone', [true, false], zeroTest(2)],
];

describe.each([
  ['threshold', thresholds],
  ['division', divisions],
  ['zero test', zeroTests],
])('%s', (_, cases) => {
  test.each(cases)('%s', (_, known, build) => {
    expect(knownAfter(build)).toEqual(known);
  });
});
