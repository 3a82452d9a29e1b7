// Wrong witnesses of decisions: bits and inverses that are changed together with all that follows from them. Small operands are tried
// exhaustively.
import { describe, expect, test } from 'vitest';
import { Arithmetizer } from '../../../compiler/constraints/arithmetizer.ts';
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import type { Variable } from '../../../compiler/constraints/expression.ts';
import { Recorder } from '../../../compiler/constraints/recorder.ts';
import { solveWitness } from '../../../compiler/constraints/witness.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { inverse, modulus } from '../../../compiler/numbers/field.ts';
import { splitSign } from '../../../compiler/ops/shared/comparison.ts';
import { q } from '../../../dsl/index.ts';
import { accepts, attack, from, inputs, writing } from './attacked.ts';

const bothBits = [0n, 1n] as const;

describe('comparisons', () => {
  /** The bit and the rest that go with it: d + 2^w = 2^w b + r. */
  const split = (advice: readonly Variable[], d: bigint, bit: bigint, top: bigint) =>
    [
      [advice[0]!, bit],
      [advice[1]!, d + top - top * bit],
    ] as const;

  test('at-least: one bit alone for every pair, with the rest solved anew', () => {
    const { lowered, advice, honest } = attack('at-least', [
      [q(4, 0), []],
      [q(4, 0), []],
    ]);
    const top = topOf(lowered, advice);
    for (const a of from(-8, 7))
      for (const b of from(-8, 7)) {
        const given = { a: [a], b: [b] };
        const accepted = bothBits.filter((bit) =>
          accepts(lowered, given, split(advice, a - b, bit, top)),
        );
        expect(accepted, `${a} ≥ ${b}`).toEqual(honest(given));
      }
  });

  test.each([12, 40, 60])(
    'at-least: operands of %i bits that are as far apart as they can be',
    (bits) => {
      const { lowered, advice, honest } = attack('at-least', [
        [q(bits, 0), []],
        [q(bits, 0), []],
      ]);
      const top = topOf(lowered, advice);
      const high = (1n << BigInt(bits - 1)) - 1n;
      for (const [a, b] of [
        [high, -high - 1n],
        [-high - 1n, high],
        [high, high],
        [high - 1n, high],
        [-high - 1n, -high - 1n],
      ] as const) {
        const given = { a: [a], b: [b] };
        const accepted = bothBits.filter((bit) =>
          accepts(lowered, given, split(advice, a - b, bit, top)),
        );
        expect(accepted).toEqual(honest(given));
      }
    },
  );

  test('max: the smaller one is refused, with its bit and the rest', () => {
    const { lowered, advice, honest } = attack('max', [
      [q(4, 0), []],
      [q(4, 0), []],
    ]);
    const top = topOf(lowered, advice);
    for (const a of from(-8, 7))
      for (const b of from(-8, 7)) {
        const given = { a: [a], b: [b] };
        const accepted = bothBits.filter((bit) =>
          accepts(lowered, given, split(advice, a - b, bit, top)),
        );
        expect(accepted.map((bit) => (bit === 1n ? a : b))).toEqual(honest(given));
      }
  });

  test('a difference that is not in [−2^w, 2^w) has no bit at all', () => {
    const recorder = new Recorder();
    const constraints = new Arithmetizer(recorder);
    const [d] = constraints.input('d', 1, 'secret');
    splitSign(constraints, d!, 4);
    constraints.finish();
    const system = recorder.finish();
    const advice = system.steps.flatMap((step) => (step.advice ? step.outputs : []));
    const accepted = (value: bigint): bigint[] =>
      bothBits.filter((bit) => {
        const written = new Map(split(advice, value, bit, 16n));
        const witness = solveWitness(system, inputs({ d: [value] }), written);
        return checkWitness(system, witness) === undefined;
      });
    for (const value of from(-40, 40))
      expect(accepted(value), `${value}`).toEqual(
        value < -16n || value > 15n ? [] : [value >= 0n ? 1n : 0n],
      );
    for (const far of [1n << 200n, modulus >> 1n, inverse(2n), -inverse(3n)])
      expect(accepted(far)).toEqual([]);
  });

  /** 2^w, which is the coefficient of the bit. */
  function topOf({ system }: LoweredProgram, [bit]: readonly Variable[]): bigint {
    for (const { gate } of system.gates)
      if (gate.kind === 'linear')
        for (const { coefficient, variable } of gate.terms)
          for (const size of [coefficient, modulus - coefficient])
            if (variable === bit && size > 1n && size < 1n << 80n) return size;
    throw new RangeError('the bit is compared by no gate');
  }
});

describe('is-zero', () => {
  const { lowered, advice, value } = attack('is-zero', [[q(6, 0), []]]);
  const [inverted] = advice;
  const [{ variable: notZero } = { variable: -1 }] = value[0]!.terms;

  test('one inverse alone is accepted, also where the bit is written with it', () => {
    expect(advice).toHaveLength(1);
    for (const x of from(-3, 3)) {
      const right = x === 0n ? 0n : inverse(x);
      const tried = [0n, 1n, -1n, 2n, right, 2n * right, -right, right + 1n, inverse(7n)];
      for (const i of tried)
        for (const bit of [undefined, 0n, 1n, 2n]) {
          const written: [Variable, bigint][] = [[inverted!, i]];
          if (bit !== undefined) written.push([notZero, bit]);
          const isRight =
            (i - right) % modulus === 0n && (bit ?? (x === 0n ? 0n : 1n)) === (x === 0n ? 0n : 1n);
          expect(accepts(lowered, { a: [x] }, written), `${x}, ${i}, ${bit}`).toBe(isRight);
        }
    }
  });
});

describe('bits', () => {
  const { lowered, value, honest } = attack('bits', [[q(5, 0), []]], { count: 4 });

  test('one set of digits alone is accepted, and none for a negative number', () => {
    for (const x of from(-16, 15)) {
      const accepted = from(0, 15).filter((digits) =>
        accepts(
          lowered,
          { a: [x] },
          value.flatMap((digit, i) => writing(digit, (digits >> BigInt(i)) & 1n)),
        ),
      );
      expect(accepted, `${x}`).toEqual(x < 0n ? [] : [x]);
      if (x >= 0n) expect(honest({ a: [x] })).toEqual(from(0, 3).map((i) => (x >> i) & 1n));
    }
  });

  test('digits that are no bits', () => {
    const digits = [2n, 0n, 0n, 0n];
    expect(
      accepts(
        lowered,
        { a: [2n] },
        value.flatMap((digit, i) => writing(digit, digits[i]!)),
      ),
    ).toBe(false);
  });
});
