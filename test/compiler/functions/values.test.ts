// Enclosures of elementary functions: against digits from tables, against float64's own functions, and against themselves at more bits.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enclose } from '../../../compiler/functions/enclosure.ts';
import { exp, log, sigmoid, tanh } from '../../../compiler/functions/values.ts';
import type { Interval } from '../../../compiler/numbers/interval.ts';

/** The number with so many decimals, in units of 2^−bits, rounded down. */
function digits(text: string, bits: number): bigint {
  const [whole, decimals] = text.split('.') as [string, string];
  return (BigInt(whole + decimals) << BigInt(bits)) / 10n ** BigInt(decimals.length);
}

const one = (bits: number): bigint => 1n << BigInt(bits);

test.each([
  ['e', exp(one(120), 120)!, '2.71828182845904523536028747135266249775724709369995'],
  ['1/e', exp(-one(120), 120)!, '0.36787944117144232159552377016146086744581113103176'],
  ['log 2', log(2n * one(120), 120)!, '0.69314718055994530941723212145817656807550013436025'],
  ['log 10', log(10n * one(120), 120)!, '2.30258509299404568401799145468436420760110148862877'],
  ['tanh 1', tanh(one(120), 120), '0.76159415595576488811945828260479359041276859725793'],
  ['σ(1)', sigmoid(one(120), 120), '0.73105857863000487925115924182183627436514464016505'],
])('%s', (_, { low, high }, text) => {
  const known = digits(text, 120);
  expect(low).toBeLessThanOrEqual(known + 1n);
  expect(high).toBeGreaterThanOrEqual(known);
  expect(high - low).toBeLessThanOrEqual(8n);
});

const functions: readonly (readonly [
  string,
  (x: bigint, bits: number) => Interval | undefined,
  (x: number) => number,
  fc.Arbitrary<number>,
])[] = [
  ['exp', exp, Math.exp, fc.double({ min: -60, max: 60, noNaN: true })],
  ['log', log, Math.log, fc.double({ min: 2 ** -40, max: 2 ** 40, noNaN: true })],
  [
    'sigmoid',
    sigmoid,
    (x) => 1 / (1 + Math.exp(-x)),
    fc.double({ min: -60, max: 60, noNaN: true }),
  ],
  ['tanh', tanh, Math.tanh, fc.double({ min: -30, max: 30, noNaN: true })],
];

describe.each(functions)('%s', (name, f, float, reals) => {
  const bits = 150;

  test('is near float64', () => {
    fc.assert(
      fc.property(reals, (real) => {
        const x = enclose(real, bits).low;
        const { low, high } = f(x, bits)!;
        const expected = float(Number(x) / 2 ** bits);
        const slack = 2 ** -46 * Math.max(Math.abs(expected), 2 ** -20);
        expect(Number(low) / 2 ** bits).toBeLessThanOrEqual(expected + slack);
        expect(Number(high) / 2 ** bits).toBeGreaterThanOrEqual(expected - slack);
        const width = name === 'exp' && real > 0 ? BigInt(Math.ceil(Math.exp(real))) * 4n : 4n;
        expect(high - low).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('holds what more bits leave', () => {
    fc.assert(
      fc.property(reals, fc.integer({ min: 30, max: 100 }), (real, more) => {
        const x = enclose(real, 60).low;
        if (name === 'log' && x <= 0n) return;
        const [wide, narrow] = [f(x, 60)!, f(x << BigInt(more), 60 + more)!];
        expect(wide.low << BigInt(more)).toBeLessThanOrEqual(narrow.low);
        expect(wide.high << BigInt(more)).toBeGreaterThanOrEqual(narrow.high);
      }),
    );
  });
});

test('what is not defined, or past the field', () => {
  expect(log(0n, 40)).toBeUndefined();
  expect(log(-1n, 40)).toBeUndefined();
  expect(exp(257n << 40n, 40)).toBeUndefined();
  expect(exp(-(1n << 60n), 40)).toEqual({ low: 0n, high: 1n });
});
