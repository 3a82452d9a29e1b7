// The bit of d ≥ 0 for forms of all kinds: with common factors, offsets, and intervals that touch 0 and powers of two.
import { expect, test } from 'vitest';
import { Arithmetizer } from '../../../../compiler/constraints/arithmetizer.ts';
import { checkWitness } from '../../../../compiler/constraints/checker.ts';
import { evaluate, linear, offset } from '../../../../compiler/constraints/expression.ts';
import { Recorder } from '../../../../compiler/constraints/recorder.ts';
import { solveWitness } from '../../../../compiler/constraints/witness.ts';
import { canonical } from '../../../../compiler/numbers/field.ts';
import { interval } from '../../../../compiler/numbers/interval.ts';
import { comparisonWidth, notNegative } from '../../../../compiler/ops/shared/comparison.ts';
import { from } from '../attacked.ts';

const ranges = [
  [-8, 7],
  [-1, 0],
  [0, 5],
  [-5, -1],
  [-4, 4],
  [-7, 1],
  [-1, 8],
] as const;
const forms = [1n, 2n, 6n, -6n, 1n << 20n].flatMap((factor) =>
  [0n, 1n, -5n, 7n].map((by) => [factor, by] as const),
);

test.each(forms)('of %i x + %i', (factor, by) => {
  for (const [low, high] of ranges) {
    const recorder = new Recorder();
    const constraints = new Arithmetizer(recorder);
    const [x] = constraints.input('x', 1, 'secret');
    const [one, other] = [low, high].map((end) => factor * BigInt(end) + by) as [bigint, bigint];
    const known = one < other ? interval(one, other) : interval(other, one);
    const bit = notNegative(constraints, offset(linear([x!], [factor]), by), known);
    constraints.finish();
    const system = recorder.finish();
    for (const value of from(low, high)) {
      const witness = solveWitness(system, new Map([['x', [canonical(value)]]]));
      expect(checkWitness(system, witness)).toBeUndefined();
      expect(canonical(evaluate(bit, witness))).toBe(factor * value + by >= 0n ? 1n : 0n);
    }
  }
});

test('no width lets the sides of the equation meet modulo p', () => {
  const of = (bits: number) => interval(-(1n << BigInt(bits)), (1n << BigInt(bits)) - 1n);
  expect(comparisonWidth(of(252))).toBe(252);
  expect(() => comparisonWidth(of(253))).toThrow('too-wide');
  for (let bits = 1; bits < 252; bits++)
    expect(comparisonWidth(of(bits))).toBeGreaterThanOrEqual(bits);
});
