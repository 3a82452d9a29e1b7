// The float64 loss of a hint's code counts, and comparisons of inexact values are not derived.
import { describe, expect, test } from 'vitest';
import { movementOf } from '../../../../compiler/analyses/assumptions/hints/movement.ts';
import type { Hint } from '../../../../compiler/ops/shared/hints.ts';
import { q, u, type CircuitBuilder } from '../../../../dsl/index.ts';
import { choose, isDerived } from './author.ts';

/** y = x, for a hint that is x in the reals. */
const same =
  (hint: Hint) =>
  (c: CircuitBuilder): void => {
    const x = c.public('x', u(8, 4), [2], { exact: true });
    const y = choose(c, { hint, inputs: [x], format: q(9, 4), within: 2 ** -5 });
    y.sub(x).assertZero();
  };

describe('what is x in the reals is derived only where float64 computes x', () => {
  test.each<readonly [string, Hint, boolean]>([
    ['a large number is added', ([x]) => x!.map((v) => v + 1e300 - 1e300), false],
    ['it is too large', ([x]) => x!.map((v) => v * 1e300 * 1e300 * 2 ** -1000 * 2 ** -994), false],
    [
      'it is too small',
      ([x]) => x!.map((v) => v * 2 ** -600 * 2 ** -600 * 2 ** 600 * 2 ** 600),
      false,
    ],
    ['a quotient is compared', ([x]) => x!.map((v) => ((v / 49) * 49 >= v ? v : 100)), false],
    ['a product is compared', ([x]) => x!.map((v) => (v * 49 >= v ? v : 100)), true],
    ['half of it is doubled', ([x]) => x!.map((v) => (v / 2 + v / 2 >= v ? v : 100)), true],
    ['a quotient is multiplied', ([x]) => x!.map((v) => (v / 49) * 49), true],
    ['a square is taken away', ([x]) => x!.map((v) => v * v + v - v ** 2), true],
  ])('%s', (_, hint, derived) => {
    expect(isDerived(same(hint))).toBe(derived);
  });

  test('the reals are those that the hint gives at 1', () => {
    expect((1 / 49) * 49).toBeLessThan(1);
  });
});

test('an argument of more bits than a float64 has is rounded outwards', () => {
  const x = {
    interval: { low: 2n ** 61n - 100n, high: 2n ** 61n - 100n },
    error: 2 ** 61 - 256,
    fraction: 0,
  };
  // The real can be as low as 156.
  const moved = movementOf({ kind: 'root', of: { kind: 'element', argument: 0 } }, [x]);
  expect(moved).toBeGreaterThan(Math.sqrt(2 ** 61) - Math.sqrt(156) - 2 ** -10);
});
