// Random equations: every meaning says what loops over all letters say, exactly, and the laws hold.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexAt, positionOf, sizeOf } from '../../../compiler/ir/shape.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { portsOf } from '../../../compiler/program/ports.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { evaluateReal } from '../../../compiler/meanings/real.ts';
import { toReal } from '../../../compiler/numbers/rounding.ts';
import { arbitraryInputs, checkLaws } from '../../../compiler/testing/index.ts';
import {
  arbitraryEquation,
  children,
  circuitOf,
  lengthOf,
  valueAt,
  type Equation,
  type Node,
} from './equations.ts';
import { runs } from '../../tier.ts';

/** Every element of the result, by loops. */
function naively({ inputs, result, right }: Equation, values: readonly Float64Array[]): number[] {
  const shape = result.map(lengthOf);
  return Array.from({ length: sizeOf(shape) }, (_, position) => {
    const index = indexAt(shape, position);
    const at = Object.fromEntries(result.map((letter, axis) => [letter, index[axis]!]));
    return valueAt(right, at, (input, of) => values[input]![positionOf(inputs[input]!.shape, of)]!);
  });
}

const kinds = (node: Node): string[] =>
  node.kind === 'number' || node.kind === 'input'
    ? [node.kind]
    : [node.kind, ...children(node).flatMap(kinds)];

test('random equations have every kind of node', () => {
  const seen = fc
    .sample(arbitraryEquation, { numRuns: 1000, seed: 1 })
    .flatMap(({ right }) => kinds(right));
  const all = '& * + - / < <= == > >= abs input max min minus number sum where |'.split(' ');
  expect([...new Set(seen)].sort()).toEqual(all.sort());
});

test('real and fixed are what the letters say', () => {
  fc.assert(
    fc.property(
      arbitraryEquation.chain((equation) => {
        const program = circuitOf(equation).build();
        return fc.record({
          equation: fc.constant(equation),
          program: fc.constant(program),
          inputs: arbitraryInputs(program),
        });
      }),
      ({ equation, program, inputs }) => {
        const fixed = new Map(
          equation.inputs.map(({ format }, i) => [
            `x${i}`,
            Float64Array.from(inputs.fixed.get(`x${i}`)!, (x) => toReal(x, fractionOf(format))),
          ]),
        );
        const expected = naively(equation, [...fixed.values()]).map((x) => x + 0);
        const { line, type } = portsOf(program).find(({ name }) => name === 'y')!;
        const real = evaluateReal(program, fixed)[line]!;
        expect(Array.from(real, (x) => x + 0)).toEqual(expected);
        const integers = evaluateFixed(program, inputs.fixed).values[line]!;
        expect(integers.map((x) => toReal(x, fractionOf(type.format)) + 0)).toEqual(expected);
        expect(type.shape).toEqual(equation.result.map(lengthOf));
      },
    ),
    { numRuns: runs(400) },
  );
});

test('the laws hold', () => {
  fc.assert(
    fc.property(arbitraryEquation, (equation) => {
      checkLaws(circuitOf(equation), { numRuns: 2 });
    }),
    { numRuns: runs(30) },
  );
});
