// Claims of a distance from a hint: derived where the assertions and the code of the hint show it, and nowhere else.
import { describe, expect, test } from 'vitest';
import type { Hint } from '../../../../compiler/ops/shared/hints.ts';
import { q, u, type CircuitBuilder, type Tensor } from '../../../../dsl/index.ts';
import { assumedOf, choose, isDerived } from './author.ts';

const relu: Hint = ([x]) => x!.map((v) => Math.max(0, v));

describe('ReLU', () => {
  interface Parts {
    readonly hint?: Hint;
    readonly within?: number;
    readonly without?: 'sign' | 'above' | 'product';
  }
  const circuitOf =
    ({ hint = relu, within = 2 ** -13, without }: Parts) =>
    (c: CircuitBuilder): void => {
      const x = c.secret('x', q(16, 12), [2]);
      const format = without === 'sign' ? q(16, 12) : u(15, 12);
      const y = choose(c, { hint, inputs: [x], format, within });
      if (without !== 'above') y.sub(x).assertWithin({ low: 0, high: 15 });
      if (without !== 'product') y.mul(y).sub(y.mul(x)).assertZero();
    };

  test('by its three assertions is derived, and a secret x needs no commitment', () => {
    expect(isDerived(circuitOf({}))).toBe(true);
  });

  test.each(['sign', 'above', 'product'] as const)('without the %s is not', (without) => {
    expect(isDerived(circuitOf({ without }))).toBe(false);
  });

  test('may not claim less than the rounding of its argument', () => {
    expect(isDerived(circuitOf({ within: 2 ** -13 * (1 - 2 ** -10) }))).toBe(false);
  });

  test.each<readonly [string, Hint]>([
    ['its identity', ([x]) => x!],
    ['its negative part', ([x]) => x!.map((v) => Math.min(0, v))],
    ['a leaky one', ([x]) => x!.map((v) => Math.max(v / 8, v))],
    ['a step', ([x]) => x!.map((v) => (v >= 0 ? 1 : 0))],
    ['0', ([x]) => x!.map((v) => v - v)],
  ])('is not %s', (_, hint) => {
    expect(isDerived(circuitOf({ hint }))).toBe(false);
  });

  test('is the same however it is written', () => {
    const exact = (hint: Hint) => (c: CircuitBuilder) => {
      const x = c.secret('x', q(16, 12), [2], { exact: true });
      const y = choose(c, { hint, inputs: [x], format: u(15, 12), within: 2 ** -13 });
      y.sub(x).assertWithin({ low: 0, high: 15 });
      y.mul(y).sub(y.mul(x)).assertZero();
    };
    const ways: Hint[] = [
      ([x]) => x!.map((v) => (v > 0 ? v : 0)),
      ([x]) => x!.map((v) => (v <= 0 ? 0 : v)),
      ([x]) => x!.map((v) => (v + Math.abs(v)) / 2),
      ([x]) => {
        return x!.map((_v, i) => {
          return -Math.min(0, -x![i]!);
        });
      },
    ];
    for (const hint of ways) expect(isDerived(exact(hint)), hint.toString()).toBe(true);
  });
});

