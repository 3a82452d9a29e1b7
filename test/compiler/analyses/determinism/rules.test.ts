// Each rule where it fires, on a system of a few gates, and beside it a near miss where it must not.
import { describe, expect, test } from 'vitest';
import { Determination } from '../../../../compiler/analyses/determinism/determination.ts';
import { Arithmetizer } from '../../../../compiler/constraints/arithmetizer.ts';
import {
  constant,
  fromVariable,
  linear,
  subtract,
  type Variable,
} from '../../../../compiler/constraints/expression.ts';
import type { Gate } from '../../../../compiler/constraints/gates.ts';
import { Recorder } from '../../../../compiler/constraints/recorder.ts';
import { inverse, modulus } from '../../../../compiler/numbers/field.ts';
import { knownAfter, type Case } from './known-after.ts';

const sum = (
  out: Variable,
  ...terms: readonly (readonly [coefficient: bigint, variable: Variable])[]
): Gate => ({
  kind: 'linear',
  terms: terms.map(([coefficient, variable]) => ({
    coefficient: ((coefficient % modulus) + modulus) % modulus,
    variable,
  })),
  constant: 5n,
  out,
});

const product = (left: Variable, right: Variable, out: Variable, scale = 1n): Gate => ({
  kind: 'product',
  scale,
  left,
  right,
  out,
});

const wired = (variable: Variable, value: bigint): Gate => ({ kind: 'constant', variable, value });

