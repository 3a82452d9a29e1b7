// Wrong witnesses of roots: every number around the box is written, with all that follows from it.
import { expect, test } from 'vitest';
import { q, u, type FixedFormat } from '../../../compiler/ir/format.ts';
import { lower } from '../../../compiler/meanings/circuit.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { analyzeRanges } from '../../../compiler/meanings/range.ts';
import { canonical, inverse } from '../../../compiler/numbers/field.ts';
import { ProgramBuilder } from '../../../compiler/program/builder.ts';
import { accepts, adviceOf, from, inputs } from './attacked.ts';

/** A coefficient: an input, one that is a last place larger and so never 0, or a constant. */
type Coefficient = FixedFormat | { readonly positive: FixedFormat } | bigint;

interface Equation {
  readonly of: readonly Coefficient[];
  readonly to: FixedFormat;
  readonly low: bigint;
  readonly high: bigint;
}

/** All inputs of an equation, each with the numbers that the circuit accepts for x, and the honest one. */
function* attacks(op: string, { of, ...box }: Equation, given: Record<string, bigint | string>) {
  const builder = new ProgramBuilder();
  const formats: FixedFormat[] = [];
  const constant = (value: bigint, format = q(8, 0)): number =>
    builder.append('constant', [], { values: [value], shape: [], format });
  const secret = (format: FixedFormat): number => {
    const name = `a${formats.push(format)}`;
    return builder.append('input', [], { name, visibility: 'secret', format, shape: [] });
  };
  const coefficients = of.map((each) => {
    if (typeof each === 'bigint') return constant(each);
    if (!('positive' in each)) return secret(each);
    const last = constant(1n, u(1, each.positive.fraction));
    return builder.append('add', [secret(each.positive), last], {});
  });
  const line = builder.append(op, coefficients, { ...box, ...given });
  builder.append('expose', [line], { name: 'x' });
  const lowered = lower(builder.finish('attacked', {}));
  // X = above + the least root.
  const [above] = adviceOf(lowered, op);
  const least = analyzeRanges(lowered.program)[line]![0]!.low;
  for (const values of tuples(formats)) {
    const named = Object.fromEntries(values.map((value, i) => [`a${i + 1}`, [value]]));
    const isAccepted = (x: bigint): boolean =>
      accepts(lowered, named, [[above!, canonical(x - least)]]);
    yield {
      values,
      isAccepted,
      accepted: from(Number(box.low) - 3, Number(box.high) + 3).filter(isAccepted),
      fixed: () => evaluateFixed(lowered.program, inputs(named)).values[line]!,
    };
  }
}

function* tuples([format, ...others]: readonly FixedFormat[]): Generator<bigint[]> {
  if (!format) return yield [];
  const span = 2 ** format.bits;
  const low = format.signed ? -span / 2 : 0;
  for (const value of from(low, low + span - 1))
    for (const rest of tuples(others)) yield [value, ...rest];
}

const wide = { low: -64n, high: 63n, to: q(7, 1) };

test.each([
  ['a quotient', { of: [q(4, 0), { positive: u(2, 0) }], ...wide }, 'nearest'],
  ['a quotient, down', { of: [q(4, 0), { positive: u(2, 0) }], ...wide }, 'down'],
  ['a square root', { of: [u(4, 0), 0n, -1n], to: u(4, 1), low: 0n, high: 15n }, 'down'],
  [
    'a reciprocal root',
    { of: [-1n, 0n, { positive: u(4, 2) }], to: u(7, 5), low: 1n, high: 127n },
    'nearest',
  ],
  ['a cubic', { of: [q(4, 0), { positive: u(2, 0) }, 0n, u(1, 0)], ...wide }, 'nearest'],
] as const)('root: the honest number alone is accepted for %s', (_, equation, rounding) => {
  let tried = 0;
  for (const { values, accepted, fixed } of attacks('root', equation, { rounding })) {
    expect(accepted, `inputs ${values}`).toEqual(fixed());
    tried++;
  }
  expect(tried).toBeGreaterThanOrEqual(16);
});

test.each([
  ['a quotient', { of: [q(4, 0), { positive: u(2, 0) }], ...wide }, 6n],
  ['a cubic', { of: [q(4, 0), { positive: u(2, 0) }, 0n, u(1, 0)], ...wide }, 40n],
] as const)(
  'near-root: the numbers within the tolerance are accepted for %s',
  (_, equation, tolerance) => {
    const degree = equation.of.length - 1;
    for (const { values, accepted } of attacks('near-root', equation, { tolerance })) {
      const [a, b, c = 0n] = values as [bigint, bigint, bigint?];
      // 2^degree (a + (b + 1) x + c x³) at x = X / 2.
      const scaled = (x: bigint): bigint =>
        degree === 1 ? 2n * a + (b + 1n) * x : 8n * a + 4n * (b + 1n) * x + c * x ** 3n;
      const within = from(-64, 63).filter((x) => scaled(x) < tolerance && scaled(x) >= -tolerance);
      expect(accepted, `inputs ${values}`).toEqual(within);
    }
  },
);

test('near-root: checks that reach past the field are refused by name', () => {
  const builder = new ProgramBuilder();
  const secret = { name: 'a', visibility: 'secret', format: q(251, 0), shape: [] };
  const four = { values: [4n], shape: [], format: u(3, 2) };
  const box = { to: q(252, 0), low: -(1n << 250n), high: 1n << 250n };
  const line = builder.append(
    'near-root',
    [builder.append('input', [], secret), builder.append('constant', [], four)],
    { ...box, tolerance: 1n << 252n },
  );
  builder.append('expose', [line], { name: 'x' });
  expect(() => lower(builder.finish('wide', {}))).toThrow('too-wide');
});

test.each([
  ['root', { rounding: 'nearest' }],
  ['near-root', { tolerance: 6n }],
])('%s: a quotient modulo p is refused, whatever the equation leaves', (op, given) => {
  const equation = { of: [q(4, 0), { positive: u(2, 0) }], ...wide };
  let tried = 0;
  for (const { values, isAccepted } of attacks(op, equation, given)) {
    const [a, b] = values as [bigint, bigint];
    // 2 a + (b + 1) X ≡ t, for a t that no integer X has.
    for (const t of from(-6, 5)) {
      if ((t - 2n * a) % (b + 1n) === 0n) continue;
      const x = canonical((t - 2n * a) * inverse(b + 1n));
      expect(isAccepted(x), `${a}, ${b}: ${t}`).toBe(false);
      tried++;
    }
  }
  expect(tried).toBeGreaterThan(200);
});
