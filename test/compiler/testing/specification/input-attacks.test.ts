// From one honest input, others are found that lack an assertion: no other input needs to be thought of.
import { expect, test } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { exactInputs } from '../../../../compiler/testing/exact-inputs.ts';
import { acceptedAgrees } from '../../../../compiler/testing/specification/laws.ts';
import type { LawOptions } from '../../../../compiler/testing/index.ts';
import { circuit, q, type AnyCircuit } from '../../../../dsl/index.ts';
import { cases } from './circuits.ts';

const told = /^an honest witness of other inputs: accepted, but the specification refuses/;

function attack(
  mine: AnyCircuit,
  integers: Readonly<Record<string, readonly bigint[]>>,
  { spec, within }: LawOptions,
): void {
  const compiled = compileCircuit(mine);
  const bound = exactInputs(compiled.program, new Map(Object.entries(integers)));
  acceptedAgrees(compiled, bound, { spec: spec!, ...(within === undefined ? {} : { within }) });
}

const kept = { scores: [40n, -20n, 7n, 100n], mask: [1n, 0n, 0n, 1n], threshold: [9n] };

test.each(cases.filter(({ name }) => name.includes('mask')))(
  '$name shows from any mask that is right',
  ({ build, options }) => {
    expect(() => attack(build(false), kept, options)).toThrow(told);
    attack(build(true), kept, options);
  },
);

test('a bound that is too wide shows from a number near it', () => {
  const capped = (high: number): AnyCircuit =>
    circuit('capped', {}, (c) => {
      const x = c.secret('x', q(16, 8), [2]);
      x.assertWithin({ low: -3, high });
      x.expose('y');
    });
  const spec: LawOptions['spec'] = ({ x }) =>
    x!.every((value) => value >= -3 && value <= 3) ? { y: [...x!] } : undefined;
  const near = { x: [765n, 12n] };
  expect(() => attack(capped(3.05), near, { spec })).toThrow(told);
  attack(capped(3), near, { spec });
});
