// Range checks of every width, attacked at their edges.
import { describe, expect, test } from 'vitest';
import { Arithmetizer } from '../../../compiler/constraints/arithmetizer.ts';
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import { offset } from '../../../compiler/constraints/expression.ts';
import { planRange } from '../../../compiler/constraints/range-plan.ts';
import { Recorder } from '../../../compiler/constraints/recorder.ts';
import { countRows } from '../../../compiler/constraints/rows.ts';
import { solveWitness } from '../../../compiler/constraints/witness.ts';
import { inverse, modulus } from '../../../compiler/numbers/field.ts';

function rangeCircuit(bits: number, shift = 0n) {
  const recorder = new Recorder();
  const constraints = new Arithmetizer(recorder);
  const [x] = constraints.input('x', 1, 'secret');
  constraints.range(offset(x!, shift), bits);
  constraints.finish();
  return recorder.finish();
}

function accepts(bits: number, value: bigint, shift = 0n): boolean {
  const system = rangeCircuit(bits, shift);
  return checkWitness(system, solveWitness(system, new Map([['x', [value]]]))) === undefined;
}

const widths = Array.from({ length: 80 }, (_, i) => i);

describe.each(widths)('0 ≤ x < 2^%i', (bits) => {
  const end = 1n << BigInt(bits);

  test('accepts its ends', () => {
    expect([0n, end - 1n, end / 2n].map((x) => accepts(bits, x))).toEqual([true, true, true]);
  });

  test('refuses what lies next to them, negative numbers and fractions', () => {
    const fractions = [1, 4, 12 - (bits % 12), 16].map((s) => inverse(1n << BigInt(s)));
    const outside = [end, end + 1n, 2n * end, -1n, -end, modulus / 2n, 1n << 64n, 1n << 88n];
    for (const x of [...outside.filter((x) => x < 0n || x >= end), ...fractions])
      expect(accepts(bits, x), `${x}`).toBe(false);
  });

  test('shifted into a signed range', () => {
    const half = end / 2n;
    expect(accepts(bits, -half, half)).toBe(true);
    expect(accepts(bits, -half - 1n, half)).toBe(false);
    expect(accepts(bits, end - half, half)).toBe(false);
  });

  test('limbs cannot be traded against each other', () => {
    const system = rangeCircuit(bits);
    const honest = solveWitness(system, new Map([['x', [end > 5000n ? 5000n : 0n]]]));
    const advice = system.steps.flatMap((step) => (step.advice ? step.outputs : []));
    advice.slice(1).forEach((upper, i) => {
      const lower = advice[i]!;
      for (const sign of [1n, -1n]) {
        const traded = [...honest];
        traded[lower] = (honest[lower]! + sign * 4096n + modulus) % modulus;
        traded[upper] = (honest[upper]! - sign + modulus) % modulus;
        expect(checkWitness(system, traded)).toBeDefined();
      }
    });
  });
});

test('a pooled row checks four limbs, and names the one that fails', () => {
  const recorder = new Recorder();
  const constraints = new Arithmetizer(recorder);
  constraints.input('x', 8, 'secret').forEach((x, element) => {
    constraints.element(element);
    constraints.range(x, 12);
  });
  constraints.finish();
  const system = recorder.finish();
  expect(countRows(system).RangeCheck0).toBe(2);
  const values = solveWitness(system, new Map([['x', [0n, 1n, 2n, 3n, 4n, 4096n, 6n, 7n]]]));
  expect(checkWitness(system, values)).toMatchObject({
    origin: { element: 5 },
    message: '4096 is not in [0, 2^12)',
  });
});

test('a constant outside a range can never hold', () => {
  const constraints = new Arithmetizer(new Recorder());
  expect(() => constraints.range({ terms: [], constant: 4096n }, 12)).toThrow('never-holds');
  expect(() => constraints.range({ terms: [], constant: -1n }, 12)).toThrow('never-holds');
  expect(() => constraints.range({ terms: [], constant: 4095n }, 12)).not.toThrow();
});

test('limbs that could stand for a field element in two ways are not made', () => {
  const constraints = new Arithmetizer(new Recorder());
  const [x] = constraints.input('x', 1, 'secret');
  expect(() => constraints.range(x!, 255)).toThrow('too-wide');
  expect(() => constraints.ranged(1, 255, () => [0n])).toThrow('too-wide');
  expect(() => constraints.range(x!, 254)).not.toThrow();
});

test('the cheaper way is taken', () => {
  expect(planRange(24, true)).toEqual({ way: 'limbs', widths: [12, 12] });
  expect(planRange(28, true)).toEqual({ way: 'row', widths: [12, 0, 0, 0] });
  expect(planRange(64, true)).toEqual({ way: 'row', widths: [12, 12, 12, 12] });
  expect(planRange(72, true).widths).toEqual([12, 12, 12, 12, 12, 12]);
});
