// Each operation as authors wrote it before it existed: advice, and assertions that force it or tie it to its hint.
import { Arithmetizer } from '../../compiler/constraints/arithmetizer.ts';
import { linear, offset } from '../../compiler/constraints/expression.ts';
import { Recorder } from '../../compiler/constraints/recorder.ts';
import type { ConstraintSystem } from '../../compiler/constraints/system.ts';
import { inverse } from '../../compiler/numbers/field.ts';
import {
  assert,
  bit,
  defineHint,
  tensor,
  u,
  type CircuitBuilder,
  type Tensor,
} from '../../dsl/index.ts';

defineHint('hand-sign', ([x]) => x!.map((v) => (v >= 0 ? 1 : 0)));
defineHint('hand-rest', ([x, top]) => x!.map((v) => (v >= 0 ? v : v + top![0]!)));
defineHint('hand-relu', ([x]) => x!.map((v) => Math.max(0, v)));
defineHint('hand-quotient', ([x, y]) => x!.map((v, i) => Math.floor(v / y![i]!)));
defineHint('hand-remainder', ([x, y]) => x!.map((v, i) => v - y![i]! * Math.floor(v / y![i]!)));
defineHint('hand-one-hot', ([at], { shape: [, n] }) =>
  Float64Array.from([...at!].flatMap((k) => Array.from({ length: n! }, (_, i) => +(i === k)))),
);
defineHint('hand-mask', ([x, k]) => x!.map((_, i) => +(order(x!).indexOf(i) < k![0]!)));
defineHint('hand-threshold', ([x, k]) => Float64Array.of(x![order(x!)[k![0]! - 1]!]!));

const order = (x: Float64Array): number[] => [...x.keys()].sort((i, j) => x[j]! - x[i]! || i - j);

function fixedFormat({ format }: Tensor): { readonly bits: number; readonly fraction: number } {
  if (format.kind !== 'fixed') throw new Error('a number is needed');
  return format;
}

/** d + 2^w = b · 2^w + r: the bit of d ≥ 0. */
function notNegative(c: CircuitBuilder, d: Tensor): Tensor {
  const { bits, fraction } = fixedFormat(d);
  const top = 2 ** (bits - 1 - fraction);
  const sign = c.advice('hand-sign', [d], bit, d.shape);
  const rest = c.advice(
    'hand-rest',
    [d, d.constantLike(top, { shape: [], format: u(bits, fraction) })],
    u(bits - 1, fraction),
    d.shape,
  );
  d.add(top).sub(sign.scale(top, { fraction })).sub(rest).assertZero();
  return sign;
}

export const atLeast = (c: CircuitBuilder, a: Tensor, b: Tensor): Tensor =>
  notNegative(c, a.sub(b));

/** y ≥ 0, y ≥ x, y (y − x) = 0. */
export function relu(c: CircuitBuilder, x: Tensor): Tensor {
  const { bits, fraction } = fixedFormat(x);
  const y = c.advice('hand-relu', [x], u(bits - 1, fraction), x.shape, { within: 1 });
  assert`${y}[i] - ${x}[i] >= 0`;
  assert`${y}[i] * ${y}[i] - ${y}[i] * ${x}[i] == 0`;
  return y;
}

export function clip(c: CircuitBuilder, x: Tensor): Tensor {
  const [over, under] = [notNegative(c, x.sub(1)), notNegative(c, x.neg().sub(1))];
  return over.select(1, under.select(-1, x));
}

/** x ≥ 0 and −x ≥ 0. */
export const isZero = (c: CircuitBuilder, x: Tensor): Tensor =>
  notNegative(c, x).mul(notNegative(c, x.neg()));

/** Bits with Σ b = 1, whose element is no smaller than any other. */
export function argmax(c: CircuitBuilder, x: Tensor): Tensor {
  const one = c.constant(1, u(1, 0));
  const hot = c.advice('hand-mask', [x, one], bit, x.shape, { within: 0 });
  const largest = c.advice('hand-threshold', [x, one], x.format, [], { within: 1 });
  assert`sum[i] ${hot}[i] == 1`;
  assert`sum[i] ${hot}[i] * ${x}[i] == ${largest}`;
  assert`${largest} - ${x}[i] >= 0`;
  return hot;
}

/** Bits with Σ b = k; where b is 1, x is no smaller than a secret threshold, and no larger elsewhere. */
export function topK(c: CircuitBuilder, x: Tensor, k: number): Tensor {
  const count = c.constant(k, u(12, 0));
  const mask = c.advice('hand-mask', [x, count], bit, x.shape, { within: 0 });
  const threshold = c.advice('hand-threshold', [x, count], x.format, [], { within: 1 });
  assert`${mask.select(x.sub(threshold), threshold.sub(x))}[i] >= 0`;
  assert`sum[i] ${mask}[i] == ${k}`;
  return mask;
}

/** q y + r = x with 0 ≤ r < y, for x ≥ 0. */
export function divFloor(c: CircuitBuilder, x: Tensor, y: Tensor): Tensor {
  const [dividend, divisor] = [x, y].map((each) => fixedFormat(each).bits) as [number, number];
  y.assertWithin({ low: 1, high: 2 ** divisor - 1 });
  const quotient = c.advice('hand-quotient', [x, y], u(dividend, 0), x.shape);
  const remainder = c.advice('hand-remainder', [x, y], u(divisor, 0), x.shape);
  assert`${quotient}[i] * ${y}[i] + ${remainder}[i] == ${x}[i]`;
  assert`${y}[i] - ${remainder}[i] >= 1`;
  return quotient;
}

/** Bits with Σ b = 1 and Σ i b_i = index. */
export function gather(c: CircuitBuilder, x: Tensor, index: Tensor): Tensor {
  const [m, n] = [index.shape[0]!, x.shape[0]!];
  const hot = c.advice('hand-one-hot', [index], bit, [m, n], { within: 0 });
  const positions = c.constant([...Array(n).keys()], u(12, 0), [n]);
  assert`sum[i] ${hot}[m,i] == 1`;
  assert`sum[i] ${hot}[m,i] * ${positions}[i] == ${index}[m]`;
  return tensor`y[m] = sum[i] ${hot}[m,i] * ${x}[i]`;
}

/**
 * s = x i, x s = x, i s = i in constraints, for inputs in [low, low + 2^bits): the bit of x = 0 is 1 − s. The inverse i is no number of a
 * format, so that no circuit can take it as advice. Without the third equation i is free where x is 0.
 */
export function isZeroByInverse(count: number, low: bigint, bits: number): ConstraintSystem {
  const recorder = new Recorder();
  const constraints = new Arithmetizer(recorder);
  const inputs = constraints.input('x0', count, 'secret');
  for (const x of inputs) constraints.range(offset(x, -low), bits);
  const zero = inputs.map((x) => {
    const [i] = constraints.advice(1, (read) => [read(x) === 0n ? 0n : inverse(read(x))]);
    const s = constraints.product(x, i!);
    constraints.assertProduct(x, s, x);
    constraints.assertProduct(i!, s, i!);
    return offset(linear([s], [-1n]), 1n);
  });
  constraints.expose('y', zero);
  constraints.finish();
  return recorder.finish();
}
