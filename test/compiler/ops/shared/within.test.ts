// low ≤ x ≤ high, where checks may be wider than the bounds: attacked next to the bounds, and as far as the widths reach.
import { describe, expect, test } from 'vitest';
import { Arithmetizer } from '../../../../compiler/constraints/arithmetizer.ts';
import { checkWitness } from '../../../../compiler/constraints/checker.ts';
import { Recorder } from '../../../../compiler/constraints/recorder.ts';
import { countRows, totalRows } from '../../../../compiler/constraints/rows.ts';
import { solveWitness } from '../../../../compiler/constraints/witness.ts';
import { inverse } from '../../../../compiler/numbers/field.ts';
import { interval, type Interval } from '../../../../compiler/numbers/interval.ts';
import { assertInterval } from '../../../../compiler/ops/shared/within.ts';

function bounded(bounds: Interval, known: Interval) {
  const recorder = new Recorder();
  const constraints = new Arithmetizer(recorder);
  const [x] = constraints.input('x', 1, 'secret');
  assertInterval(constraints, x!, bounds, known);
  constraints.finish();
  return recorder.finish();
}

const far = 1n << 100n;
const everything = interval(-far, far);

describe.each([
  [-5n, 20n],
  [-32n, 31n],
  [0n, 4095n],
  [-4096n, 4096n],
  [-(1n << 25n), 1n << 25n],
  [7n, 1n << 40n],
  [-(1n << 63n), 1n << 63n],
  [-1n, 1n << 70n],
])('[%s, %s]', (low, high) => {
  const accepted = (x: bigint, known: Interval): boolean => {
    const system = bounded(interval(low, high), known);
    return checkWitness(system, solveWitness(system, new Map([['x', [x]]]))) === undefined;
  };
  const steps = [1n, 2n, 4096n, 1n << 24n, 1n << 64n, (1n << 64n) - 1n, 1n << 65n, far - 1n];

  test('both ends are checked', () => {
    for (const x of [low, low + 1n, high - 1n, high])
      expect(accepted(x, everything), `${x}`).toBe(true);
    for (const step of steps) {
      expect(accepted(low - step, everything), `${step} below`).toBe(false);
      expect(accepted(high + step, everything), `${step} above`).toBe(false);
    }
    expect(accepted(low + inverse(4096n), everything)).toBe(false);
  });

  test('one end is known, the other is checked', () => {
    for (const step of steps) {
      if (high + step <= far) expect(accepted(high + step, interval(low, far))).toBe(false);
      if (low - step >= -far) expect(accepted(low - step, interval(-far, high))).toBe(false);
    }
    for (const known of [interval(low, far), interval(-far, high)])
      for (const x of [low, high]) expect(accepted(x, known)).toBe(true);
  });
});

test('a check that only refuses negative numbers is as wide as is cheap', () => {
  const rows = (bounds: Interval): number => totalRows(countRows(bounded(bounds, everything)));
  // 27 bits would need a limb of 11 to be checked twice; a row holds 64.
  expect(rows(interval(-(1n << 25n), 1n << 25n))).toBe(rows(interval(-1n, 1n << 50n)));
  expect(rows(interval(-5n, 20n))).toBe(rows(interval(-5n, 4000n)));
});
