// Honest inputs are found where random ones meet no assertion; what is found is accepted by the circuit, and no two are the same.
import { describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { checkWitness } from '../../../../compiler/constraints/checker.ts';
import type { InputValues } from '../../../../compiler/constraints/witness.ts';
import type { LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { evaluateFixed } from '../../../../compiler/meanings/fixed.ts';
import { findHonest } from '../../../../compiler/testing/honest/find.ts';
import { honestWitness } from '../../../../compiler/testing/witness.ts';
import { assert, bit, circuit, q, u } from '../../../../dsl/index.ts';
import { inTier } from '../../../tier.ts';
import * as circuits from './circuits.ts';

const seeds = inTier({ quick: [1], normal: [1], full: [1, 2, 3, 4, 5] });

/** Equations with two roots, and with a root that few numbers come near to. */
const few: Readonly<Record<string, number>> = { roots: 2, polynomial: 2 };

const isAccepted = (compiled: LoweredProgram, inputs: InputValues): boolean => {
  const witness = honestWitness(compiled, inputs);
  return witness !== undefined && checkWitness(compiled.system, witness) === undefined;
};

const textOf = (inputs: InputValues): string =>
  [...inputs].map(([name, values]) => `${name}=${values.join()}`).join(' ');

describe.each(Object.values(circuits).map((each) => [each.name, each] as const))(
  '%s',
  (name, each) => {
    const compiled = compileCircuit(each);
    test.each(seeds)('with seed %i', (seed) => {
      const { honest, nearest } = findHonest(compiled.program, { seed, count: 8 });
      expect(honest.length).toBe(few[name] ?? 8);
      expect(nearest).toBeUndefined();
      expect(honest.every((inputs) => isAccepted(compiled, inputs))).toBe(true);
      expect(new Set(honest.map(textOf)).size).toBe(honest.length);
    });
  },
);

test('the same seed finds the same', () => {
  const program = circuits.threshold.build();
  const [first, second] = [1, 1].map((seed) => findHonest(program, { seed, count: 4 }));
  expect(second).toEqual(first);
  expect(findHonest(program, { seed: 2, count: 4 })).not.toEqual(first);
});

test('what is known is not found again', () => {
  const program = circuit('two', {}, (c) => {
    c.secret('x', u(16, 0)).assertWithin({ low: 4711, high: 4712 });
  }).build();
  const both = findHonest(program, { seed: 1, count: 8 }).honest;
  expect(both.map((inputs) => inputs.get('x')).sort()).toEqual([[4711n], [4712n]]);
  const known = both.slice(0, 1);
  expect(findHonest(program, { seed: 1, count: 8, known }).honest).toEqual(both.slice(1));
});

test('elements that nothing asserts are found in the middle, too', () => {
  const program = circuit('narrow', { n: 4 }, (c, { n }) => {
    c.secret('x', u(24, 12), [n]).assertWithin({ low: 0, high: 1 });
  }).build();
  const found = findHonest(program, { seed: 1, count: 8 }).honest.flatMap((each) => [
    ...each.get('x')!,
  ]);
  expect(found.filter((x) => x > 0n && x < 4096n).length).toBeGreaterThan(found.length / 2);
});

describe('where nothing is found', () => {
  const impossible = circuit('impossible', { n: 4 }, (c, { n }) => {
    const [x, mask] = [c.secret('x', q(16, 8), [n]), c.secret('mask', bit, [n])];
    assert`sum[i] ${mask}[i] == 2`;
    x.mul(x).add(1).assertWithin({ low: -100, high: 0.5 });
  }).build();

  test('the nearest inputs meet all that can be met', () => {
    const { honest, nearest } = findHonest(impossible, { seed: 1, count: 1 });
    expect(honest).toEqual([]);
    const messages = evaluateFixed(impossible, nearest!.inputs).findings.map(
      ({ message }) => message,
    );
    expect(messages).toEqual([expect.stringContaining('1 is not in [-100, 0.5]')]);
  });

  test('the search ends when its time is over', () => {
    let asked = 0;
    const until = (): boolean => ++asked > 20;
    expect(findHonest(impossible, { seed: 1, count: 1, until }).honest).toEqual([]);
    expect(asked).toBeLessThan(200);
  });
});
