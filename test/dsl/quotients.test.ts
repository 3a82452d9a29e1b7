// Quotients and roots as an author writes them: the format that is chosen holds them all, and the value is the nearest number of it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileCircuit } from '../../compiler/compile.ts';
import { fractionOf } from '../../compiler/ir/format.ts';
import { evaluateFixed } from '../../compiler/meanings/fixed.ts';
import { arbitraryInputs } from '../../compiler/testing/index.ts';
import { circuit, q, u, type CircuitBuilder, type Tensor } from '../../dsl/index.ts';

type Rounding = 'nearest' | 'down';

/** Holds that each element y of the value is the integer with y ≤ r + ½ < y + 1, or y ≤ r < y + 1, for the root r. */
function expectRoots(
  build: (c: CircuitBuilder) => { arguments: readonly Tensor[]; value: Tensor },
  rounding: Rounding,
  /** Exact, in integers: the sign of 2^… · (candidate − root) for candidate = numerator / 2^(fraction + 1). */
  compare: (numerator: bigint, args: readonly bigint[], fraction: number) => bigint,
): void {
  let fraction = 0;
  const { program } = compileCircuit(
    circuit('quotients', {}, (c) => {
      const { arguments: args, value } = build(c);
      args.forEach((each, i) => each.expose(`a${i}`));
      value.expose('value');
      fraction = fractionOf(value.format);
    }),
  );
  const line = (name: string): number =>
    program.lines.find(({ op, attributes }) => op === 'expose' && attributes['name'] === name)!
      .arguments[0]!;
  const args = program.lines.flatMap(({ op, attributes }) =>
    op === 'expose' && String(attributes['name']).startsWith('a')
      ? [String(attributes['name'])]
      : [],
  );
  fc.assert(
    fc.property(arbitraryInputs(program), ({ fixed }) => {
      const { values, findings } = evaluateFixed(program, fixed);
      expect(findings).toEqual([]);
      const value = values[line('value')]!;
      value.forEach((y, i) => {
        const own = args.map((name) => {
          const all = values[line(name)]!;
          return all[all.length === 1 ? 0 : i]!;
        });
        const [first, next] =
          rounding === 'down' ? [2n * y, 2n * y + 2n] : [2n * y - 1n, 2n * y + 1n];
        expect(compare(first, own, fraction) <= 0n).toBe(true);
        expect(compare(next, own, fraction) > 0n).toBe(true);
      });
    }),
    { numRuns: 50 },
  );
}

const sign = (x: bigint): bigint => (x > 0n ? 1n : x < 0n ? -1n : 0n);

/** n / 2^(f + 1) against (a / 2^4) / (b / 2^3). */
const againstQuotient = (n: bigint, [a, b]: readonly bigint[], f: number): bigint =>
  sign(b!) * sign(n * b! * 2n - (a! << BigInt(f + 1)));

const a = (c: CircuitBuilder): Tensor => c.secret('a', q(10, 4), [2]);
const divisors: Record<string, (c: CircuitBuilder) => Tensor> = {
  'by positive numbers': (c) => c.secret('b', u(6, 3), [2]).add(0.125),
  'by negative numbers': (c) => c.secret('b', u(6, 3), [2]).sub(9),
  'by constants of both signs': (c) => c.constant([3, -0.375], q(8, 3), [2]),
  'by one for all': (c) => c.secret('b', u(6, 3)).add(4),
};

test.each(Object.entries(divisors))('a quotient %s', (_, divisor) => {
  const build = (c: CircuitBuilder) => {
    const [x, y] = [a(c), divisor(c)];
    return { arguments: [x, y], value: x.div(y) };
  };
  expectRoots(build, 'nearest', againstQuotient);
});

test.each([3, -0.375])('a quotient by %d', (divisor) => {
  const build = (c: CircuitBuilder) => {
    const x = a(c);
    return { arguments: [x], value: x.div(divisor) };
  };
  expectRoots(build, 'nearest', (n, [x], f) => againstQuotient(n, [x!, BigInt(divisor * 8)], f));
});

test('a reciprocal', () => {
  const build = (c: CircuitBuilder) => {
    const b = c.secret('b', u(6, 3), [2]).sub(9);
    return { arguments: [b], value: b.reciprocal() };
  };
  expectRoots(build, 'nearest', (n, [b], f) => againstQuotient(n, [16n, b!], f));
});

test('a square root, rounded down', () => {
  const build = (c: CircuitBuilder) => {
    const v = c.secret('v', u(10, 4), [2]);
    return { arguments: [v], value: v.sqrt() };
  };
  // n² / 2^(2f + 2) against v / 2^4.
  expectRoots(build, 'down', (n, [v], f) => sign(((n * n) << 4n) - (v! << BigInt(2 * f + 2))));
});

test('a reciprocal square root', () => {
  const build = (c: CircuitBuilder) => {
    const v = c.secret('v', u(10, 4), [2]).add(0.25);
    return { arguments: [v], value: v.rsqrt() };
  };
  // v n² against 2^4 · 2^(2f + 2).
  expectRoots(build, 'nearest', (n, [v], f) => sign(v! * n * n - (1n << BigInt(2 * f + 6))));
});

test('a cubic that an author defines', () => {
  const build = (c: CircuitBuilder) => {
    const v = c.secret('v', q(10, 4), [2]);
    const value = c.root({ of: (x) => x.mul(x).mul(x).add(x).sub(v), format: q(16, 8) });
    return { arguments: [v], value };
  };
  // y³ + y − v for y = n / 2^(f + 1).
  expectRoots(build, 'nearest', (n, [v], f) => {
    const unit = BigInt(f + 1);
    return sign(n ** 3n + (n << (2n * unit)) - (v! << (3n * unit - 4n)));
  });
});
