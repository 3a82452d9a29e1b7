// Comparisons are exact, strict or not, whatever the bound; and every line knows its author's line, however deep.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { assert, circuit, q, tensor, type CircuitBuilder } from '../../../dsl/index.ts';

const fraction = 2;

const holds = {
  '<': (x: number, bound: number) => x < bound,
  '<=': (x: number, bound: number) => x <= bound,
  '>': (x: number, bound: number) => x > bound,
  '>=': (x: number, bound: number) => x >= bound,
};
const bounds = fc.oneof(
  fc.integer({ min: -12, max: 12 }).map((x) => x / 8),
  fc.double({ min: -1.5, max: 1.5, noNaN: true }),
  fc.constantFrom(0.1, 0.25 + Number.EPSILON / 4, 0.25 - Number.EPSILON / 8),
);

/** The integers of q(4, 2) that a template accepts. */
function accepted(strings: readonly string[], values: readonly number[]): number[] {
  const text = Object.assign([...strings], { raw: strings });
  const all = Array.from({ length: 16 }, (_, i) => i - 8);
  try {
    const program = circuit('bounded', {}, (c) => {
      const x = c.secret('x', q(4, fraction));
      // x comes between the bounds.
      const filled =
        strings.length === 2 ? [x] : strings[0] ? [x, ...values] : [values[0]!, x, values[1]!];
      assert(text, ...filled);
    }).build();
    return all.filter(
      (x) => evaluateFixed(program, new Map([['x', [BigInt(x)]]])).findings.length === 0,
    );
  } catch (error) {
    if (isLetheError(error) && error.diagnostics[0]!.code === 'never-holds') return [];
    throw error;
  }
}

test('a range holds for just the numbers that lie in it', () => {
  const strictness = fc.constantFrom('<' as const, '<=' as const);
  fc.assert(
    fc.property(bounds, bounds, strictness, strictness, (a, b, first, second) => {
      const expected = Array.from({ length: 16 }, (_, i) => i - 8).filter((x) => {
        const real = x / 2 ** fraction;
        return holds[first](a, real) && holds[second](real, b);
      });
      expect(accepted(['', ` ${first} `, ` ${second} `, ''], [a, b])).toEqual(expected);
    }),
  );
});

test('so does a single bound', () => {
  const operators = fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const);
  fc.assert(
    fc.property(bounds, operators, (bound, operator) => {
      const expected = Array.from({ length: 16 }, (_, i) => i - 8).filter((x) =>
        holds[operator](x / 2 ** fraction, bound),
      );
      expect(accepted(['(', `) ${operator} `, ''], [bound])).toEqual(expected);
    }),
  );
});

test('a decimal is that decimal', () => {
  expect(accepted(['', ' <= 0.25'], [])).toEqual(accepted(['', ' < 0.2500000000000000000001'], []));
  expect(accepted(['', ' < 0.25'], [])).toEqual(accepted(['', ' <= 0.2499999999999999999999'], []));
});

test('lines know where their template stands', () => {
  const deep = (c: CircuitBuilder): void => {
    const x = c.secret('x', q(4, 0), [2]);
    const sum = Array.from({ length: 30 }, () => '(1 + ').join('');
    const strings = [`y[i] = ${sum}`, `[i]${')'.repeat(30)}`];
    tensor(Object.assign([...strings], { raw: strings }), x).expose('y');
  };
  const { lines } = circuit('deep', {}, deep).build();
  expect(lines.length).toBeGreaterThan(60);
  for (const { where } of lines) expect(where?.file).toBe('test/dsl/notation/assertions.test.ts');
});