describe('roots of equations', () => {
  type Equation = (y: Tensor, x: Tensor) => Tensor;
  const rooted =
    (hint: Hint | string, equation: Equation, { least = 1, within = 2 ** -11 } = {}) =>
    (c: CircuitBuilder): void => {
      const x = c.secret('x', u(16, 12), [2]);
      x.assertWithin({ low: least, high: 15.99 });
      const y = choose(c, { hint, inputs: [x], format: u(24, 20), within });
      equation(y, x).assertWithin({ low: 1 - 2 ** -12, high: 1 + 2 ** -12 });
    };
  const reciprocal: Equation = (y, x) => y.mul(x);
  const inverseRoot: Equation = (y, x) => y.mul(y).mul(x);

  test('1 / x is derived where x keeps its distance from 0', () => {
    expect(isDerived(rooted('reciprocal', reciprocal))).toBe(true);
    expect(isDerived(rooted(([x]) => x!.map((v) => 1 / v), reciprocal))).toBe(true);
    expect(isDerived(rooted('reciprocal', reciprocal, { least: 0 }))).toBe(false);
    expect(isDerived(rooted('reciprocal', reciprocal, { within: 2 ** -12 }))).toBe(false);
  });

  test('1 / √x is derived by its equation, and not by that of 1 / x', () => {
    const hint: Hint = ([x]) => x!.map((v) => 1 / Math.sqrt(v));
    expect(isDerived(rooted(hint, inverseRoot))).toBe(true);
    expect(isDerived(rooted(hint, reciprocal))).toBe(false);
    expect(isDerived(rooted('reciprocal', inverseRoot))).toBe(false);
  });

  test('a quotient is derived by its equation', () => {
    const quotient = (hint: Hint) => (c: CircuitBuilder) => {
      const a = c.secret('a', u(12, 12), [2], { exact: true });
      const b = c.secret('b', u(16, 12), [2], { exact: true });
      b.assertWithin({ low: 1, high: 15.99 });
      const y = choose(c, { hint, inputs: [a, b], format: u(20, 16), within: 2 ** -11 });
      y.mul(b)
        .sub(a)
        .assertWithin({ low: -(2 ** -12), high: 2 ** -12 });
    };
    expect(isDerived(quotient(([a, b]) => a!.map((v, i) => v / b![i]!)))).toBe(true);
    expect(isDerived(quotient(([a, b]) => b!.map((v, i) => a![i]! / v)))).toBe(true);
    expect(isDerived(quotient(([a, b]) => a!.map((v, i) => b![i]! / v)))).toBe(false);
  });
});

describe('an absolute value, and the larger of two', () => {
  test('are derived where one factor of a product is 0', () => {
    const absolute = (signed: boolean) => (c: CircuitBuilder) => {
      const x = c.secret('x', q(12, 8), [2]);
      const hint: Hint = ([x]) => x!.map(Math.abs);
      const format = signed ? q(13, 8) : u(12, 8);
      const y = choose(c, { hint, inputs: [x], format, within: 2 ** -9 });
      y.mul(y).sub(x.mul(x)).assertZero();
    };
    expect(isDerived(absolute(false))).toBe(true);
    expect(isDerived(absolute(true))).toBe(false);

    const larger = (above: boolean) => (c: CircuitBuilder) => {
      const [a, b] = [c.secret('a', q(12, 8), [2]), c.secret('b', q(12, 8), [2])];
      const hint: Hint = ([a, b]) => a!.map((v, i) => Math.max(v, b![i]!));
      const y = choose(c, { hint, inputs: [a, b], format: q(12, 8), within: 2 ** -9 });
      y.sub(a).mul(y.sub(b)).assertZero();
      y.sub(a).assertWithin({ low: 0, high: 15 });
      if (above) y.sub(b).assertWithin({ low: 0, high: 15 });
    };
    expect(isDerived(larger(true))).toBe(true);
    expect(isDerived(larger(false))).toBe(false);
  });
});

describe('a hint whose code is not read stays assumed, and the reason is said', () => {
  const scale = 2;
  const why = (hint: Hint): string | undefined =>
    assumedOf((c) => {
      const x = c.public('x', q(16, 12), [2]);
      const y = choose(c, { hint, inputs: [x], format: q(18, 12), within: 1 });
      y.sub(x).assertZero();
    })[0]?.[1];

  test.each<readonly [Hint, string]>([
    [([x]) => x!.map((v) => v * scale), 'whose value is not in it'],
    [([x]) => x!.map((v) => Math.exp(v)), 'calls Math.exp'],
    [([x]) => Float64Array.from(x!, (v) => v), 'is not one expression of each element'],
    [([x]) => x!.map((_, i) => i), 'reads `i`'],
    [([x]) => x!.map((v) => Math.max(v, x![0]!)), 'is not one expression of each element'],
    [([x], { shape }) => x!.map((v) => v + shape.length), 'is not one expression of each element'],
    [([x]) => x!.map((v) => 1 / v), 'can be 0'],
    [([x]) => x!.map((v) => Math.sqrt(v)), 'can be negative'],
  ])('%s', (hint, reason) => {
    expect(why(hint)).toContain(reason);
  });

  test('also where a name in it is hidden', () => {
    const hidden = ((Math: { max(a: number, b: number): number }): Hint => {
      return ([x]) => x!.map((v) => Math.max(v, v));
    })({ max: () => 0 });
    expect(why(hidden)).toBe('its code gives other values than its text says');
  });
});