describe.each<readonly [string, readonly Case[]]>([
  [
    'nothing',
    [
      ['a variable that no gate speaks of is free', [false], ({ free }) => [free()]],
      [
        'a check alone forces nothing',
        [false, false],
        ({ constraints, free }) => {
          const [a, b] = [free(), free()];
          constraints.range(fromVariable(a), 12);
          constraints.range(fromVariable(b), 1);
          return [a, b];
        },
      ],
    ],
  ],
  [
    'constant and equal',
    [
      [
        'wired to a number, or to what is known',
        [true, true],
        ({ input, free, gate }) => {
          const [a, b] = [free(), free()];
          gate(wired(a, 7n));
          gate({ kind: 'equal', left: b, right: input() });
          return [a, b];
        },
      ],
      [
        'two that are equal to each other alone',
        [false, false],
        ({ free, gate }) => {
          const [a, b] = [free(), free()];
          gate({ kind: 'equal', left: a, right: b });
          return [a, b];
        },
      ],
      [
        'a value with one member left in its range: limbs of zero bits above',
        [true],
        ({ input, free, gate }) => {
          // 4096 a and a both in [0, 2^12): a is 0.
          const [a, b] = [free(), free()];
          gate({ ...sum(b, [4096n, a]), constant: 0n } as Gate);
          gate({ kind: 'range12', limbs: [a, b, input(), input()] });
          return [a];
        },
      ],
    ],
  ],
  [
    'linear',
    [
      [
        'forwards, and backwards from either term',
        [true, true, true],
        ({ input, free, gate }) => {
          const [a, b, out] = [free(), free(), free()];
          gate(sum(out, [2n, input()], [3n, input()]));
          gate(sum(input(), [2n, a], [3n, input()]));
          gate(sum(input(), [2n, input()], [3n, b]));
          return [out, a, b];
        },
      ],
      [
        'a coefficient that is 0 in the field',
        [false],
        ({ input, free, gate }) => {
          const a = free();
          gate(sum(input(), [modulus, a], [3n, input()]));
          return [a];
        },
      ],
      [
        'a variable that cancels itself',
        [false],
        ({ input, free, gate }) => {
          const a = free();
          gate(sum(a, [1n, a], [3n, input()]));
          return [a];
        },
      ],
      [
        'two unknowns of one sum',
        [false, false],
        ({ input, free, gate }) => {
          const [a, b] = [free(), free()];
          gate(sum(input(), [2n, a], [3n, b]));
          return [a, b];
        },
      ],
      [
        'what stands behind a partial sum',
        [true, false],
        ({ input, free, gate }) => {
          const [a, x, y] = [free(), input(), input()];
          const [partial, other, b] = [free(), free(), free()];
          gate(sum(partial, [1n, a], [1n, x]));
          gate(sum(other, [1n, partial], [1n, a]));
          gate(sum(y, [1n, other], [1n, x]));
          // partial' − b' is b' − b', whatever b' is.
          const copy = free();
          gate({ ...sum(copy, [1n, b]), constant: 0n } as Gate);
          gate(sum(input(), [1n, copy], [-1n, b]));
          return [a, b];
        },
      ],
      [
        'a partial sum that cancels, with all that stands behind it',
        [true, true],
        ({ input, free, gate }) => {
          const [a, b, d] = [free(), free(), free()];
          const [first, second, third] = [free(), free(), free()];
          gate({ ...sum(first, [1n, a], [1n, b]), constant: 0n } as Gate);
          gate(sum(second, [2n, first], [1n, d]));
          gate(sum(third, [1n, second], [-2n, first]));
          gate(sum(input(), [1n, third]));
          return [third, d];
        },
      ],
    ],
  ],
  [
    'product',
    [
      [
        'forwards',
        [true, false],
        ({ input, free, gate }) => {
          const [out, other] = [free(), free()];
          gate(product(input(), input(), out));
          gate(product(input(), free(), other));
          return [out, other];
        },
      ],
      [
        'by a constant that is not 0, and by one that is',
        [true, false],
        ({ input, free, gate }) => {
          const [a, b, seven, zero] = [free(), free(), free(), free()];
          gate(wired(seven, 7n));
          gate(wired(zero, 0n));
          gate(product(a, seven, input()));
          gate(product(zero, b, input()));
          return [a, b];
        },
      ],
      [
        'by a known factor, to a constant that is not 0, and to one that is',
        [true, false],
        ({ input, free, gate }) => {
          const [a, b, seven, zero] = [free(), free(), free(), free()];
          gate(wired(seven, 7n));
          gate(wired(zero, 0n));
          gate(product(a, input(), seven));
          gate(product(input(), b, zero));
          return [a, b];
        },
      ],
      [
        'by a known factor in [1, 2^12], and in [0, 2^12]',
        [true, false],
        ({ constraints, input, free, gate }) => {
          const [a, b, x, y] = [free(), free(), input(), input()];
          constraints.range({ ...fromVariable(x), constant: -1n }, 12);
          constraints.range(fromVariable(y), 12);
          gate(product(a, x, input()));
          gate(product(y, b, input()));
          return [a, b];
        },
      ],
      [
        'with a scale that is 0 in the field',
        [false],
        ({ input, free, gate }) => {
          const [a, seven] = [free(), free()];
          gate(wired(seven, 7n));
          gate(product(a, seven, input(), modulus));
          return [a];
        },
      ],
      [
        'a square root of one sign, and of any',
        [true, true, false, false],
        ({ constraints, input, free, gate }) => {
          const [positive, negative, both, any] = [free(), free(), free(), free()];
          constraints.range(fromVariable(positive), 12);
          constraints.range(linear([fromVariable(negative)], [-1n]), 12);
          constraints.range({ ...fromVariable(both), constant: 1n }, 12);
          for (const root of [positive, negative, both, any]) gate(product(root, root, input()));
          return [positive, negative, both, any];
        },
      ],
    ],
  ],
  [
    'poseidon',
    [
      [
        'all of the input known, and all but one',
        [true, true, true, false],
        ({ input, free, gate }) => {
          const [a, b, c, d, e, f] = [free(), free(), free(), free(), free(), free()];
          gate({ kind: 'poseidon', input: [input(), input(), input()], output: [a, b, c] });
          gate({ kind: 'poseidon', input: [input(), free(), input()], output: [d, e, f] });
          return [a, b, c, d];
        },
      ],
    ],
  ],
  [
    'range64',
    [
      [
        'the limbs of a known value',
        [true, true, true, true],
        ({ input, free, gate }) => {
          const limbs = [free(), free(), free(), free()] as const;
          gate({ kind: 'range64', value: input(), limbs });
          return limbs;
        },
      ],
      [
        'but not a value from its limbs',
        [false],
        ({ input, free, gate }) => {
          const value = free();
          gate({ kind: 'range64', value, limbs: [input(), input(), input(), input()] });
          return [value];
        },
      ],
    ],
  ],
  [
    'mixed radix',
    [
      ...([11, 12, 13] as const).map((bits): Case => [
        `quotient and remainder of 2^12, the remainder checked into ${bits} bits`,
        [bits <= 12, bits <= 12],
        ({ constraints, input, free }) => {
          const [quotient, remainder, x] = [free(), free(), input()];
          constraints.range(fromVariable(quotient), 16);
          constraints.range(fromVariable(remainder), bits);
          constraints.assertZero(
            linear([x, quotient, remainder].map(fromVariable), [1n, -4096n, -1n]),
          );
          return [quotient, remainder];
        },
      ]),
      ...([true, false] as const).map((checked): Case => [
        `a remainder of 5 bits ${checked ? 'with' : 'without'} the check of its multiple`,
        [checked, checked],
        ({ input, free, gate }) => {
          const [quotient, remainder, multiple] = [free(), free(), free()];
          gate({ ...sum(multiple, [128n, remainder]), constant: 0n } as Gate);
          const last = checked ? multiple : input();
          gate({ kind: 'range12', limbs: [quotient, remainder, last, input()] });
          gate(sum(input(), [32n, quotient], [1n, remainder]));
          return [quotient, remainder];
        },
      ]),
      [
        // 4096 dq + dm = 0 for the differences of two quotients and two multiples, both below 4096: dq = dm = 0.
        'the multiple alone: a remainder may be a fraction then, but there is one pair for each sum',
        [true, true],
        ({ input, free, gate }) => {
          const [quotient, remainder, multiple] = [free(), free(), free()];
          gate({ ...sum(multiple, [128n, remainder]), constant: 0n } as Gate);
          gate({ kind: 'range12', limbs: [quotient, multiple, input(), input()] });
          gate(sum(input(), [32n, quotient], [1n, remainder]));
          return [quotient, remainder];
        },
      ],
      [
        'a quotient that is not checked',
        [false, false],
        ({ constraints, input, free, gate }) => {
          const [quotient, remainder] = [free(), free()];
          constraints.range(fromVariable(remainder), 12);
          gate(sum(input(), [4096n, quotient], [1n, remainder]));
          return [quotient, remainder];
        },
      ],
      ...([18, 20, 21, 22] as const).map((limbs): Case => [
        `${limbs} limbs of 12 bits: ${12 * limbs} bits ${12 * limbs <= 254 ? 'fit' : 'wrap around'}`,
        [12 * limbs <= 254, 12 * limbs <= 254],
        ({ constraints, input, free }) => {
          const own = Array.from({ length: limbs }, free);
          own.forEach((limb) => constraints.range(fromVariable(limb), 12));
          const weights = own.map((_, i) => 1n << BigInt(12 * i));
          constraints.assertZero(
            subtract(linear(own.map(fromVariable), weights), fromVariable(input())),
          );
          return [own[0]!, own.at(-1)!];
        },
      ]),
      ...([true, false] as const).map((checked): Case => [
        `bits, ${checked ? 'each of them boolean' : 'one of them not'}`,
        [checked, checked, checked],
        ({ constraints, input, free }) => {
          const bits = [free(), free(), free()];
          bits.slice(checked ? 0 : 1).forEach((b) => constraints.range(fromVariable(b), 1));
          const form = linear(bits.map(fromVariable), [4n, 2n, 1n]);
          constraints.assertZero(subtract(form, fromVariable(input())));
          return bits;
        },
      ]),
      [
        'a multiple in the field of limbs of 12 bits',
        [true, true],
        ({ constraints, input, free, gate }) => {
          const [a, b] = [free(), free()];
          [a, b].forEach((limb) => constraints.range(fromVariable(limb), 12));
          const seventh = 3n * inverse(7n);
          gate(sum(input(), [seventh, a], [4096n * seventh, b]));
          return [a, b];
        },
      ],
      [
        'the largest digit is forced though the others overlap',
        [true, false, false],
        ({ constraints, input, free }) => {
          const digits = [free(), free(), free()];
          digits.forEach((digit) => constraints.range(fromVariable(digit), 4));
          const form = linear(digits.map(fromVariable), [64n, 2n, 1n]);
          constraints.assertZero(subtract(form, fromVariable(input())));
          return digits;
        },
      ],
      ...([true, false] as const).map((zero): Case => [
        `a 64-bit remainder with ${zero ? 'all' : 'not all'} limbs above 28 bits wired to 0`,
        [zero, zero],
        ({ constraints, input, free, gate }) => {
          const [quotient, remainder] = [free(), free()];
          const limbs = [free(), free(), free(), free()] as const;
          gate({ kind: 'range64', value: remainder, limbs });
          limbs.slice(1, zero ? 4 : 3).forEach((limb) => gate(wired(limb, 0n)));
          constraints.range(fromVariable(quotient), 12);
          gate(sum(input(), [1n << 28n, quotient], [1n, remainder]));
          return [quotient, remainder];
        },
      ]),
      [
        'a remainder with an upper end of its own',
        [true, true, false, false],
        ({ constraints, input, free, gate }) => {
          const divide = (top: bigint): Variable[] => {
            const [quotient, remainder] = [free(), free()];
            constraints.range(fromVariable(quotient), 12);
            constraints.range(fromVariable(remainder), 4);
            constraints.range(subtract(constant(top), fromVariable(remainder)), 4);
            gate(sum(input(), [10n, quotient], [1n, remainder]));
            return [quotient, remainder];
          };
          return [...divide(9n), ...divide(10n)];
        },
      ],
    ],
  ],
  [
    'equations together',
    [
      [
        'x + 3 y and x − y, but not x + 3 y and 2 x + 6 y',
        [true, true, false, false],
        ({ input, free, gate }) => {
          const [x, y, u, v] = [free(), free(), free(), free()];
          gate(sum(input(), [1n, x], [3n, y]));
          gate(sum(input(), [1n, x], [-1n, y]));
          gate(sum(input(), [1n, u], [3n, v]));
          gate(sum(input(), [2n, u], [6n, v]));
          return [x, y, u, v];
        },
      ],
      [
        'a partial sum that is known in another way, not its parts',
        [true, false],
        ({ input, free, gate }) => {
          const [x, y, partial] = [free(), free(), free()];
          gate(sum(partial, [1n, x], [1n, y]));
          gate(sum(input(), [1n, x], [1n, y]));
          return [partial, x];
        },
      ],
      [
        'digits, when what overlaps them is eliminated',
        [true, true, true],
        ({ constraints, input, free, gate }) => {
          const [digit, other, unbounded] = [free(), free(), free()];
          constraints.range(fromVariable(digit), 12);
          constraints.range(fromVariable(other), 12);
          const [first, second] = [free(), free()];
          gate(sum(first, [1n, digit], [4096n, other]));
          gate(sum(input(), [1n, first], [1n, unbounded]));
          gate(sum(second, [7n, digit], [1n, unbounded]));
          gate(sum(input(), [1n, second], [-7n, digit]));
          return [digit, other, unbounded];
        },
      ],
      [
        'equal products of equal factors, not of others',
        [true, false],
        ({ free, gate }) => {
          const [a, b, copy] = [free(), free(), free()];
          const [first, second, third, difference] = [free(), free(), free(), free()];
          gate({ kind: 'equal', left: a, right: copy });
          gate(product(a, b, first));
          gate(product(b, copy, second));
          gate(product(b, b, third));
          gate(sum(difference, [1n, first], [-1n, second]));
          const other = free();
          gate(sum(other, [1n, first], [-1n, third]));
          return [difference, other];
        },
      ],
      [
        'a factor that another product keeps from 0, and one that nothing does',
        [true, false],
        ({ input, free, gate }) => {
          const [inverted, x, y, a, b, one] = [free(), input(), input(), free(), free(), free()];
          gate(wired(one, 1n));
          gate(product(inverted, x, one));
          gate(product(x, a, input()));
          gate(product(y, b, input()));
          return [a, b];
        },
      ],
      [
        'x + x y for a known y that is not −1, and for any',
        [true, false],
        ({ constraints, input, free, gate }) => {
          const weighted = (y: Variable): Variable => {
            const [x, out] = [free(), free()];
            gate(product(x, y, out));
            gate(sum(input(), [1n, x], [1n, out]));
            return x;
          };
          const y = input();
          constraints.range(fromVariable(y), 12);
          return [weighted(y), weighted(input())];
        },
      ],
    ],
  ],
  [
    'few values',
    [
      ...([1n, 2n] as const).map((root): Case => [
        `x (x − ${root}) = 0 makes x a digit, beside one that is ${root === 1n ? 'apart' : 'too near'}`,
        [root === 1n, root === 1n],
        ({ constraints, input, free, gate }) => {
          const [x, y, shifted, zero] = [free(), free(), free(), free()];
          gate(wired(zero, 0n));
          gate({
            kind: 'linear',
            terms: [{ coefficient: 1n, variable: x }],
            constant: modulus - root,
            out: shifted,
          });
          gate(product(x, shifted, zero));
          constraints.range(fromVariable(y), 1);
          gate(sum(input(), [1n, x], [2n, y]));
          return [x, y];
        },
      ]),
      [
        'a product of two digits is one, apart from another digit or not',
        [true, false],
        ({ constraints, input, free, gate }) => {
          const beside = (weight: bigint): Variable => {
            const [x, y, digit, out] = [free(), free(), free(), free()];
            [x, y, digit].forEach((each) => constraints.range(fromVariable(each), 4));
            gate(product(x, y, out));
            gate(sum(input(), [weight, digit], [1n, out]));
            return digit;
          };
          // Products are in [0, 225].
          return [beside(226n), beside(225n)];
        },
      ],
      [
        'half of a bit that is an integer below 4096 is 0, half of any bit is not',
        [true, false],
        ({ constraints, free, gate }) => {
          const halved = (): Variable => {
            const [x, bit] = [free(), free()];
            gate({ ...sum(bit, [2n, x]), constant: 0n } as Gate);
            constraints.range(fromVariable(bit), 1);
            return x;
          };
          const [checked, any] = [halved(), halved()];
          constraints.range(fromVariable(checked), 12);
          return [checked, any];
        },
      ],
    ],
  ],
])('%s', (_, cases) => {
  test.each(cases)('%s', (_, known, build) => {
    expect(knownAfter(build)).toEqual(known);
  });
});

test('a value that is given forces its limbs; they do not count as given', () => {
  const recorder = new Recorder();
  const constraints = new Arithmetizer(recorder);
  const [checked] = constraints.ranged(1, 24, () => [0n]);
  const [loose] = constraints.advice(1, () => [0n]);
  const [other] = constraints.advice(1, () => [0n]);
  constraints.finish();
  const determination = new Determination(recorder.finish());
  determination.give(checked!);
  determination.give(linear([loose!, other!], [1n, 4096n]));
  determination.settle();
  const known = [checked!, loose!, other!].map(({ terms }) =>
    terms.every(({ variable }) => determination.isKnown(variable)),
  );
  expect(known).toEqual([true, false, false]);
});
