// A hint's text says what its code computes; else nothing is derived of it.
import { describe, expect, test } from 'vitest';
import type { Hint } from '../../../../compiler/ops/shared/hints.ts';
import { q, type CircuitBuilder } from '../../../../dsl/index.ts';
import { assumedOf, choose, isDerived } from './author.ts';

/** A hint outside of a module. */
const written = (code: string): Hint => new Function(`return ${code}`)() as Hint;

/** y = x, for a hint that is to give x. */
const same =
  (hint: Hint) =>
  (c: CircuitBuilder): void => {
    const x = c.public('x', q(8, 4), [2], { exact: true });
    const y = choose(c, { hint, inputs: [x], format: q(8, 4), within: 0.25 });
    y.sub(x).assertZero();
  };

describe('code that gives another value than x at one x of many is not read as x', () => {
  test.each<readonly [string, string]>([
    ['a decrement', '([x]) => x.map((v) => (v === 0.25 ? --v : v))'],
    ['a decrement after a value', '([x]) => x.map((v) => (v === 0.25 ? v + (v-- - v) : v))'],
    ['a decrement, and a minus', '([x]) => x.map((v) => (v === 0.25 ? v + (v---v) : v))'],
    ['a number that is octal', '([x]) => x.map((v) => (v === 0.25 ? v + 010 - 10 : v))'],
    ...['\r', '\u2028', '\u2029'].map(
      (end) =>
        [
          `a comment that ends with ${JSON.stringify(end)}`,
          `([x]) => x.map((v) => v //${end} + (v === 0.25 ? 5 : 0)\n)`,
        ] as const,
    ),
  ])('%s', (_, code) => {
    const hint = written(code);
    expect(hint([Float64Array.of(0.25)], { shape: [1], format: q(8, 4) })[0]).not.toBe(0.25);
    expect(isDerived(same(hint))).toBe(false);
  });

  test('nor where the function says that its text is another', () => {
    const hint: Hint = ([x]) => x!.map((v) => (v === 0.25 ? 100 : v));
    hint.toString = () => '([x]) => x.map((v) => v)';
    expect(isDerived(same(hint))).toBe(false);
  });
});

describe('code that cannot be run, or not be read, stays assumed', () => {
  test.each<readonly [string, Hint, string]>([
    ['without a value', written('([x]) => { return\n x.map((v) => v) }'), 'gives other values'],
    ['of an argument that is not given', written('([x, y]) => y.map((v) => v)'), 'reads `y`'],
    ['of its element', written('([x, y]) => x.map((v, i) => y[i])'), 'reads `y`'],
    [
      'with a Math of its own',
      ((Math: { max(a: number, b: number): number }): Hint => {
        return ([x]) => x!.map((v) => Math.max(v, v));
      })({} as typeof Math),
      'gives other values',
    ],
    [
      'in many parentheses',
      written(`([x]) => x.map((v) => ${'('.repeat(1500)}v${')'.repeat(1500)})`),
      'is not one expression',
    ],
    [
      'with many signs',
      written(`([x]) => x.map((v) => ${'- '.repeat(3000)}v)`),
      'is not one expression',
    ],
    [
      'with powers of powers',
      written(`([x]) => x.map((v) => ${'('.repeat(40)}v${'**8)'.repeat(40)})`),
      'is too large',
    ],
    [
      'with choices in conditions',
      written(`([x]) => x.map((v) => ${'('.repeat(45)}v${' > 3 ? v : v)'.repeat(45)})`),
      'is too large',
    ],
  ])('%s', (_, hint, why) => {
    expect(assumedOf(same(hint))).toMatchObject([
      [expect.any(String), expect.stringContaining(why)],
    ]);
  });

  test('so does a hint of another length than the advice', () => {
    const build = (c: CircuitBuilder): void => {
      const x = c.public('x', q(8, 4), [3], { exact: true });
      const first = x.slice({ axis: 0, start: 0, end: 2 });
      const hint: Hint = ([, all]) => all!;
      choose(c, { hint, inputs: [first, x], format: q(8, 4), within: 0.25 })
        .sub(first)
        .assertZero();
    };
    expect(isDerived(build)).toBe(false);
  });
});
