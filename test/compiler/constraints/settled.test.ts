// A form that has become a variable is one term from then on: gates of sums that follow a product.
import { expect, test } from 'vitest';
import { compileCircuit } from '../../../compiler/compile.ts';
import { bit, circuit, q, type Tensor } from '../../../dsl/index.ts';

const small = q(12, 0);

/** Gates that are neither range checks nor wires. */
const halves = (build: (inputs: Tensor[], mask: Tensor) => Tensor): number =>
  compileCircuit(
    circuit('sums', {}, (c) => {
      const inputs = Array.from({ length: 4 }, (_, i) => c.public(`x${i}`, small, [1]));
      const mask = c.public('mask', bit, [1]);
      build(inputs, mask).expose('y');
      mask.expose('used');
    }),
  ).system.gates.filter(
    ({ gate, origins }) => origins[0]!.line > 4 && gate.kind in { product: 1, linear: 1 },
  ).length;

const sumOf = (inputs: readonly Tensor[]): Tensor => inputs.reduce((a, b) => a.add(b));

test('a sum that is multiplied is one term of later sums', () => {
  // 3 for the sum, 1 to multiply, 1 to add.
  expect(
    halves((inputs) => {
      const sum = sumOf(inputs);
      return sum.mul(inputs[0]!).add(sum);
    }),
  ).toBe(5);
});

test('a sum that is selected is made once', () => {
  // 3 for the sum, 1 for its product with the mask, 1 to take that away.
  expect(halves((inputs, mask) => mask.select(0, sumOf(inputs)))).toBe(5);
});

test('sums that share their terms are not', () => {
  // 1 for m · y, 3 to add it to the three terms of the other.
  expect(
    halves(([x, y, ...others], mask) => {
      const sum = sumOf([x!, ...others]);
      return mask.select(sum.add(y!), sum);
    }),
  ).toBe(4);
});
